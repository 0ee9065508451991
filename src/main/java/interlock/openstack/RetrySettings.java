package interlock.openstack;

import interlock.openstack.SendResult.Answered;
import interlock.openstack.SendResult.NotSent;
import interlock.openstack.SendResult.Unanswered;
import interlock.openstack.SendResult.Untrusted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often, and for how long, a request is sent again.
 *
 * @param connect how long a connection may take
 * @param answer how long an answer may take
 * @param firstWait how long to wait before the second try; before each later one twice as long
 * @param longestWait how long to wait at most, unless the service asks for more
 * @param inAll after how long no other try begins
 */
public record RetrySettings(
        Duration connect, Duration answer, Duration firstWait, Duration longestWait, Duration inAll) {
    /** Outlasts the restart of a service. */
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
     * {@return how long to wait before a request is sent again; empty if it is not} Only what certainly was not carried out
     * is sent again, or what does no harm.
     *
     * @param call the request
     * @param tried what came of it the last time
     * @param tries how often it was sent
     * @param spent how long ago the first try began
     * @param chance a random number, from 0 to 1
     * @param now the time
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

    /** Between half of the wait and all of it, so that those who failed together do not come back together. */
    private Duration backoff(int tries, double chance) {
        double doubled = (double) firstWait.toMillis() * Math.pow(2, tries - 1.0);
        double wait = Math.min(doubled, (double) longestWait.toMillis());
        return Duration.ofMillis(Math.round(wait * (0.5 + chance / 2)));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
