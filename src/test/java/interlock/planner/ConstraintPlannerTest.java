package interlock.planner;

import static interlock.planner.Planned.action;
import static interlock.planner.Planned.after;
import static interlock.planner.Planned.refusal;
import static interlock.planner.Planned.resize;
import static interlock.planner.Planned.service;
import static interlock.planner.Planned.suspend;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.PlannerOptions;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstraintPlannerTest {
    private final ConstraintPlanner planner = new ConstraintPlanner();

    private List<String> edges(PlannedAction... actions) {
        return Planned.by(planner, PlannerOptions.NONE, List.of(actions)).edges();
    }

    private static PlannedAction migrate(String instance, String source, String destination) {
        return action(
                "migrate",
                "resource_id",
                instance,
                "migration_type",
                "live",
                "source_node",
                source,
                "destination_node",
                destination);
    }

    private static PlannedAction power(String host, String state) {
        return action(
                "change_node_power_state", "resource_id", "uuid-of-" + host, "resource_name", host, "state", state);
    }

    @Test
    void whatHasNothingToDoWithEachOtherRunsAtOnce() {
        assertThat(edges(
                        Planned.migrate("a", "h1"),
                        Planned.migrate("b", "h1"),
                        resize("c"),
                        action("nop"),
                        action("nop"),
                        action("volume_migrate", "resource_id", "v")))
                .isEmpty();
    }

    @Test
    void whatWorksOnOneInstanceComesOneAfterTheOtherTheHeaviestFirst() {
        assertThat(edges(
                        action("start", "resource_id", "a"),
                        resize("a"),
                        Planned.migrate("a", "h1"),
                        action("stop", "resource_id", "a"),
                        resize("b")))
                .containsExactly("1-0", "2-1", "3-2");
    }

    @Test
    void ofEqualWeightTheOrderOfTheDocumentCounts() {
        assertThat(edges(
                        action("volume_migrate", "resource_id", "v", "destination_node", "p"),
                        action("volume_migrate", "resource_id", "v", "destination_node", "q")))
                .containsExactly("0-1");
    }

    @Test
    void weightsMayBeSet() {
        var options = new PlannerOptions(Map.of("resize", 2, "migrate", 1), Map.of(), Map.of(), Optional.empty());

        assertThat(Planned.by(planner, options, List.of(Planned.migrate("a", "h"), resize("a")))
                        .edges())
                .containsExactly("1-0");
    }

    @Test
    void aHostIsDisabledBeforeAndPoweredOffAfterWhatLeavesIt() {
        assertThat(edges(
                        power("h1", "off"),
                        Planned.migrate("a", "h1"),
                        Planned.migrate("b", "h1"),
                        service("h1", "disabled"),
                        Planned.migrate("c", "h2")))
                .containsExactly("1-0", "2-0", "3-0", "3-1", "3-2");
        assertThat(edges(Planned.migrate("a", "h1"), suspend("h1"))).containsExactly("0-1");
    }

    @Test
    void aHostIsPoweredOnAndEnabledBeforeWhatArrives() {
        assertThat(edges(migrate("a", "h1", "h2"), service("h2", "enabled"), power("h2", "on")))
                .containsExactly("1-0", "2-0", "2-1");
    }

    @Test
    void aHostThatIsGivenBackIsEmptyInBetween() {
        assertThat(edges(service("h1", "disabled"), Planned.migrate("a", "h1"), service("h1", "enabled")))
                .containsExactly("0-1", "0-2", "1-2");
    }

    @Test
    void theHostOfAServiceIsItsResourceNameIfItHasOne() {
        assertThat(edges(
                        action("change_nova_service_state", "resource_id", "x", "resource_name", "h1", "state", "down"),
                        Planned.migrate("a", "h1")))
                .containsExactly("0-1");
    }

    @Test
    void parentsGivenByHandAreKept() {
        assertThat(edges(action("nop"), after(Planned.migrate("a", "h1"), List.of(0)), resize("a")))
                .containsExactly("0-1", "1-2");
    }

    @Test
    void likeActionsAreNotDropped() {
        assertThat(Planned.by(planner, PlannerOptions.NONE, List.of(action("nop"), action("nop")))
                        .order())
                .containsExactly(0, 1);
    }

    @Test
    void aCircleIsExplained() {
        assertThat(refusal(
                        planner,
                        PlannerOptions.NONE,
                        after(service("h1", "disabled"), List.of(1)),
                        Planned.migrate("a", "h1")))
                .containsExactly(
                        "actions: a cycle: 0 → 1 → 0; '0' waits for '1': its parents say so; "
                                + "'1' waits for '0': h1 is disabled before instances leave it. Move one of these actions to another plan");
        assertThat(refusal(
                        planner,
                        PlannerOptions.NONE,
                        migrate("a", "h1", "h2"),
                        service("h2", "disabled"),
                        service("h2", "enabled"),
                        migrate("a", "h2", "h3")))
                .singleElement()
                .asString()
                .contains("a cycle", "both work on instance a", "h2 is enabled before instances arrive");
    }

    private List<AlternativePath> offered(List<AlternativePath> written, PlannedAction... actions) {
        List<PlannedAction> graph = planner.plan(new Solution(List.of(actions)), planner.defaults());
        List<AlternativePath> offered = planner.alternatives(graph, written);
        List<AlternativePath> all = new ArrayList<>(written);
        all.addAll(offered);
        assertThat(Alternatives.objections(new ActionGraph(graph), all)).isEmpty();
        return offered;
    }

    private static List<String> shown(List<AlternativePath> paths) {
        return paths.stream()
                .map(path -> "%s for %s: %s"
                        .formatted(
                                path.name(),
                                path.replaces(),
                                path.actions().getFirst().inputParameters()))
                .toList();
    }

    @Test
    void aLiveMigrationMayGoElsewhereThenCold() {
        assertThat(shown(offered(List.of(), Planned.named("m", migrate("a", "h1", "h2")))))
                .containsExactly(
                        "another host for [m]: {resource_id=a, migration_type=live, source_node=h1}",
                        "cold for [m]: {resource_id=a, migration_type=cold, source_node=h1}");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"null, ''", "north, north/"},
            nullValues = "null")
    void aPathToAnotherHostTakesNothingOfTheOneThatWasNamed(@Nullable String cloud, String prefix) {
        Map<String, Object> parameters = new HashMap<>(migrate("a", "h1", "h2").inputParameters());
        if (cloud != null) {
            parameters.put("cloud", cloud);
        }
        PlannedAction plain = migrate("a", "h1", "h2");
        PlannedAction move = new PlannedAction(
                "m",
                "migrate",
                parameters,
                Set.of(),
                List.of(
                        new ResourceUse(new ResourceKey("compute_host", prefix + "h1"), 1),
                        new ResourceUse(new ResourceKey("compute_host", prefix + "h2"), 1)),
                plain.estimatedDuration(),
                plain.timeout(),
                plain.deadline(),
                plain.retry());

        assertThat(offered(List.of(), move))
                .allSatisfy(path -> assertThat(path.actions().getFirst().uses())
                        .extracting(use -> use.resource().id())
                        .containsExactly(prefix + "h1"));
    }

    @Test
    void aVolumeMayBeMovedTheOtherWay() {
        PlannedAction move = action(
                "volume_migrate",
                "resource_id",
                "v",
                "migration_type",
                "migrate",
                "destination_node",
                "p",
                "destination_type",
                "fast");

        assertThat(shown(offered(List.of(), Planned.named("m", move))))
                .containsExactly("retype for [m]: {resource_id=v, migration_type=retype, destination_node=p,"
                        + " destination_type=fast}");
        assertThat(offered(
                        List.of(),
                        Planned.named("m", action("volume_migrate", "resource_id", "v", "migration_type", "retype"))))
                .isEmpty();
    }

    @Test
    void aHostThatIsDrainedMayBeGivenBack() {
        List<AlternativePath> offered = offered(
                List.of(),
                Planned.named("disable", service("h1", "disabled")),
                Planned.named("a", Planned.migrate("a", "h1")),
                Planned.named("b", Planned.migrate("b", "h1")),
                Planned.named("off", power("h1", "off")),
                Planned.named("c", Planned.migrate("c", "h2")));

        assertThat(shown(offered))
                .containsExactly("give h1 back for [disable, a, b, off]: {resource_id=h1, state=enabled}");
    }

    @Test
    void whatTheAuthorWroteGoesFirst() {
        AlternativePath mine =
                new AlternativePath("mine", Set.of("m"), List.of(Planned.named("x", action("nop"))), false, false);
        assertThat(offered(List.of(mine), Planned.named("m", migrate("a", "h1", "h2"))))
                .isEmpty();

        AlternativePath crossing = new AlternativePath(
                "crossing", Set.of("a", "other"), List.of(Planned.named("x", action("nop"))), false, false);
        assertThat(offered(
                        List.of(crossing),
                        Planned.named("disable", service("h1", "disabled")),
                        Planned.named("a", Planned.migrate("a", "h1")),
                        Planned.named("other", Planned.migrate("b", "h2"))))
                .isEmpty();
    }
}
