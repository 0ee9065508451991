package interlock.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.api.AlternativePath;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.model.Capacities;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
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

/** Alternative paths that a planner offers which is a plug-in. */
class AlternativeOffersTest {
    private static final String PLANNER = """
            import interlock.api.*;
            import java.util.*;
            public class Odd implements Planner {
                public String name() { return "odd"; }
                public String description() { return "Offers a path."; }
                public List<PlannedAction> plan(Solution solution, PlannerOptions options) { return solution.actions(); }
                public List<AlternativePath> alternatives(List<PlannedAction> plan, List<AlternativePath> written) {
                    return List.of(new AlternativePath(NAME, Set.of(REPLACED), List.of(action(ID, TYPE, PARAMETERS)), false, false));
                }
                private static PlannedAction action(String id, String type, Map<String, Object> parameters) {
                    return new PlannedAction(id, type, parameters, Set.of(), List.of(USES),
                            ESTIMATE, Optional.empty(), Optional.empty(), RetryPolicy.NEVER);
                }
            }
            """;

    private static final String TYPE = """
            import interlock.api.*;
            import java.util.*;
            public class Lift implements ActionType {
                public String name() { return "lift"; }
                public String description() { return "Lifts with a crane."; }
                public String parametersSchema() { return "{}"; }
                public boolean idempotent(Map<String, Object> inputParameters) { return true; }
                public List<ResourceUse> uses(Map<String, Object> inputParameters) {
                    return List.of(new ResourceUse(new ResourceKey("crane", "north"), 1));
                }
                public Optional<java.time.Duration> estimate(Map<String, Object> inputParameters) {
                    return Optional.of(java.time.Duration.ofSeconds(30));
                }
                public Result execute(Execution execution) { return Result.succeeded(); }
            }
            """;

    @TempDir
    private Path folder;

    /** {@return a plan of one action, a} Where nothing else is said, the path is fine. */
    private NewPlan plan(Map<String, String> said) throws IOException {
        String source = PLANNER.replace("REPLACED", said.getOrDefault("REPLACED", "\"a\""))
                .replace("NAME", said.getOrDefault("NAME", "\"instead\""))
                .replace("PARAMETERS", said.getOrDefault("PARAMETERS", "Map.of()"))
                .replace("ID,", said.getOrDefault("ID", "\"b\"") + ",")
                .replace("TYPE", said.getOrDefault("TYPE", "\"nop\""))
                .replace("USES", said.getOrDefault("USES", ""))
                .replace("ESTIMATE", said.getOrDefault("ESTIMATE", "Optional.empty()"));
        new PluginSource().planner("Odd", source).actionType("Lift", TYPE).jar(folder.resolve("odd.jar"));
        try (Plugins plugins = Plugins.load(
                new Plugins.Settings(Optional.of(folder), Map.of()),
                new PluginCalls(Thread::startVirtualThread),
                List.of(),
                List.of())) {
            return new PlanDocument(
                            ActionTypes.own().with(plugins.actionTypes()),
                            Planners.own(Map.of(), InstanceHosts.UNKNOWN).with(plugins.planners()),
                            Capacities.DEFAULT,
                            10)
                    .read(new ObjectMapper().readTree("""
                                    {"name": "p", "planner": "odd", "actions": [{"id": "a", "action_type": "nop"}]}
                                    """), Optional.empty());
        }
    }

    @Test
    void whatIsOfferedIsTakenWithWhatItsTypeUses() throws IOException {
        NewPlan plan = plan(Map.of("TYPE", "\"lift\""));

        assertThat(plan.alternatives()).extracting(AlternativePath::name).containsExactly("instead");
        assertThat(plan.alternatives().getFirst().actions().getFirst().uses())
                .containsExactly(new ResourceUse(new ResourceKey("crane", "north"), 1));
        assertThat(plan.alternatives().getFirst().actions().getFirst().estimatedDuration())
                .contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REPLACED | \"z\" | 'instead': there is no action 'z'",
                "ID | \"a\" | 'instead': there is another action 'a'",
                "TYPE | \"slep\" | 'b.action_type': there is no action type 'slep'; known types:",
                "TYPE | \"sleep\" | 'b.input_parameters.duration': is missing",
                "PARAMETERS | Map.of(\"message\", \"x\".repeat(300_000)) | 'b.input_parameters': has 300015 characters as JSON",
                "ESTIMATE | Optional.of(java.time.Duration.ofSeconds(-1)) | 'b.estimated_duration': is PT-1S; 0 to 100 years are possible",
                "USES | new ResourceUse(new ResourceKey(\"instance\", \"i\"), 2) | 'b.uses': takes 2 units of instance/i, which has 1",
            })
    void whatBreaksARuleIsToldInThePlannersName(String what, String said, String why) {
        assertThatThrownBy(() -> plan(Map.of(what, said)))
                .isInstanceOf(InvalidPlan.class)
                .hasMessageStartingWith("planner: 'odd' offers invalid alternative paths: " + why);
    }

    @Test
    void aPathWithoutANameCannotBeMade() {
        assertThatThrownBy(() -> plan(Map.of("NAME", "null")))
                .isInstanceOf(InvalidPlan.class)
                .hasMessage("planner: 'odd' made no plan: it threw NullPointerException");
    }
}
