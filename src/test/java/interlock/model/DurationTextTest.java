package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "10s, PT10S",
        "1.5s, PT1.5S",
        "5m, PT5M",
        "2h, PT2H",
        "1d, PT24H",
        "PT0.0001S, PT0.0001S"
    })
    void durationsAreReadAsPeopleWriteThem(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "ten", "-5s", "PT-5S", "5 weeks", "99999999999999s", "999999999999d", "P1Y"})
    void whatIsNoDurationIsRefusedByName(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'%s' is not a duration".formatted(text));
    }
}
