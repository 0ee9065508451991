package interlock.plan;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.PlannedAction;
import interlock.api.TriggerRule;
import interlock.model.OnFailure;
import org.junit.jupiter.api.Test;

/** Trigger rules, finally actions and compensations in documents. */
class DocumentRulesTest extends PlanDocumentFixture {
    @Test
    void theyAreRead() {
        var plan = read("""
                on_failure: pause
                actions:
                  - {id: set, action_type: nop}
                  - id: reboot
                    action_type: nop
                    parents: [set]
                    alternatives:
                      - {name: by hand, actions: [{id: call, action_type: nop}]}
                  - {id: alarm, action_type: nop, parents: [reboot], trigger_rule: one_failed}
                finally:
                  - id: unset
                    action_type: nop
                    alternatives:
                      - {actions: [{id: unset by hand, action_type: nop}]}
                  - {id: report, action_type: nop, parents: [unset], trigger_rule: all_done}
                alternatives:
                  - {name: give back, replaces: [set, reboot], compensation: true, actions: [{id: undo, action_type: nop}]}
                """);

        assertThat(plan.onFailure()).isEqualTo(OnFailure.PAUSE);
        assertThat(plan.graph().actions()).extracting(PlannedAction::id).containsExactly("set", "reboot", "alarm");
        assertThat(plan.graph().actions())
                .extracting(PlannedAction::triggerRule)
                .containsExactly(TriggerRule.ALL_SUCCESS, TriggerRule.ALL_SUCCESS, TriggerRule.ONE_FAILED);
        assertThat(plan.finallyGraph().actions()).extracting(PlannedAction::id).containsExactly("unset", "report");
        assertThat(plan.alternatives())
                .extracting(path -> path.name() + path.compensation())
                .containsExactlyInAnyOrder("by handfalse", "alternative 1false", "give backtrue");
    }

    @Test
    void whatCannotBeIsNamedWithItsPlace() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop, trigger_rule: one_failed}
                finally:
                  - {id: z, action_type: nop, parents: [a]}
                """))
                .containsExactlyInAnyOrder(
                        "actions[0].trigger_rule: one_failed needs parents: an action without any starts at once",
                        "finally[0].parents[0]: 'a' is not a finally action; it is at actions[0]; the parents of a finally"
                                + " action are finally actions, which start when all others have ended");
    }

    @Test
    void noPathFollowsACompensation() {
        assertThat(faults("""
                actions:
                  - {id: a, action_type: nop}
                alternatives:
                  - {name: undo, replaces: [a], compensation: true, actions: [{id: u, action_type: nop}]}
                  - {name: other, replaces: [a], actions: [{id: o, action_type: nop}]}
                """))
                .containsExactly(
                        "alternatives[1].replaces: the path 'undo' compensates for 'a' and is tried before it; a compensation"
                                + " is the last path of its actions");
    }
}
