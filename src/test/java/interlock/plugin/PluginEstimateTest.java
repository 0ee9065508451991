package interlock.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.LogCapture;
import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.api.PlannedAction;
import interlock.model.Capacities;
import interlock.plan.PlanDocument;
import interlock.planner.InstanceHosts;
import interlock.planner.Planners;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plug-in's type says about durations is used, and harms nothing. */
class PluginEstimateTest {
    private static final String ASKED = "interlock.test.asked";

    private static final String TYPE = """
            import interlock.api.*;
            import java.time.Duration;
            import java.util.*;
            public class Lift implements ActionType {
                public String name() { return "lift"; }
                public String description() { return "Lifts."; }
                public String parametersSchema() { return "{}"; }
                public boolean idempotent(Map<String, Object> inputParameters) { return true; }
                public Result execute(Execution execution) { return Result.succeeded(); }
                public Optional<Duration> estimate(Map<String, Object> inputParameters) {
                    System.setProperty("interlock.test.asked", System.getProperty("interlock.test.asked", "") + "x");
                    ESTIMATE
                }
            }
            """;

    private static final String THREE = """
            {"planner": "explicit", "actions": [
              {"id": "a", "action_type": "lift", "input_parameters": {"floors": 5}},
              {"id": "b", "action_type": "lift"},
              {"id": "c", "action_type": "lift", "input_parameters": {"floors": 7}}]}
            """;

    @TempDir
    private Path folder;

    private List<Optional<Duration>> estimates(String estimate, String document) throws IOException {
        new PluginSource()
                .actionType("Lift", TYPE.replace("ESTIMATE", estimate))
                .jar(folder.resolve("lift.jar"));
        System.clearProperty(ASKED);
        try (Plugins plugins = Plugins.load(
                new Plugins.Settings(Optional.of(folder), Map.of()),
                new PluginCalls(Thread::startVirtualThread),
                List.of(),
                List.of())) {
            return new PlanDocument(
                            ActionTypes.own().with(plugins.actionTypes()),
                            Planners.own(Map.of(), InstanceHosts.UNKNOWN),
                            Capacities.DEFAULT,
                            10)
                    .read(new ObjectMapper().readTree(document), Optional.empty()).graph().actions().stream()
                            .map(PlannedAction::estimatedDuration)
                            .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"secret\"); | 3 | it threw IllegalStateException",
                "throw new StackOverflowError(); | 3 | it threw StackOverflowError",
                "return null; | 3 | it returned null; an Optional was expected",
                "return Optional.of(Duration.ofSeconds(-1)); | 3 | it returned PT-1S; a duration of 0 to 100 years was expected",
                "return Optional.of(Duration.ofDays(36_526)); | 3 | it returned PT876624H; a duration of 0 to 100 years was expected",
                "while (!Thread.interrupted()) Thread.onSpinWait(); return Optional.empty(); | 1 | it did not answer within 1000 ms",
            })
    void anUnusableEstimateIsUnknownAndLoggedOnce(String estimate, int asked, String why) throws IOException {
        try (LogCapture logged = new LogCapture()) {
            assertThat(estimates(estimate, THREE)).hasSize(3).containsOnly(Optional.empty());

            assertThat(logged.lines().stream().filter(line -> line.contains("lift")))
                    .contains(
                            "action type 'lift' cannot estimate the duration of an action: %s. The plan is read without it."
                                    .formatted(why))
                    .filteredOn(line -> line.contains("cannot estimate"))
                    .hasSize(1);
        }
        assertThat(System.clearProperty(ASKED))
                .as("a silent type is asked once")
                .hasSize(asked);
    }

    @Test
    void aTypeThatFailsForOneActionIsAskedAboutTheOthers() throws IOException {
        String estimate =
                "return Optional.of(Duration.ofSeconds(((Number) inputParameters.get(\"floors\")).longValue()));";

        assertThat(estimates(estimate, THREE))
                .containsExactly(
                        Optional.of(Duration.ofSeconds(5)), Optional.empty(), Optional.of(Duration.ofSeconds(7)));
    }

    @Test
    void aWrittenEstimateIsNotAskedFor() throws IOException {
        List<Optional<Duration>> estimates = estimates("return Optional.of(Duration.ofSeconds(9));", """
                {"actions": [{"id": "a", "action_type": "lift", "estimated_duration": "2s"}]}
                """);

        assertThat(estimates).containsExactly(Optional.of(Duration.ofSeconds(2)));
        assertThat(System.getProperty(ASKED)).isNull();
    }
}
