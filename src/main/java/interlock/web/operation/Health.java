package interlock.web.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether all is well, asked of several parts. An answer is kept for a moment: however often it is asked for, the parts are asked a few
 * times a second. Those that ask meanwhile wait for the same answer.
 */
public final class Health {
    private static final Duration FRESH = Duration.ofMillis(250);

    private final List<Supplier<Optional<String>>> parts;
    private final InstantSource clock;
    private Instant asked = Instant.MIN;
    private Optional<String> answer = Optional.empty();

    /**
     * Asks each part.
     *
     * @param parts why all is not well with them; nothing if it is
     */
    public Health(List<Supplier<Optional<String>>> parts, InstantSource clock) {
        this.parts = List.copyOf(parts);
        this.clock = clock;
    }

    /** {@return why all is not well: all reasons in one text; nothing if it is} */
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
