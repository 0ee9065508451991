package interlock.model;

/**
 * One error in a plan document.
 *
 * @param path the path of the faulty value, such as {@code actions[3].parents[0]}
 * @param message what is wrong and how to correct it
 */
public record ValidationError(String path, String message) {
    private static final int LONGEST = 1_000;

    /** Shortens both: they may quote the document. */
    public ValidationError {
        path = Excerpt.of(path, LONGEST);
        message = Excerpt.of(message, LONGEST);
    }
}
