package interlock.planner;

import static interlock.planner.Planned.action;
import static interlock.planner.Planned.after;
import static interlock.planner.Planned.migrate;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatesTest {
    private final List<Planner> watchers =
            List.of(new WeightPlanner(), new WorkloadStabilizationPlanner(), new NodeResourceConsolidationPlanner());

    @Test
    void anActionThatEqualsAnEarlierOneIsDropped() {
        assertThat(watchers)
                .allSatisfy(planner -> assertThat(
                                Planned.by(planner, PlannerOptions.NONE, List.of(migrate("a", "h"), migrate("a", "h")))
                                        .order())
                        .containsExactly(0));
    }

    @Test
    void theOrderOfParametersDoesNotCount() {
        var other = action("migrate", "source_node", "h", "resource_id", "a");

        assertThat(plan(migrate("a", "h"), other).order()).containsExactly(0);
    }

    @Test
    void otherParametersMakeAnotherAction() {
        assertThat(plan(migrate("a", "h"), migrate("b", "h"), migrate("a", "g")).order())
                .containsExactly(0, 1, 2);
    }

    @Test
    void numbersAreComparedByTheirWorthHoweverDeepTheyStand() {
        var one = action("sleep", "duration", 1, "list", List.of(Map.of("x", 2L)));
        var other = action("sleep", "duration", 1.0, "list", List.of(Map.of("x", 2.0)));
        var truth = action("sleep", "duration", true, "list", List.of(Map.of("x", 2)));
        var text = action("sleep", "duration", "1", "list", List.of(Map.of("x", 2)));

        assertThat(plan(one, other, truth, text).order()).containsExactly(0, 3);
    }

    @Test
    void whatWaitsForADroppedActionWaitsForTheOneThatIsKept() {
        var sleep = action("sleep", "duration", 1);
        var moved = after(migrate("a", "h"), List.of(1));

        assertThat(plan(sleep, sleep, moved)).isEqualTo(new Planned(List.of(0, 2), List.of("0-2")));
    }

    @Test
    void dropsFollowFromDrops() {
        var sleep = action("sleep", "duration", 1);
        var moved = migrate("a", "h");

        assertThat(plan(sleep, sleep, after(moved, List.of(0)), after(moved, List.of(1))))
                .isEqualTo(new Planned(List.of(0, 2), List.of("0-2")));
    }

    @Test
    void whatWaitsForItsLikeIsNotDropped() {
        var sleep = action("sleep", "duration", 1);

        assertThat(plan(sleep, after(sleep, List.of(0)), after(sleep, List.of(1))))
                .isEqualTo(new Planned(List.of(0, 1, 2), List.of("0-1", "1-2")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEarlierActionThatWaitsForALaterOneKeepsItsParent(boolean twice) {
        var sleep = action("sleep", "duration", 1);
        var first = after(migrate("a", "h"), List.of(2));
        var actions = twice ? List.of(first, sleep, sleep) : List.of(first, action("sleep", "duration", 2), sleep);

        assertThat(Planned.by(new WorkloadStabilizationPlanner(), PlannerOptions.NONE, actions)
                        .edges())
                .containsExactly(twice ? "1-0" : "2-0");
    }

    private static Planned plan(PlannedAction... actions) {
        return Planned.by(new WeightPlanner(), PlannerOptions.NONE, List.of(actions));
    }
}
