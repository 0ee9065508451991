package interlock.api;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed.
 *
 * @param message what was wanted and what was found, for a person to read
 * @param permanent whether another attempt would be of no use
 * @param inDoubt whether nobody knows how far the attempt came: the next one asks its type first, if that can find out
 */
public record Failure(String message, boolean permanent, boolean inDoubt) {
    private static final String UNKNOWN = "no reason was given";

    /** Refuses null. */
    public Failure {
        if (message == null) {
            throw new IllegalArgumentException("a Failure needs a message");
        }
    }

    /** A failure that leaves no doubt. */
    public Failure(String message, boolean permanent) {
        this(message, permanent, false);
    }

    /** {@return a failure that another attempt may mend} */
    public static Failure retryable(@Nullable String message) {
        return new Failure(given(message), false);
    }

    /** {@return a failure that another attempt may mend, if it turns out that the work was not done} */
    public static Failure inDoubt(@Nullable String message) {
        return new Failure(given(message), false, true);
    }

    /** {@return a failure that no further attempt can mend} */
    public static Failure permanent(@Nullable String message) {
        return new Failure(given(message), true);
    }

    private static String given(@Nullable String message) {
        return message == null || message.isBlank() ? UNKNOWN : message;
    }
}
