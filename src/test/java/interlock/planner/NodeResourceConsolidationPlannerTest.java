package interlock.planner;

import static interlock.planner.Planned.action;
import static interlock.planner.Planned.after;
import static interlock.planner.Planned.migrate;
import static interlock.planner.Planned.refusal;
import static interlock.planner.Planned.service;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeResourceConsolidationPlannerTest {
    private final Planner consolidation = new NodeResourceConsolidationPlanner();

    @Test
    void instancesLeaveEachHostOneAfterAnotherBetweenDisablingAndEnabling() {
        var planned = plan(
                service("h1", "disabled"),
                service("h2", "disabled"),
                migrate("a", "h1"),
                migrate("b", "h2"),
                migrate("c", "h1"),
                service("h3", "enabled"),
                service("h4", "enabled"));

        assertThat(planned.order()).containsExactly(0, 1, 2, 4, 3, 5, 6);
        assertThat(planned.edges())
                .containsExactly("0-2", "0-3", "0-4", "1-2", "1-3", "1-4", "2-4", "3-5", "3-6", "4-5", "4-6");
    }

    @Test
    void withoutMigrationsNothingWaits() {
        var planned = plan(service("h3", "enabled"), service("h1", "disabled"), service("h2", "up"));

        assertThat(planned).isEqualTo(new Planned(List.of(1, 0, 2), List.of()));
    }

    @Test
    void whatIsNotDisabledIsEnabledLast() {
        var planned = plan(action("change_nova_service_state"), migrate("a", "h1"));

        assertThat(planned).isEqualTo(new Planned(List.of(1, 0), List.of("1-0")));
    }

    @Test
    void migrationsFromNowhereFollowOneAnother() {
        var planned = plan(
                action("migrate", "resource_id", "a"),
                migrate("b", "h1"),
                action("migrate", "resource_id", "c", "source_node", null));

        assertThat(planned).isEqualTo(new Planned(List.of(0, 2, 1), List.of("0-2")));
    }

    @Test
    void allThatIsNotSupportedIsNamed() {
        assertThat(refusal(
                        consolidation,
                        PlannerOptions.NONE,
                        action("nop"),
                        migrate("a", "h"),
                        action("migrate", "source_node", Map.of()),
                        action("resize")))
                .containsExactly(
                        "actions[0].action_type: the planner 'node_resource_consolidation' does not support 'nop'; "
                                + "it supports: change_nova_service_state, migrate",
                        "actions[2].input_parameters.source_node: is not the name of a host",
                        "actions[3].action_type: the planner 'node_resource_consolidation' does not support 'resize'; "
                                + "it supports: change_nova_service_state, migrate");
    }

    @Test
    void parentsGivenByHandAreKept() {
        assertThat(plan(service("h1", "disabled"), after(service("h2", "disabled"), List.of(0)))
                        .edges())
                .containsExactly("0-1");
    }

    private Planned plan(PlannedAction... actions) {
        return Planned.by(consolidation, PlannerOptions.NONE, List.of(actions));
    }
}
