package interlock.web.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthTest {
    private Instant now = Instant.parse("2026-11-22T14:00:00Z");
    private Optional<String> reason = Optional.empty();
    private final AtomicInteger asked = new AtomicInteger();
    private final Health health =
            new Health(List.of(this::part, () -> reason.map(text -> text + " elsewhere")), () -> now);

    private Optional<String> part() {
        asked.incrementAndGet();
        return reason;
    }

    @Test
    void allIsWellIfNoPartSaysOtherwise() {
        assertThat(health.whyDown()).isEmpty();
    }

    @Test
    void theReasonsOfAllPartsAreTold() {
        reason = Optional.of("it is stuck");

        assertThat(health.whyDown()).hasValue("it is stuck; it is stuck elsewhere");
    }

    @Test
    void thePartsAreAskedAFewTimesASecondHoweverOftenSomebodyAsks() {
        health.whyDown();
        reason = Optional.of("it is stuck");
        for (int i = 0; i < 1000; i++) {
            now = now.plus(Duration.ofNanos(100_000));
            assertThat(health.whyDown()).isEmpty();
        }
        assertThat(asked).hasValue(1);

        now = now.plus(Duration.ofMillis(200));
        assertThat(health.whyDown()).isPresent();
        assertThat(asked).hasValue(2);
    }
}
