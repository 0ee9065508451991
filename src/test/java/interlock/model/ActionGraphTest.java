package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.PlannedAction;
import interlock.api.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionGraphTest {
    @Test
    void anActionIsAsDeepAsItsLongestChainOfAncestors() {
        ActionGraph graph =
                new ActionGraph(List.of(action("a", 1), action("b", 1, "a"), action("c", 1, "a", "b"), action("d", 1)));

        assertThat(List.of(graph.layer(0), graph.layer(1), graph.layer(2), graph.layer(3)))
                .containsExactly(0, 1, 2, 0);
    }

    @Test
    void priorityIsTheLongestPathToTheEnd() {
        ActionGraph graph = new ActionGraph(List.of(
                action("a", 1), action("short", 2, "a"), action("long", 5, "a"), action("end", 3, "short", "long")));

        assertThat(graph.remainingSeconds(0)).isEqualTo(9);
        assertThat(graph.remainingSeconds(1)).isEqualTo(5);
        assertThat(graph.remainingSeconds(2)).isEqualTo(8);
        assertThat(graph.remainingSeconds(3)).isEqualTo(3);
    }

    @Test
    void withoutEstimatesPriorityCountsActions() {
        ActionGraph graph = new ActionGraph(List.of(unknown("a"), unknown("b", "a"), unknown("c", "b")));

        assertThat(graph.remainingSeconds(0)).isEqualTo(3);
    }

    @Test
    void parentsMayStandBehindTheirChildren() {
        ActionGraph graph = new ActionGraph(List.of(action("b", 1, "a"), action("a", 1)));

        assertThat(graph.layer(0)).isEqualTo(1);
        assertThat(graph.parentCount(0)).isEqualTo(1);
    }

    @Test
    void aCycleIsRefusedAndShown() {
        assertThatThrownBy(() -> new ActionGraph(
                        List.of(action("x", 1), action("a", 1, "c", "x"), action("b", 1, "a"), action("c", 1, "b"))))
                .isInstanceOf(InvalidPlan.class)
                .hasMessageContaining("a → c → b → a");
    }

    @Test
    void anActionThatIsItsOwnParentIsACycle() {
        assertThat(ActionGraph.cycles(Map.of("a", Set.of("a")))).containsExactly(List.of("a"));
    }

    @Test
    void cyclesThatShareNothingAreAllShown() {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        parents.put("a", Set.of("b"));
        parents.put("b", Set.of("a"));
        parents.put("between", Set.of("a"));
        parents.put("c", Set.of("d", "between"));
        parents.put("d", Set.of("c"));

        List<Set<String>> cycles =
                ActionGraph.cycles(parents).stream().map(Set::copyOf).toList();

        assertThat(cycles).containsExactlyInAnyOrder(Set.of("a", "b"), Set.of("c", "d"));
    }

    @Test
    void anUnknownParentIsRefused() {
        assertThatThrownBy(() -> new ActionGraph(List.of(action("a", 1, "ghost"))))
                .isInstanceOf(InvalidPlan.class)
                .hasMessage("actions[0].parents: there is no action 'ghost'");
    }

    @Test
    void anIdThatStandsTwiceIsRefused() {
        assertThatThrownBy(() -> new ActionGraph(List.of(action("a", 1), action("a", 1))))
                .isInstanceOf(InvalidPlan.class)
                .hasMessage("actions[1].id: 'a' is the id of actions[0] too");
    }

    @Test
    void aLongChainIsNoTroubleForTheStack() {
        List<PlannedAction> chain = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            chain.add(i == 0 ? unknown("a0") : unknown("a" + i, "a" + (i - 1)));
        }

        ActionGraph graph = new ActionGraph(chain);

        assertThat(graph.layer(99_999)).isEqualTo(99_999);
        assertThat(graph.remainingSeconds(0)).isEqualTo(100_000);
    }

    private static PlannedAction action(String id, int seconds, String... parents) {
        return action(id, Optional.of(Duration.ofSeconds(seconds)), parents);
    }

    private static PlannedAction unknown(String id, String... parents) {
        return action(id, Optional.empty(), parents);
    }

    private static PlannedAction action(String id, Optional<Duration> estimate, String... parents) {
        return new PlannedAction(
                id,
                "nop",
                Map.of(),
                new LinkedHashSet<>(List.of(parents)),
                List.of(),
                estimate,
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }
}
