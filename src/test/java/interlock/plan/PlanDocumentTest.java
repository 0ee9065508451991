package interlock.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.action.ActionTypes;
import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.planner.ExplicitPlanner;
import interlock.planner.InstanceHosts;
import interlock.planner.Planners;
import interlock.planner.WeightPlanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDocumentTest {
    private static final int MOST = 20;
    private static final YAMLMapper YAML = new YAMLMapper();

    private final PlanDocument documents = new PlanDocument(
            ActionTypes.own(),
            new Planners(
                    List.of(new ExplicitPlanner(), new OneAfterAnother(), new Forgetful(), new WeightPlanner()),
                    Map.of(),
                    InstanceHosts.UNKNOWN),
            Capacities.DEFAULT,
            MOST);

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
    void aPlanMaySayWhichAuditRecommendsItAndThatItSupersedesItsLikes() {
        var audit = UUID.randomUUID();

        var plan = read("""
                name: nightly
                audit_uuid: %s
                supersede: true
                actions: [{id: a, action_type: nop}]
                """.formatted(audit));

        assertThat(plan.origin()).isEqualTo(new NewPlan.Origin(Optional.empty(), Optional.of(audit), true));
    }

    @Test
    void whatSupersedesItsLikesNeedsAName() {
        assertThat(faults("{supersede: true, actions: [{id: a, action_type: nop}]}"))
                .containsExactly("supersede: needs a name: the plans of the same name are superseded");
        assertThat(read("{supersede: false, actions: [{id: a, action_type: nop}]}")
                        .origin()
                        .supersede())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "1-1-1-1-1", "''"})
    void anAuditIsNamedByItsUuid(String text) {
        assertThat(faults("{audit_uuid: %s, actions: [{id: a, action_type: nop}]}".formatted(text)))
                .containsExactly("audit_uuid: '%s' is not a UUID".formatted(text.replace("'", "")));
    }

    @Test
    void aDeadlineIsLongerThanNothing() {
        assertThat(faults("{actions: [{id: a, action_type: nop, deadline: 0s}]}"))
                .containsExactly("actions[0].deadline: must be longer than zero");
        assertThat(faults("{actions: [{id: a, action_type: nop, deadline: -PT1S}]}"))
                .containsExactly(
                        "actions[0].deadline: '-PT1S' is not a duration: write PT1M30S, 250ms, 10s, 5m, 2h or 1d");
        read("{actions: [{id: a, action_type: nop, deadline: 1s, timeout: 1m}]}");
    }

    @Test
    void anIdStandsOnceInTheWholeDocument() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop, alternatives: [{actions: [{id: a, action_type: nop}]}]}
                  - {id: b, action_type: nop, alternatives: [{actions: [{id: c, action_type: nop}]}]}
                alternatives:
                  - {name: p, replaces: [b], actions: [{id: c, action_type: nop}, {id: c, action_type: nop}]}
                """))
                .containsExactly(
                        "actions[0].alternatives[0].actions[0].id: 'a' is the id of actions[0] too",
                        "alternatives[0].actions[0].id: 'c' is the id of actions[1].alternatives[0].actions[0] too",
                        "alternatives[0].actions[1].id: 'c' is the id of actions[1].alternatives[0].actions[0] too");
    }

    @Test
    void theParentsOfAnActionStandInTheSameGraph() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop, parents: [c], alternatives: [{actions: [
                      {id: b, action_type: nop, parents: [x]},
                      {id: c, action_type: nop, parents: [b, a]}]}]}
                """))
                .containsExactly(
                        "actions[0].parents[0]: 'c' is an action of a path, at actions[0].alternatives[0].actions[1];"
                                + " the parents of an action of the plan are actions of the plan",
                        "actions[0].alternatives[0].actions[0].parents[0]: there is no action 'x'",
                        "actions[0].alternatives[0].actions[1].parents[1]: 'a' is not an action of this path; it is at actions[0];"
                                + " the parents of a path's action are actions of the same path");
    }

    @Test
    void aCycleWithinAPathIsPrinted() {
        assertThat(faults("""
                actions:
                  - {id: x, action_type: nop, alternatives: [{actions: [
                      {id: a, action_type: nop, parents: [b]},
                      {id: b, action_type: nop, parents: [a]}]}]}
                """)).containsExactly("actions[0].alternatives[0].actions[0].parents: a cycle: a → b → a");
    }

    @Test
    void whatAPathReplacesIsThere() {
        assertThat(faults("""
                actions: [{id: a, action_type: nop}]
                alternatives:
                  - {name: p, replaces: [a, x], actions: [{id: b, action_type: nop}]}
                """)).containsExactly("alternatives[0].replaces[1]: there is no action 'x'");
    }

    @Test
    void whatAPathReplacesStandsInOneGraph() {
        assertThat(faults("""
                actions: [{id: a, action_type: nop}]
                alternatives:
                  - {name: p, replaces: [a], actions: [{id: b, action_type: nop}]}
                  - {name: q, replaces: [a, b], actions: [{id: c, action_type: nop}]}
                """))
                .containsExactly("alternatives[1].replaces[1]: 'b' is an action of path 'p', and 'a' one of the plan;"
                        + " a path replaces actions of the plan, or actions of one path");
    }

    @Test
    void ofTwoPathsThatReplaceTheSameActionOneReplacesAllThatTheOtherDoes() {
        assertThat(faults("""
                actions: [{id: a, action_type: nop}, {id: b, action_type: nop}, {id: c, action_type: nop}]
                alternatives:
                  - {name: p, replaces: [a, b], actions: [{id: d, action_type: nop}]}
                  - {name: q, replaces: [b, c], actions: [{id: e, action_type: nop}]}
                  - {name: r, replaces: [a, b, c], actions: [{id: f, action_type: nop}]}
                """))
                .containsExactly("alternatives[1].replaces: the paths 'p' and 'q' both replace 'b';"
                        + " one of them must replace all that the other does");
    }

    @Test
    void pathsDoNotStandInForTheirOwnActions() {
        assertThat(faults("""
                actions: [{id: x, action_type: nop}]
                alternatives:
                  - {name: p, replaces: [b], actions: [{id: a, action_type: nop}]}
                  - {name: q, replaces: [a], actions: [{id: b, action_type: nop}]}
                  - {name: r, replaces: [c], actions: [{id: c, action_type: nop}]}
                """))
                .containsExactly(
                        "alternatives[0].replaces: it can never be activated: it replaces actions of its own, p → q → p",
                        "alternatives[2].replaces: it can never be activated: it replaces actions of its own, r → r");
    }

    @Test
    void aGroupHasNoGaps() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop}
                  - {id: b, action_type: nop, parents: [a]}
                  - {id: c, action_type: nop, parents: [b]}
                  - {id: d, action_type: nop, parents: [c]}
                alternatives:
                  - {name: p, replaces: [a, d], actions: [{id: e, action_type: nop}]}
                  - {name: q, replaces: [a, b, d], actions: [{id: f, action_type: nop}]}
                """))
                .containsExactly(
                        "alternatives[0].replaces: 'b', 'c' lie between two of the actions that it replaces;"
                                + " it must replace them too",
                        "alternatives[1].replaces: 'c' lies between two of the actions that it replaces; it must replace it too");
    }

    @Test
    void whatAPlannerAddsCanMakeAGap() {
        assertThat(faults("""
                planner: one_after_another
                actions: [{id: a, action_type: nop}, {id: b, action_type: nop}, {id: c, action_type: nop}]
                alternatives:
                  - {name: p, replaces: [a, c], actions: [{id: d, action_type: nop}]}
                """))
                .containsExactly(
                        "alternatives[0].replaces: 'b' lies between two of the actions that it replaces; it must replace it too");
    }

    @Test
    void anActionThatThePlannerDropsCannotBeReplaced() {
        assertThat(faults("""
                planner: forgetful
                actions:
                  - {id: a, action_type: nop}
                  - {id: b, action_type: nop, input_parameters: {message: other}, alternatives: [{actions: [{id: c, action_type: nop}]}]}
                """)).containsExactly("actions[1].alternatives[0]: there is no action 'b'");
    }

    @Test
    void thePathsOfAnActionThatEqualsAnotherArePathsOfTheOther() {
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
    void aPathThatCrossesAnotherBecauseActionsAreEqualIsRefusedAtItsPlace() {
        assertThat(faults("""
                planner: weight
                actions:
                  - {id: a, action_type: nop}
                  - {id: b, action_type: nop}
                  - {id: c, action_type: sleep, input_parameters: {duration: 1}}
                  - {id: d, action_type: sleep, input_parameters: {duration: 2}}
                alternatives:
                  - {name: p, replaces: [a, c], actions: [{id: e, action_type: nop}]}
                  - {name: q, replaces: [b, c, d], actions: [{id: f, action_type: nop}]}
                  - {name: r, replaces: [b, d], actions: [{id: g, action_type: nop}]}
                """))
                .isNotEmpty()
                .allSatisfy(
                        fault -> assertThat(fault).startsWith("alternatives[").doesNotContain("[-1]"));
    }

    @Test
    void theActionsOfPathsCountToo() {
        var path = new StringBuilder();
        for (int n = 0; n < MOST; n++) {
            path.append("{id: b%d, action_type: nop},".formatted(n));
        }
        var document = "{actions: [{id: a, action_type: nop, alternatives: [{actions: [%s]}]}]}".formatted(path);

        assertThat(faults(document))
                .containsExactly("actions: there are 21, including those of alternative paths; a plan has at most 20");
    }

    @Test
    void unknownAndMissingFieldsOfPathsAreNamed() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop, alternatives: [
                      {replaces: [a], actions: [{id: b, action_type: nop}]},
                      {name: q}]}
                alternatives:
                  - {abort: true}
                """))
                .containsExactlyInAnyOrder(
                        "actions[0].alternatives[0].replaces: is not a known field",
                        "actions[0].alternatives[1].actions: is missing",
                        "alternatives[0].name: is missing",
                        "alternatives[0].replaces: is missing",
                        "alternatives[0].actions: is missing",
                        "alternatives[0].abort: is not a known field");
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(faults("""
                colour: red
                planner: oracle
                supersede: true
                audit_uuid: none
                actions:
                  - id: a
                    action_type: teleport
                    parents: [c]
                    alternatives:
                      - name: p
                        actions:
                          - {id: d, action_type: sleep, parents: [a, d]}
                          - {id: e, action_type: teleport, timeout: soon, uses: [{kind: k, id: k, units: 2}]}
                          - {id: e, action_type: nop, retry: {initial_backoff: 1h, max_backoff: 1s}}
                  - {id: b, action_type: nop, parents: [a]}
                  - {id: c, action_type: nop, parents: [b]}
                alternatives:
                  - {name: q, replaces: [a, b], actions: [{id: f, action_type: nop}]}
                  - {name: r, replaces: [b, c, x, a], actions: []}
                  - {name: s, replaces: [b, c], abort_running: 1, actions: [{id: g, action_type: nop, deadline: 0s}]}
                  - {name: t, replaces: [f, f], actions: [{id: h, action_type: nop}]}
                """))
                .map(fault -> fault.split(":")[0])
                .containsExactlyInAnyOrder(
                        "colour",
                        "planner",
                        "supersede",
                        "audit_uuid",
                        "actions[0].action_type",
                        "actions[0].parents",
                        "actions[0].alternatives[0].actions[0].input_parameters.duration",
                        "actions[0].alternatives[0].actions[0].parents[0]",
                        "actions[0].alternatives[0].actions[0].parents",
                        "actions[0].alternatives[0].actions[1].action_type",
                        "actions[0].alternatives[0].actions[1].timeout",
                        "actions[0].alternatives[0].actions[1].uses[0]",
                        "actions[0].alternatives[0].actions[2].id",
                        "actions[0].alternatives[0].actions[2].retry",
                        "alternatives[1].replaces[2]",
                        "alternatives[1].actions",
                        "alternatives[2].replaces",
                        "alternatives[2].abort_running",
                        "alternatives[2].actions[0].deadline",
                        "alternatives[3].replaces");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{actions: [{id: a, action_type: nop, alternatives: 3}]}",
                "{actions: [{id: a, action_type: nop, alternatives: {name: x, actions: []}}]}",
                "{actions: [{id: a, action_type: nop, alternatives: [null, 3, a, []]}]}",
                "{actions: [{id: a, action_type: nop, alternatives: [{actions: {id: b}}]}]}",
                "{actions: [{id: a, action_type: nop}], alternatives: [{name: 1, replaces: a, actions: [null]}]}",
                "{actions: [{id: a, action_type: nop}], alternatives: [{name: p, replaces: [1, {a: b}], actions: []}]}",
                "{actions: [{alternatives: [{actions: [{alternatives: [{}]}]}]}], alternatives: {a: b}}",
                "{actions: [{id: a, action_type: nop}], supersede: 1, audit_uuid: 2, name: {}}",
                "{actions: null, alternatives: null}"
            })
    void whatIsNoPathIsRefused(String document) {
        assertThat(faults(document)).isNotEmpty();
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

    private static PlanDocument generous() {
        return new PlanDocument(
                ActionTypes.own(),
                new Planners(List.of(new ExplicitPlanner()), Map.of(), InstanceHosts.UNKNOWN),
                Capacities.DEFAULT,
                100_000);
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

    private NewPlan read(String document) {
        return documents.read(tree(document), Optional.empty());
    }

    private List<String> faults(String document) {
        var invalid = catchThrowableOfType(InvalidPlan.class, () -> read(document));
        assertThat(invalid).as("the document is refused").isNotNull();
        return invalid.faults().stream()
                .map(fault -> fault.path() + ": " + fault.message())
                .toList();
    }

    private static JsonNode tree(String document) {
        try {
            return YAML.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(NewPlan plan) {
        return plan.alternatives().stream().map(AlternativePath::name).toList();
    }

    private static List<String> ids(ActionGraph graph) {
        return ids(graph.actions());
    }

    private static List<String> ids(List<PlannedAction> actions) {
        return actions.stream().map(PlannedAction::id).toList();
    }

    /** Each action waits for the one before. */
    private record OneAfterAnother(String name) implements Planner {
        OneAfterAnother() {
            this("one_after_another");
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
            List<PlannedAction> planned = new ArrayList<>();
            for (PlannedAction action : solution.actions()) {
                Set<String> parents = new LinkedHashSet<>(action.parents());
                if (!planned.isEmpty()) {
                    parents.add(planned.getLast().id());
                }
                planned.add(action.withParents(parents));
            }
            return planned;
        }
    }

    /** Keeps the first action only. */
    private static final class Forgetful implements Planner {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
            return solution.actions().subList(0, 1);
        }
    }
}
