package interlock.openstack;

import interlock.openstack.SendResult.Answered;
import interlock.openstack.SendResult.NotSent;
import interlock.openstack.SendResult.Unanswered;
import interlock.openstack.SendResult.Untrusted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often, and for how long, requests are retried.
 *
 * @param connect the limit for connecting
 * @param answer the limit for an answer
 * @param firstWait the wait before the second try; it doubles before each further one
 * @param longestWait the longest wait, unless the service asks for a longer one
 * @param inAll no try begins later than this after the first
 */
public record RetrySettings(
        Duration connect, Duration answer, Duration firstWait, Duration longestWait, Duration inAll) {
    /** Long enough to outlast the restart of a service. */
    static final RetrySettings USUAL = new RetrySettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            Duration.ofSeconds(8),
            Duration.ofSeconds(60));

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    /**
     * {@return the wait before the next try; empty if there is none} Only requests that were certainly not carried out,
     * or are repeatable, are retried.
     *
     * @param tried the result of the last try
     * @param tries the number of tries so far
     * @param spent the time since the first try began
     * @param chance a random number, from 0 to 1
     */
    Optional<Duration> waitAfter(Call call, SendResult tried, int tries, Duration spent, double chance, Instant now) {
        if (!isWorthAnother(call, tried)) {
            return Optional.empty();
        }
        Duration asked = tried instanceof Answered answer
                ? RetryAfter.parse(answer.header("Retry-After"), now).orElse(Duration.ZERO)
                : Duration.ZERO;
        Duration wait = max(asked, backoff(tries, chance));
        return spent.plus(wait).compareTo(inAll) <= 0 ? Optional.of(wait) : Optional.empty();
    }

    private static boolean isWorthAnother(Call call, SendResult tried) {
        return switch (tried) {
            case NotSent _ -> true;
            case Unanswered _ -> call.repeatable();
            case Untrusted _ -> false;
            case Answered answer ->
                switch (answer.status()) {
                    case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> true;
                    case SERVER_ERROR, BAD_GATEWAY, GATEWAY_TIMEOUT -> call.repeatable();
                    default -> false;
                };
        };
    }

    /** Between half of the wait and all of it, so that requests that failed together are not retried together. */
    private Duration backoff(int tries, double chance) {
        double doubled = (double) firstWait.toMillis() * Math.pow(2, tries - 1.0);
        double wait = Math.min(doubled, (double) longestWait.toMillis());
        return Duration.ofMillis(Math.round(wait * (0.5 + chance / 2)));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
