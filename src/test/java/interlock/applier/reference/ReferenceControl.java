package interlock.applier.reference;

import interlock.model.ActionState;

/** The commands of people for a plan of the reference; each method returns whether it is permitted. */
final class ReferenceControl {
    private final ReferencePlan plan;

    ReferenceControl(ReferencePlan plan) {
        this.plan = plan;
    }

    boolean pause() {
        boolean may = !plan.paused && (plan.state.equals("PENDING") || plan.state.equals("ONGOING"));
        plan.paused |= may;
        return may;
    }

    boolean resume() {
        boolean may = plan.paused;
        plan.paused = false;
        return may;
    }

    boolean cancel() {
        if (!plan.state.equals("PENDING") && !plan.state.equals("ONGOING")) {
            return false;
        }
        plan.state = "CANCELLING";
        plan.paused = false;
        plan.rollBack = plan.rollBack.isEmpty() ? "" : "CANCELLED";
        plan.actions.values().forEach(it -> it.toAbort |= it.state == ActionState.ONGOING);
        plan.cancelPending();
        plan.end();
        return true;
    }

    /** {@return whether nothing of the plan can start any more, so that its priority cannot be changed} */
    boolean ended() {
        return plan.state.equals("SUCCEEDED") || plan.state.equals("FAILED") || plan.state.equals("CANCELLED");
    }

    boolean skip(String id) {
        ReferenceAction action = plan.action(id);
        if (action.state != ActionState.PENDING || (!plan.state.equals("PENDING") && !plan.state.equals("ONGOING"))) {
            return false;
        }
        action.state = ActionState.SKIPPED;
        plan.end();
        return true;
    }

    boolean retry() {
        if (!plan.state.equals("FAILED") && !plan.state.equals("CANCELLED")) {
            return false;
        }
        plan.state = "PENDING";
        plan.paused = false;
        plan.stopping = false;
        plan.failed = false;
        plan.expired = false;
        plan.rollBack = "";
        for (ReferenceAction action : plan.actions.values()) {
            boolean ofRollBack = action.reverts != null && action.path == null;
            boolean broken = action.state == ActionState.FAILED || action.state == ActionState.CANCELLED;
            boolean undone = action.state == ActionState.SUCCEEDED && action.undone;
            if (action.replacedBy == null && ((broken && !ofRollBack) || undone)) {
                action.state = ActionState.PENDING;
                action.failures = 0;
                action.ignored = false;
                action.undone = false;
                action.startedAt = null;
            }
        }
        for (ReferencePath path : plan.paths) {
            boolean ended = !path.state.equals("STANDBY") && !path.ongoing();
            boolean open = plan.within(path).anyMatch(it -> it.state == ActionState.PENDING && it.replacedBy == null);
            if (ended && path.replacedBy == null && open) {
                path.state = "ONGOING";
            }
        }
        return true;
    }
}
