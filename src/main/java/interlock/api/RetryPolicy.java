package interlock.api;

import java.time.Duration;

/**
 * How often failed attempts of an action are repeated, and at what intervals.
 *
 * @param maxAttempts the number of failed attempts after which the action is FAILED; at least 1
 * @param initialBackoff the wait after the first failure
 * @param multiplier the growth factor from one wait to the next; at least 1
 * @param maxBackoff the longest wait
 * @param jitter the fraction of a wait, from 0 to 1, by which it is randomly lengthened or shortened
 */
public record RetryPolicy(
        int maxAttempts, Duration initialBackoff, double multiplier, Duration maxBackoff, double jitter) {
    /** One attempt, no retry. */
    public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0);

    public RetryPolicy {
        require(maxAttempts >= 1, "max_attempts is at least 1, not " + maxAttempts);
        require(!initialBackoff.isNegative(), "initial_backoff is not negative");
        require(multiplier >= 1 && Double.isFinite(multiplier), "multiplier is at least 1, not " + multiplier);
        require(maxBackoff.compareTo(initialBackoff) >= 0, "max_backoff is at least initial_backoff");
        require(jitter >= 0 && jitter <= 1, "jitter is from 0 to 1, not " + jitter);
    }

    /**
     * {@return the wait after the given number of failures}
     *
     * @param failures the number of failed attempts, at least 1
     * @param chance a random number from 0 (inclusive) to 1 (exclusive)
     */
    public Duration backoff(int failures, double chance) {
        double seconds = seconds(initialBackoff) * Math.pow(multiplier, failures - 1.0);
        double capped = Math.min(seconds, seconds(maxBackoff));
        double spread = capped * jitter * (2 * chance - 1);
        return Duration.ofNanos(Math.round((capped + spread) * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
