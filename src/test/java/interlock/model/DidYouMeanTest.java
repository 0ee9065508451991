package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> KNOWN =
            List.of("nop", "sleep", "http", "migrate", "parents", "change_node_power_state");

    @ParameterizedTest
    @CsvSource({
        "slep, sleep",
        "sleeep, sleep",
        "slepe, sleep",
        "Sleep, sleep",
        "parent, parents",
        "no, nop",
        "nopp, nop",
        "migrat, migrate",
        "change_nova_power_state, change_node_power_state"
    })
    void aNameThatIsNearlyKnownIsSuggested(String given, String meant) {
        assertThat(DidYouMean.of(given, KNOWN)).isEqualTo("; did you mean '%s'?".formatted(meant));
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "evacuate", "shelve", "peers"})
    void aNameThatIsFarFromAllIsNot(String given) {
        assertThat(DidYouMean.of(given, KNOWN)).isEmpty();
    }

    @Test
    void ofTwoThatAreAsNearTheFirstInTheAlphabetIs() {
        assertThat(DidYouMean.of("stap", List.of("stop", "step"))).isEqualTo("; did you mean 'step'?");
    }

    @Test
    void aLongNameIsNoMistakeInTyping() {
        assertThat(DidYouMean.of("a".repeat(100_000), KNOWN)).isEmpty();
    }
}
