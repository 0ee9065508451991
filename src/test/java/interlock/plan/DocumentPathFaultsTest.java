package interlock.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alternative paths that are rejected, with the place of each error. */
class DocumentPathFaultsTest extends PlanDocumentFixture {
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
    void replacedActionsExist() {
        assertThat(faults("""
                actions: [{id: a, action_type: nop}]
                alternatives:
                  - {name: p, replaces: [a, x], actions: [{id: b, action_type: nop}]}
                """)).containsExactly("alternatives[0].replaces[1]: there is no action 'x'");
    }

    @Test
    void replacedActionsAreInOneGraph() {
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
    void overlappingPathsAreNested() {
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
    void dependenciesAddedByAPlannerCanMakeAGap() {
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
                .containsExactly(
                        "actions: there are 21, including those of alternative paths and finally; a plan has at most 20");
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
    void malformedPathsAreRejected(String document) {
        assertThat(faults(document)).isNotEmpty();
    }
}
