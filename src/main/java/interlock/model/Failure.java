package interlock.model;

/**
 * Why an attempt failed.
 *
 * @param message what was wanted and what was found, for a person to read
 * @param permanent whether another attempt would be of no use
 */
public record Failure(String message, boolean permanent) {
    /** {@return a failure that another attempt may mend} */
    public static Failure retryable(String message) {
        return new Failure(message, false);
    }

    /** {@return a failure that no further attempt can mend} */
    public static Failure permanent(String message) {
        return new Failure(message, true);
    }
}
