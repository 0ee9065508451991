package interlock.web.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The health of several parts of the service. A result is cached briefly, so that frequent requests reach the parts
 * only a few times per second; concurrent requests share one check. Thread-safe.
 */
public final class Health {
    private static final Duration FRESH = Duration.ofMillis(250);

    private final List<Supplier<Optional<String>>> parts;
    private final InstantSource clock;
    private Instant asked = Instant.MIN;
    private Optional<String> answer = Optional.empty();

    /**
     * Creates the check.
     *
     * @param parts each returns why a part is unhealthy; empty if it is healthy
     */
    public Health(List<Supplier<Optional<String>>> parts, InstantSource clock) {
        this.parts = List.copyOf(parts);
        this.clock = clock;
    }

    /** {@return why the service is unhealthy: all reasons in one text; empty if it is healthy} */
    synchronized Optional<String> whyDown() {
        Instant now = clock.instant();
        if (asked.isBefore(now.minus(FRESH)) || asked.isAfter(now)) {
            answer = ask();
            asked = clock.instant();
        }
        return answer;
    }

    private Optional<String> ask() {
        String reasons = parts.stream().flatMap(part -> part.get().stream()).collect(Collectors.joining("; "));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
    }
}
