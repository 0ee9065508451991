package interlock.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "PT0.29S, 0.2s, 0s",
        "PT59.9S, 59.9s, 59s",
        "PT3M12S, 3m 12s, 3m",
        "PT5H59S, 5h 0m, 5h",
        "PT50H, 2d 2h, 2d"
    })
    void aTimeIsToldInItsTwoLargestUnitsOrRoundedInOne(Duration duration, String told, String rounded) {
        var elapsed = new Elapsed(duration);

        assertThat(elapsed).hasToString(told);
        assertThat(elapsed.rounded()).isEqualTo(rounded);
    }

    @Test
    void clocksThatDisagreeMakeNoTimeBelowNothing() {
        var now = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(Elapsed.between(now.plusSeconds(5), now)).hasToString("0.0s");
    }
}
