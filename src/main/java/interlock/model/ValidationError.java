package interlock.model;

/**
 * One thing that is wrong with a plan document.
 *
 * @param path where, such as {@code actions[3].parents[0]}
 * @param message what is wrong there, and what would be right
 */
public record ValidationError(String path, String message) {
    private static final int LONGEST = 1_000;

    /** Shortens both: they may quote the document. */
    public ValidationError {
        path = Excerpt.of(path, LONGEST);
        message = Excerpt.of(message, LONGEST);
    }
}
