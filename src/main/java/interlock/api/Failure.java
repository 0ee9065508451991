package interlock.api;

import org.jspecify.annotations.Nullable;

/**
 * The reason why an attempt failed.
 *
 * @param message what was expected and what was found, for people
 * @param permanent whether another attempt would be useless
 * @param inDoubt whether the outcome of the attempt is unknown: the next attempt reconciles first, if its action type
 *     can
 */
public record Failure(String message, boolean permanent, boolean inDoubt) {
    private static final String UNKNOWN = "no reason was given";

    public Failure {
        if (message == null) {
            throw new IllegalArgumentException("a Failure needs a message");
        }
    }

    /** A failure with a known outcome. */
    public Failure(String message, boolean permanent) {
        this(message, permanent, false);
    }

    /** {@return a failure after which another attempt may succeed} */
    public static Failure retryable(@Nullable String message) {
        return new Failure(given(message), false);
    }

    /**
     * {@return a failure after which another attempt may succeed, if reconciliation finds that the work was not done}
     */
    public static Failure inDoubt(@Nullable String message) {
        return new Failure(given(message), false, true);
    }

    /** {@return a failure that no further attempt can correct} */
    public static Failure permanent(@Nullable String message) {
        return new Failure(given(message), true);
    }

    private static String given(@Nullable String message) {
        return message == null || message.isBlank() ? UNKNOWN : message;
    }
}
