package interlock.applier.reference;

import interlock.api.TriggerRule;
import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        plan.awaitsDecision = false;
        plan.end();
        return may;
    }

    boolean cancel(boolean abort) {
        boolean finishing = plan.finallyState.equals("ONGOING") && plan.state.equals("ONGOING");
        boolean waiting = plan.finallyState.equals("WAITING") && plan.state.equals("CANCELLING");
        boolean may = plan.state.equals("PENDING") || plan.state.equals("ONGOING") || (waiting && abort);
        if (!may || (finishing && !abort)) {
            return false;
        }
        if (abort && !finishing && !plan.finallyState.isEmpty()) {
            plan.finallyState = "ENDED";
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

    /** Skips an action that waits. */
    boolean skip(String id) {
        ReferenceAction action = plan.action(id);
        if (action.state != ActionState.PENDING || (!plan.state.equals("PENDING") && !plan.state.equals("ONGOING"))) {
            return false;
        }
        action.state = ActionState.SKIPPED;
        plan.end();
        return true;
    }

    /** Skips an action that waits, has failed or was cancelled. */
    boolean skipAnyway(String id) {
        ReferenceAction action = plan.action(id);
        if (!action.broken()) {
            return skip(id);
        }
        if (!mayGoOn(action)) {
            return false;
        }
        action.state = ActionState.SKIPPED;
        action.ignored = false;
        if (runs()) {
            revive(action, false);
        } else {
            reopenPaths(List.of(action));
        }
        plan.end();
        return true;
    }

    boolean retry(String id) {
        ReferenceAction action = plan.action(id);
        boolean stops = plan.state.equals("ONGOING") && !runs();
        if (!action.broken()
                || !mayGoOn(action)
                || stops
                || (isBlocked(action) && action.state == ActionState.CANCELLED)) {
            return false;
        }
        if (!plan.state.equals("ONGOING")) {
            again(false, false, false);
        }
        reset(action);
        revive(action, true);
        plan.end();
        return true;
    }

    private boolean runs() {
        return plan.state.equals("ONGOING") && !plan.stopping;
    }

    private boolean mayGoOn(ReferenceAction action) {
        boolean ended = plan.state.equals("FAILED") || plan.state.equals("CANCELLED");
        return (plan.state.equals("ONGOING") || (ended && !action.inFinally))
                && action.replacedBy == null
                && plan.rollBack.isEmpty();
    }

    private static boolean isBlocked(ReferenceAction action) {
        return action.rule == TriggerRule.ALL_SUCCESS
                && action.parents.stream().anyMatch(it -> it.broken() && !it.ignored);
    }

    /** What was cancelled because of an action waits again, unless something else prevents it from running. */
    private void revive(ReferenceAction root, boolean retried) {
        Set<ReferenceAction> again = new LinkedHashSet<>();
        List<ReferenceAction> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            ReferenceAction at = open.removeLast();
            for (ReferenceAction child : plan.actions.values()) {
                boolean through = child.state == ActionState.CANCELLED
                        || child.afterFailure
                        || child.state == ActionState.SKIPPED;
                if (through && child.replacedBy == null && child.parents.contains(at) && again.add(child)) {
                    open.add(child);
                }
            }
        }
        boolean less = true;
        while (less) {
            less = again.removeIf(it -> it.parents.stream()
                    .anyMatch(
                            parent -> parent != root && parent.broken() && !parent.ignored && !again.contains(parent)));
        }
        again.removeIf(it -> it.state != ActionState.CANCELLED && !(retried && it.afterFailure));
        again.forEach(ReferenceControl::reset);
        again.add(root);
        reopenPaths(again);
        boolean broken = plan.failures().findAny().isPresent();
        boolean gaveUp = plan.paths.stream().anyMatch(it -> it.compensation && !it.state.equals("STANDBY"));
        plan.failed = broken || gaveUp;
        plan.awaitsDecision &= broken;
    }

    private void reopenPaths(Iterable<ReferenceAction> actions) {
        for (ReferenceAction action : actions) {
            for (ReferencePath path = action.path; path != null; path = path.replaces.getFirst().path) {
                boolean ended = !path.state.equals("STANDBY") && !path.ongoing();
                boolean broken =
                        plan.within(path).anyMatch(it -> it.state == ActionState.FAILED && it.replacedBy == null);
                if (ended && path.replacedBy == null && !broken) {
                    path.state = "ONGOING";
                }
            }
        }
    }

    private static void reset(ReferenceAction action) {
        action.state = ActionState.PENDING;
        action.failures = 0;
        action.ignored = false;
        action.undone = false;
        action.skippedByRule = false;
        action.afterFailure = false;
        action.runsAgain = false;
        action.startedAt = null;
    }

    boolean retry(boolean paused, boolean resetPaths) {
        if (!plan.state.equals("FAILED") && !plan.state.equals("CANCELLED")) {
            return false;
        }
        again(true, paused, resetPaths);
        for (ReferenceAction action : plan.actions.values()) {
            boolean undone = action.state == ActionState.SUCCEEDED && (action.undone || action.afterFailure);
            boolean runsAgain = action.skippedByRule || action.runsAgain || (action.broken() && !action.ofRollBack());
            if (action.replacedBy == null && !action.inFinally && (undone || runsAgain)) {
                reset(action);
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

    /** The plan is to begin again, with its finally actions, and with the paths that are put back. */
    private void again(boolean whole, boolean paused, boolean resetPaths) {
        plan.state = "PENDING";
        plan.paused = paused;
        plan.stopping = false;
        plan.failed = false;
        plan.expired = false;
        plan.rollBack = "";
        plan.wasCancelled = false;
        plan.finallyState = plan.finallyState.isEmpty() ? "" : "STANDBY";
        putBack(whole, resetPaths);
        for (ReferenceAction action : plan.actions.values()) {
            if (action.inFinally && action.reverts == null) {
                reset(action);
                action.state = ActionState.STANDBY;
                action.replacedBy = null;
            }
        }
    }

    private static boolean isWithin(ReferencePath inner, ReferencePath outer) {
        ReferencePath around = inner.replaces.getFirst().path;
        return around != null && (around == outer || isWithin(around, outer));
    }

    private void putBack(boolean compensations, boolean all) {
        Set<ReferencePath> back = new LinkedHashSet<>();
        for (ReferencePath path : plan.paths) {
            boolean last = path.replaces.stream().anyMatch(it -> it.inFinally);
            if (!path.state.equals("STANDBY") && (all || (compensations && path.compensation) || last)) {
                back.add(path);
                plan.paths.stream()
                        .filter(it -> it.replacedBy == path || (!it.state.equals("STANDBY") && isWithin(it, path)))
                        .forEach(back::add);
            }
        }
        for (ReferencePath path : back) {
            path.moved.forEach(dependency -> dependency.getKey().parents.removeAll(path.lasts));
            path.firsts.forEach(first -> first.parents.clear());
            path.members.forEach(member -> {
                boolean compensated = back.stream().anyMatch(it -> it.compensation && it.replaces.contains(member));
                if (path.replaces.contains(member)) {
                    member.runsAgain |= compensated || member.state == ActionState.SKIPPED;
                    member.replacedBy = null;
                }
            });
        }
        for (ReferencePath path : back) {
            path.moved.stream()
                    .filter(dependency -> path.replaces.contains(dependency.getValue()))
                    .forEach(dependency -> dependency.getKey().parents.add(dependency.getValue()));
        }
        for (ReferencePath path : back) {
            path.moved.clear();
            path.members.clear();
            path.awaits.clear();
            path.state = "STANDBY";
            path.opened = false;
            path.reverted = false;
            path.target = null;
            path.replacedBy = null;
            List<ReferenceAction> reverts =
                    path.actions.stream().filter(it -> it.reverts != null).toList();
            path.actions.removeAll(reverts);
            reverts.forEach(it -> {
                it.path = null;
                it.parents.clear();
            });
            path.actions.forEach(it -> {
                reset(it);
                it.state = ActionState.STANDBY;
                it.replacedBy = null;
            });
        }
    }
}
