package interlock.applier.reference;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.TriggerRule;
import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reverts of paths and of roll-backs, and their order. */
final class ReferenceReverts {
    private final ReferencePlan plan;

    ReferenceReverts(ReferencePlan plan) {
        this.plan = plan;
    }

    void begin(Set<String> newReverts) {
        Set<String> made = new HashSet<>();
        for (ReferencePath path : plan.paths) {
            boolean opens = plan.state.equals("ONGOING") && !plan.stopping && path.ongoing() && path.awaits.isEmpty();
            if (opens && path.revert && !path.opened && !path.reverted) {
                List<ReferenceAction> reverts = makeReverts(toUndo(plan.members(path)), path);
                // A revert that had failed and was ignored runs again after a retry, beside what did not wait for it
                // then.
                path.firsts.forEach(first -> first.parents.addAll(last(reverts)));
                path.reverted = true;
                reverts.forEach(it -> made.add(it.id));
            }
        }
        if (plan.rollBack.equals("AWAITING")) {
            assertThat(plan.actions.values())
                    .as("what runs when a roll-back begins")
                    .noneMatch(ReferenceAction::open);
            makeReverts(toUndo(new LinkedHashSet<>(plan.actions.values())), null)
                    .forEach(it -> made.add(it.id));
            plan.rollBack = "ONGOING";
        }
        assertThat(newReverts).as("the reverts").isEqualTo(made);
    }

    static List<ReferenceAction> toUndo(Set<ReferenceAction> among) {
        return among.stream()
                .filter(it -> it.state == ActionState.SUCCEEDED && !it.undone && it.reverts == null)
                .toList();
    }

    /** {@return the reverts that no other one waits for} */
    private static List<ReferenceAction> last(List<ReferenceAction> reverts) {
        return reverts.stream()
                .filter(it -> reverts.stream().noneMatch(other -> other.parents.contains(it)))
                .toList();
    }

    private List<ReferenceAction> makeReverts(List<ReferenceAction> undone, @Nullable ReferencePath path) {
        Map<ReferenceAction, ReferenceAction> reverts = new LinkedHashMap<>();
        for (ReferenceAction action : undone) {
            long before = plan.actions.values().stream()
                    .filter(it -> it.reverts == action)
                    .count();
            String id = "revert " + action.id + (before == 0 ? "" : " (" + (before + 1) + ")");
            ReferenceAction revert = new ReferenceAction(
                    id,
                    path,
                    action.maxAttempts,
                    action,
                    TriggerRule.ALL_SUCCESS,
                    action.deadline,
                    ActionState.PENDING);
            revert.inFinally = path != null && action.inFinally;
            reverts.put(action, revert);
            plan.actions.put(id, revert);
            if (path != null) {
                path.actions.add(revert);
            }
        }
        reverts.forEach((action, revert) -> reverts.forEach((other, otherRevert) -> {
            if (other != action && cameAfter(other, action)) {
                revert.parents.add(otherRevert);
            }
        }));
        return new ArrayList<>(reverts.values());
    }

    private static boolean cameAfter(ReferenceAction later, ReferenceAction earlier) {
        Set<ReferenceAction> seen = new HashSet<>();
        List<ReferenceAction> open = new ArrayList<>(later.everAfter);
        while (!open.isEmpty()) {
            ReferenceAction at = open.removeLast();
            if (at == earlier) {
                return true;
            }
            if (seen.add(at)) {
                open.addAll(at.everAfter);
            }
        }
        return false;
    }
}
