package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that show actions and graphs, and answer questions about them. */
class QuestionCommandsTest extends CommandFixture {
    @Test
    void whyAnActionDoesNotRunIsSaidInWords() {
        created("asked", """
                {"id": "first", "action_type": "nop"}, {"id": "second", "action_type": "nop", "parents": ["first"]}""");

        assertThat(run("action", "explain", "second", "--plan", "asked").out()).isEqualToNormalizingNewlines("""
                        'second' is PENDING: its plan is RECOMMENDED, and nobody has started it.

                        plan_state  its plan is RECOMMENDED, and nobody has started it
                        parents     it waits for 'first' (PENDING)
                                    first  PENDING
                        """);
        assertThat(json("action", "explain", "second", "--plan", "asked").path("reasons"))
                .hasSize(2);
    }

    @Test
    void theImpactOfAFailureIsListed() {
        created("fragile", """
                {"id": "first", "action_type": "nop"}, {"id": "second", "action_type": "nop", "parents": ["first"]}""");

        assertThat(run("action", "impact", "first", "--plan", "fragile").out()).isEqualToNormalizingNewlines("""
                        'first' is PENDING: if it fails, nothing takes its place, and 1 action is cancelled.

                        EFFECT     WHAT    STATE    MORE
                        cancelled  second  PENDING
                        """);
        assertThat(run("action", "impact", "second", "--plan", "fragile").out().lines())
                .hasSize(1);
    }

    @Test
    void theCriticalPathIsListedWithItsTimes() {
        var uuid = created("critical", """
                {"id": "first", "action_type": "nop", "estimated_duration": "90s"},
                {"id": "aside", "action_type": "nop", "estimated_duration": "2s"},
                {"id": "second", "action_type": "nop", "parents": ["first"], "estimated_duration": "1s"}""");

        assertThat(run("plan", "critical-path", "critical").out()).isEqualToNormalizingNewlines("""
                        1m 31s, 2 actions

                        START   WAITED  FOR  RAN     STATE    NAME
                        0.0s                 1m 30s  PENDING  first
                        1m 30s               1.0s    PENDING  second
                        """);
        assertThat(json("plan", "critical-path", uuid).path("seconds").asDouble())
                .isEqualTo(91);
    }

    @Test
    void conflictingPlansAreListed() {
        var action = "{\"id\": \"a\", \"action_type\": \"nop\", \"uses\": [{\"kind\": \"rack\", \"id\": \"r7\"}]}";
        var one = created("one in the rack", action);

        assertThat(run("plan", "conflicts", one).out()).startsWith("no running or startable plan");

        var other = created("another in the rack", action);

        assertThat(run("plan", "conflicts", one).out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +NAME +STATE +RESOURCE +FREE +ACTIONS +OWN ACTIONS"),
                        row -> assertThat(row)
                                .matches(other.substring(0, 8)
                                        + " +another in the rack +RECOMMENDED +rack/r7 +\\d+/\\d+ +1 +1"));
    }

    @Test
    void aGraphIsDrawnWithWhatEachActionWaitsFor() {
        var uuid = created("drawn", """
                {"id": "a", "action_type": "nop"}, {"id": "b", "action_type": "nop"}, {"id": "c", "action_type": "nop"},
                {"id": "d", "action_type": "sleep", "input_parameters": {"duration": 0}, "parents": ["a", "b"]}""");

        assertThat(run("plan", "graph", uuid).out()).isEqualToNormalizingNewlines("""
                4 actions in 2 layers, 2 dependencies
                ○ 4 pending
                ┌─ ○ a  PENDING  nop
                ├─ ○ b  PENDING  nop
                ├─ ○ c  PENDING  nop
                └─ ○ d  PENDING  sleep  ← a, b
                """);
    }

    @ParameterizedTest
    @CsvSource({"dot, digraph", "mermaid, flowchart LR", "json, '{\"nodes\":'"})
    void aGraphIsToldInOtherLanguages(String format, String beginning) {
        var uuid = created("in " + format, "{id: a, action_type: nop}");

        assertThat(run("plan", "graph", uuid, "--format", format).out()).startsWith(beginning);
    }

    @Test
    void anActionIsFoundByItsNameInItsPlan() {
        created("has actions", "{\"id\": \"the one\", \"action_type\": \"nop\"}");

        var run = run("action", "show", "the one", "--plan", "has actions");

        assertThat(run.out()).contains("name        the one").contains("state       PENDING");
        assertThat(run("action", "show", "the one").err()).contains("to use an action's name, give --plan");
    }

    @Test
    void everyAttemptIsShown() {
        created("stubborn", """
                {"id": "fails once", "action_type": "fail", "input_parameters": {"times": 1, "message": "not yet"},
                 "retry": {"max_attempts": 2, "initial_backoff": "1ms"}}""");
        run("plan", "start", "stubborn");
        run("plan", "watch", "stubborn");

        var run = run("action", "attempts", "fails once", "--plan", "stubborn");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("ATTEMPT"),
                        first -> assertThat(first).startsWith("1 ").contains("FAILED", "not yet"),
                        second -> assertThat(second).startsWith("2 ").contains("SUCCEEDED"));
    }

    @Test
    void aListLongerThanAPageIsShownWhole() {
        var actions = IntStream.rangeClosed(1, 1001)
                .mapToObj("{\"id\": \"a%d\", \"action_type\": \"nop\"}"::formatted)
                .collect(Collectors.joining(","));
        var uuid = created("long", actions);

        assertThat(run("action", "list", "--plan", uuid).out().lines()).hasSize(1002);
        assertThat(json("action", "list", "--plan", uuid).path("actions")).hasSize(1001);
        assertThat(json("action", "list", "--plan", uuid).has("next")).isFalse();
    }
}
