package interlock.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.action.ActionTypes;
import interlock.api.AlternativePath;
import interlock.model.Capacities;
import interlock.model.OnFailure;
import interlock.planner.ExplicitPlanner;
import interlock.planner.InstanceHosts;
import interlock.planner.Planners;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alternative paths in documents. */
class DocumentPathsTest extends PlanDocumentFixture {
    @Test
    void pathsOfActionsAndOfGroupsAreRead() {
        var plan = read("""
                actions:
                  - id: disable
                    action_type: nop
                  - id: move-a
                    action_type: nop
                    parents: [disable]
                    alternatives:                       # stand in for move-a, tried in this order
                      - name: cold
                        actions:
                          - {id: stop-a, action_type: nop}
                          - {id: cold-a, action_type: nop, parents: [stop-a]}
                  - id: power-off
                    action_type: nop
                    parents: [move-a]
                alternatives:                           # stand in for a group
                  - name: give the host back
                    replaces: [disable, move-a, power-off]
                    abort_running: true
                    revert: false
                    actions:
                      - {id: enable, action_type: nop}
                """);

        assertThat(plan.planner()).isEqualTo("explicit");
        assertThat(ids(plan.graph())).containsExactly("disable", "move-a", "power-off");
        assertThat(names(plan)).containsExactly("cold", "give the host back");
        var cold = plan.alternatives().getFirst();
        assertThat(cold.replaces()).containsExactly("move-a");
        assertThat(cold.abortRunning()).isFalse();
        assertThat(ids(cold.actions())).containsExactly("stop-a", "cold-a");
        assertThat(cold.actions().getLast().parents()).containsExactly("stop-a");
        var back = plan.alternatives().getLast();
        assertThat(back.replaces()).containsExactly("disable", "move-a", "power-off");
        assertThat(back.abortRunning()).isTrue();
        assertThat(back.revert()).isFalse();
        assertThat(ids(back.actions())).containsExactly("enable");
    }

    @Test
    void anActionOfAPathHasEverythingThatAnActionHas() {
        var plan = read("""
                name: drain compute-3
                on_failure: rollback
                resources:
                  - {kind: compute_host, id: compute-4, capacity: 4}
                actions:
                  - id: disable
                    action_type: nop
                  - id: move-a
                    action_type: nop
                    parents: [disable]
                    deadline: 30m
                    alternatives:
                      - name: cold
                        actions:
                          - id: cold
                            action_type: sleep
                            resource_id: 73b09e16-35b7-4922-804e-e8f5d9b740fc
                            input_parameters: {duration: 2}
                            uses: [{kind: compute_host, id: compute-4, units: 3}]
                            estimated_duration: 90s
                            timeout: 10m
                            deadline: 5m
                            retry: {max_attempts: 3, initial_backoff: 5s, multiplier: 2, max_backoff: 1m, jitter: 0.2}
                alternatives:
                  - name: give compute-3 back
                    replaces: [disable, move-a]
                    revert: true
                    actions:
                      - {id: enable, action_type: nop, resource_id: compute-3}
                """);

        assertThat(plan.onFailure()).isEqualTo(OnFailure.ROLLBACK);
        assertThat(plan.graph().actions().getLast().deadline()).contains(Duration.ofMinutes(30));
        assertThat(plan.alternatives().getLast().revert()).isTrue();
        var cold = plan.alternatives().getFirst().actions().getFirst();
        assertThat(cold.inputParameters())
                .containsEntry("resource_id", "73b09e16-35b7-4922-804e-e8f5d9b740fc")
                .containsEntry("duration", 2);
        assertThat(cold.uses()).anySatisfy(use -> assertThat(use.units()).isEqualTo(3));
        assertThat(cold.estimatedDuration()).contains(Duration.ofSeconds(90));
        assertThat(cold.timeout()).contains(Duration.ofMinutes(10));
        assertThat(cold.deadline()).contains(Duration.ofMinutes(5));
        assertThat(cold.retry().maxAttempts()).isEqualTo(3);
    }

    @Test
    void pathsStandWithinPaths() {
        var plan = read("""
                actions:
                  - id: a
                    action_type: nop
                    alternatives:
                      - actions:
                          - id: b
                            action_type: nop
                            alternatives:
                              - actions: [{id: c, action_type: nop}]
                              - name: last hope
                                actions: [{id: d, action_type: nop}]
                          - {id: e, action_type: nop, parents: [b]}
                      - actions: [{id: f, action_type: nop}]
                alternatives:
                  - name: group of a path
                    replaces: [b, e]
                    actions: [{id: g, action_type: nop}]
                  - name: a again
                    replaces: [a]
                    actions: [{id: h, action_type: nop}]
                """);

        assertThat(plan.alternatives())
                .map(path -> path.name() + " for " + path.replaces())
                .containsExactly(
                        "alternative 1 for [a]",
                        "alternative 1 for [b]",
                        "last hope for [b]",
                        "alternative 2 for [a]",
                        "a again for [a]",
                        "group of a path for [b, e]");
    }

    @Test
    void pathsOfADuplicateActionMoveToTheOriginal() {
        var plan = read("""
                planner: weight
                actions:
                  - {id: a, action_type: nop}
                  - {id: b, action_type: nop, alternatives: [{actions: [{id: c, action_type: nop}]}]}
                  - {id: d, action_type: sleep, input_parameters: {duration: 1}}
                alternatives:
                  - {name: p, replaces: [b, d], actions: [{id: e, action_type: nop}]}
                """);

        assertThat(ids(plan.graph())).containsExactly("a", "d");
        assertThat(plan.alternatives()).map(AlternativePath::replaces).containsExactly(Set.of("a"), Set.of("a", "d"));
    }

    @Test
    void thePlannerSeesTheActionsOfThePlanOnly() {
        var plan = read("""
                planner: one_after_another
                actions:
                  - {id: a, action_type: nop, alternatives: [{actions: [
                      {id: c, action_type: nop}, {id: d, action_type: nop}]}]}
                  - {id: b, action_type: nop}
                """);

        assertThat(plan.graph().actions().getLast().parents()).containsExactly("a");
        assertThat(plan.alternatives().getFirst().actions().getLast().parents()).isEmpty();
    }

    @Test
    void parentsWithinAPathDoNotMakeThePlanExplicit() {
        var constraint = new PlanDocument(
                ActionTypes.own(),
                new Planners(
                        List.of(new ExplicitPlanner(), new OneAfterAnother("constraint")),
                        Map.of(),
                        InstanceHosts.UNKNOWN),
                Capacities.DEFAULT,
                MOST);

        var plan = constraint.read(tree("""
                actions:
                  - {id: a, action_type: nop, alternatives: [{actions: [
                      {id: c, action_type: nop}, {id: d, action_type: nop, parents: [c]}]}]}
                """), Optional.empty());

        assertThat(plan.planner()).isEqualTo("constraint");
    }

    @Test
    void pathsStandInOneAnotherThirtyTwoDeepAtMost() throws IOException {
        var plan = generous().read(nested(32), Optional.empty());

        assertThat(plan.alternatives()).hasSize(32);
        for (int depth : List.of(33, 240)) {
            var tooDeep = nested(depth);
            assertThatThrownBy(() -> generous().read(tooDeep, Optional.empty()))
                    .hasMessage("actions: alternative paths are nested %d deep; at most 32 levels are allowed"
                            .formatted(depth));
        }
    }

    @Test
    @Timeout(60)
    void aLargeDocumentWithAPathForEachActionIsReadSwiftly() throws IOException {
        var document = new StringBuilder("{\"actions\":[");
        var group = new StringBuilder();
        for (int n = 0; n < 10_000; n++) {
            document.append(n == 0 ? "" : ",").append("""
                    {"id": "a%1$d", "action_type": "nop", "parents": [%2$s],
                     "alternatives": [{"actions": [{"id": "b%1$d", "action_type": "nop"}]}]}""".formatted(n, n == 0 ? "" : "\"a%d\"".formatted(n - 1)));
            group.append(n == 0 ? "" : ",").append("\"a%d\"".formatted(n));
        }
        document.append("""
                ], "alternatives": [{"name": "all", "replaces": [%s],
                 "actions": [{"id": "z", "action_type": "nop"}]}]}""".formatted(group));

        var plan = generous().read(new ObjectMapper().readTree(document.toString()), Optional.empty());

        assertThat(plan.alternatives()).hasSize(10_001);
        assertThat(plan.alternatives().getLast().name()).isEqualTo("all");
    }

    private static JsonNode nested(int depth) throws IOException {
        var document = new StringBuilder("{\"actions\":[");
        for (int n = 0; n < depth; n++) {
            document.append("{\"id\":\"a%d\",\"action_type\":\"nop\",\"alternatives\":[{\"actions\":[".formatted(n));
        }
        document.append("{\"id\":\"z\",\"action_type\":\"nop\"}");
        document.append("]}]}".repeat(depth)).append("]}");
        return new ObjectMapper().readTree(document.toString());
    }
}
