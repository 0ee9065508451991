package interlock.applier.reference;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.TriggerRule;
import interlock.model.ActionState;
import interlock.model.OnFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A second, simple implementation of docs/failures.md, in memory and sequential. Its input is how attempts ended and what
 * people did, in the order in which that was stored; its output is the state that everything must be in then. It shares no
 * code with the applier or the graph but the plan's own data.
 */
final class Reference {
    /** How an attempt ended, and what the graph made of its action. */
    record End(String action, String outcome, String message, String state) {}

    final ReferenceControl control;
    private final ReferencePlan plan;
    private final ReferenceReverts reverts;

    Reference(RandomPlan random, Instant stored) {
        plan = new ReferencePlan(random, stored);
        reverts = new ReferenceReverts(plan);
        control = new ReferenceControl(plan);
    }

    boolean knows(String id) {
        return plan.actions.containsKey(id);
    }

    boolean isToBegin(String id) {
        return plan.isToBegin(plan.action(id));
    }

    boolean runs(String id) {
        return plan.action(id).state == ActionState.ONGOING;
    }

    /**
     * What one transaction stored.
     *
     * @param at its time
     * @param ends how attempts ended
     * @param late the actions that failed without an attempt
     * @param newReverts the reverts that there are now
     * @param begun the finally actions that wait for their parents now
     * @param skips the actions that were skipped by their trigger rules, in this order
     * @param claims the actions that were claimed
     * @param planState the state of the plan afterwards
     */
    record Stored(
            Instant at,
            List<End> ends,
            List<String> late,
            Set<String> newReverts,
            List<String> begun,
            List<String> skips,
            List<String> claims,
            String planState) {}

    /** Takes in what one transaction stored. */
    void advance(Stored stored) {
        Instant at = stored.at();
        if (plan.state.equals("ONGOING")
                && plan.ends.filter(end -> !at.isBefore(end)).isPresent()) {
            plan.expire();
        }
        settle(stored.ends(), stored.late(), at);
        String planState = stored.planState();
        Set<String> newReverts = stored.newReverts();
        if (plan.state.equals("PENDING") && !planState.equals("PENDING")) {
            assertThat(plan.paused).as("a paused plan does not begin").isFalse();
            assertThat(plan.notBefore.filter(at::isBefore))
                    .as("the plan begins too early")
                    .isEmpty();
            plan.state = "ONGOING";
            plan.finallyState = plan.finallyState.isEmpty() ? "" : "WAITING";
            plan.ends = plan.deadline.map(at::plus);
        }
        if (!newReverts.isEmpty()) {
            reverts.begin(newReverts);
        }
        if (plan.rollBack.equals("AWAITING") && planState.equals("FAILED")) {
            reverts.begin(Set.of());
        }
        stored.begun().forEach(this::begin);
        stored.skips().forEach(this::skipByRule);
        stored.claims().forEach(id -> claim(id, at));
        plan.end();
    }

    /** Takes in what a command changed besides: finally actions that wait for their parents now, and skipped actions. */
    void follow(List<String> begun, List<String> skips) {
        begun.forEach(this::begin);
        skips.forEach(this::skipByRule);
        plan.end();
    }

    private void begin(String id) {
        ReferenceAction action = plan.action(id);
        assertThat(plan.finallyState)
                .as("the finally actions when %s begins", id)
                .isEqualTo("ONGOING");
        assertThat(plan.isToBegin(action))
                .as("%s is a finally action in STANDBY", id)
                .isTrue();
        action.state = ActionState.PENDING;
    }

    private void skipByRule(String id) {
        ReferenceAction action = plan.action(id);
        assertThat(action.state).as(id + " waits when it is skipped").isEqualTo(ActionState.PENDING);
        assertThat(plan.state)
                .as("the state of the plan when %s is skipped", id)
                .isEqualTo("ONGOING");
        assertThat(action.parentsPermit())
                .as("the parents of %s have ended", id)
                .isTrue();
        assertThat(action.isSkippedByRule()).as("the trigger rule skips " + id).isTrue();
        action.state = ActionState.SKIPPED;
        action.skippedByRule = true;
    }

    private void settle(List<End> ends, List<String> late, Instant at) {
        List<ReferenceAction> failures = new ArrayList<>();
        Map<End, Boolean> running = new LinkedHashMap<>();
        ends.forEach(end -> running.put(end, mayGoOn(plan.action(end.action()))));
        for (End end : ends) {
            ReferenceAction action = plan.action(end.action());
            assertThat(action.state).as(action.id + " runs when it ends").isEqualTo(ActionState.ONGOING);
            action.state = after(end, action, running.getOrDefault(end, false), at);
            if (end.outcome().equals("FAILED")) {
                action.failures++;
            }
            if (action.state == ActionState.SUCCEEDED && action.reverts != null) {
                action.reverts.undone = true;
            }
            if (action.state == ActionState.FAILED && action.replacedBy == null) {
                failures.add(action);
            }
            if (action.state != ActionState.PENDING) {
                plan.paths.forEach(path -> path.awaits.remove(action));
            }
            action.toAbort = false;
        }
        for (String id : late) {
            ReferenceAction action = plan.action(id);
            assertThat(action.state).as(id + " waits when its deadline passes").isEqualTo(ActionState.PENDING);
            assertThat(action.isLate(at))
                    .as("the deadline of %s has passed", id)
                    .isTrue();
            assertThat(mayGoOn(action))
                    .as("%s could go on when its deadline passes", id)
                    .isTrue();
            action.state = ActionState.FAILED;
            failures.add(action);
        }
        List<ReferenceAction> left = new ArrayList<>();
        for (ReferenceAction action : failures) {
            if (action.replacedBy == null && !reroute(action)) {
                left.add(action);
            }
        }
        left.forEach(this::applyPolicy);
    }

    private boolean mayGoOn(ReferenceAction action) {
        boolean rollsBack = action.ofRollBack();
        return action.replacedBy == null
                && plan.state.equals("ONGOING")
                && (!plan.expired || action.inFinally)
                && (!plan.stopping || rollsBack);
    }

    private ActionState after(End end, ReferenceAction action, boolean mayGoOn, Instant at) {
        return switch (end.outcome()) {
            case "SUCCEEDED" -> ActionState.SUCCEEDED;
            case "SKIPPED" -> ActionState.SKIPPED;
            case "ABORTED" -> {
                assertThat(action.toAbort).as(action.id + " was asked to abort").isTrue();
                yield ActionState.CANCELLED;
            }
            case "FAILED" -> {
                Instant next = at.plusSeconds(1L << action.failures);
                boolean last = end.message().contains("for good")
                        || end.message().contains("deadline has passed")
                        || action.failures + 1 >= action.maxAttempts
                        || action.isLate(next);
                yield mayGoOn && !last ? ActionState.PENDING : ActionState.FAILED;
            }
            case "LOST" -> {
                ActionState repeated = action.isLate(at) ? ActionState.FAILED : ActionState.PENDING;
                yield mayGoOn ? repeated : ActionState.CANCELLED;
            }
            default -> throw new AssertionError("no outcome: " + end);
        };
    }

    private void claim(String id, Instant at) {
        ReferenceAction action = plan.action(id);
        assertThat(action.isLate(at)).as("%s starts after its deadline", id).isFalse();
        action.startedAt = action.startedAt == null ? at : action.startedAt;
        assertThat(action.state).as(id + " waits when it is claimed").isEqualTo(ActionState.PENDING);
        assertThat(plan.state)
                .as("the state of the plan when %s is claimed", id)
                .isEqualTo("ONGOING");
        assertThat(plan.paused).as("the plan is paused when %s is claimed", id).isFalse();
        assertThat(action.parentsPermit())
                .as("the parents of %s, which is claimed: %s", id, action.parents)
                .isTrue();
        assertThat(action.isSkippedByRule()).as("the trigger rule skips " + id).isFalse();
        action.afterFailure = action.rule == TriggerRule.ONE_FAILED
                || (action.rule == TriggerRule.ALL_SUCCESS
                        && action.parents.stream().anyMatch(it -> it.afterFailure));
        ReferencePath path = action.path;
        if (path != null && path.firsts.contains(action)) {
            assertThat(path.state)
                    .as("the state of %s when %s is claimed", path.name, id)
                    .isNotEqualTo("STANDBY");
            assertThat(path.awaits)
                    .as("what %s waits for when %s is claimed", path.name, id)
                    .isEmpty();
            if (!path.opened) {
                assertThat(path.mayOpen())
                        .as("nothing is to be reverted before %s is claimed", id)
                        .isTrue();
                path.opened = true;
            }
        }
        action.state = ActionState.ONGOING;
    }

    private boolean reroute(ReferenceAction failed) {
        if (!plan.state.equals("ONGOING") || plan.stopping) {
            return false;
        }
        Set<ReferencePath> broken = new LinkedHashSet<>();
        ReferenceAction target = failed;
        while (true) {
            for (ReferencePath path : plan.paths) {
                if (path.state.equals("STANDBY") && path.replaces.contains(target)) {
                    activate(path, target, broken);
                    return true;
                }
            }
            if (target.path == null || target.path.target == null) {
                return false;
            }
            broken.add(target.path);
            target = target.path.target;
        }
    }

    private void activate(ReferencePath path, ReferenceAction target, Set<ReferencePath> broken) {
        Set<ReferenceAction> members = plan.members(path);
        for (ReferencePath earlier : plan.paths) {
            if (earlier != path && members.containsAll(earlier.replaces) && !earlier.state.equals("STANDBY")) {
                earlier.replacedBy = path;
                earlier.awaits.clear();
                if (earlier.ongoing()) {
                    earlier.state = broken.contains(earlier) ? "FAILED" : "CANCELLED";
                }
            }
        }
        for (ReferenceAction member : members) {
            member.replacedBy = path;
            if (member.state == ActionState.PENDING) {
                member.state = ActionState.SKIPPED;
            } else if (member.state == ActionState.ONGOING) {
                path.awaits.add(member);
                member.toAbort |= path.abortRunning;
            }
        }
        if (path.compensation) {
            plan.failed = true;
            members.forEach(this::cancelDescendants);
        }
        for (ReferenceAction first : path.compensation ? List.<ReferenceAction>of() : path.firsts) {
            outside(members).forEach(parent -> {
                first.parents.add(parent);
                first.everAfter.add(parent);
            });
        }
        for (ReferenceAction child : plan.actions.values()) {
            if (waits(child) && child.replacedBy == null) {
                moveParents(child, members, path);
            }
        }
        path.members.addAll(members);
        path.state = "ONGOING";
        path.target = target;
        for (ReferenceAction action : path.actions) {
            action.state = ActionState.PENDING;
        }
        path.firsts.forEach(first -> first.everAfter.addAll(members));
    }

    /** {@return the parents of replaced actions that are not replaced, and that a path must wait for, too} */
    private static Set<ReferenceAction> outside(Set<ReferenceAction> members) {
        Set<ReferenceAction> outside = new LinkedHashSet<>();
        members.forEach(member -> addUnfinished(member, members, outside));
        return outside;
    }

    private static void addUnfinished(
            ReferenceAction action, Set<ReferenceAction> members, Set<ReferenceAction> outside) {
        for (ReferenceAction parent : action.parents) {
            if (parent.open() && !members.contains(parent)) {
                outside.add(parent);
            } else if (parent.state == ActionState.SKIPPED && !parent.complete()) {
                addUnfinished(parent, members, outside);
            }
        }
    }

    /** {@return whether the action has not started, or was skipped before its parents were complete} */
    private static boolean waits(ReferenceAction action) {
        return switch (action.state) {
            case PENDING, CANCELLED -> true;
            case SKIPPED -> !action.complete();
            case ONGOING, SUCCEEDED, FAILED, STANDBY -> false;
        };
    }

    private static void moveParents(ReferenceAction child, Set<ReferenceAction> members, ReferencePath path) {
        List<ReferenceAction> moved =
                child.parents.stream().filter(members::contains).toList();
        if (!moved.isEmpty()) {
            moved.forEach(parent -> path.moved.add(Map.entry(child, parent)));
            moved.forEach(child.parents::remove);
            child.parents.addAll(path.lasts);
            child.everAfter.addAll(path.lasts);
        }
    }

    private void applyPolicy(ReferenceAction failed) {
        plan.failed = true;
        for (ReferencePath path = failed.path; path != null; path = path.target == null ? null : path.target.path) {
            if (path.ongoing()) {
                path.state = "FAILED";
            }
        }
        boolean goesOn = failed.ofRollBack() || failed.inFinally;
        switch (goesOn ? OnFailure.CONTINUE : plan.policy) {
            case CONTINUE -> cancelDescendants(failed);
            case PAUSE -> {
                cancelDescendants(failed);
                if (plan.state.equals("ONGOING")) {
                    plan.paused = true;
                    plan.awaitsDecision = true;
                }
            }
            case IGNORE -> failed.ignored = true;
            case STOP -> stop("");
            case ROLLBACK -> stop("AWAITING");
        }
    }

    private void cancelDescendants(ReferenceAction action) {
        for (ReferenceAction child : plan.actions.values()) {
            if (child.parents.contains(action) && child.rule == TriggerRule.ALL_SUCCESS) {
                boolean skipped = child.state == ActionState.SKIPPED && !child.complete();
                if (child.state == ActionState.PENDING) {
                    child.state = ActionState.CANCELLED;
                    cancelDescendants(child);
                } else if (skipped) {
                    cancelDescendants(child);
                }
            }
        }
    }

    private void stop(String rollBack) {
        if (plan.state.equals("ONGOING") && !plan.stopping) {
            plan.stopping = true;
            plan.rollBack = rollBack;
        }
        plan.cancelPending();
    }

    Map<String, String> states() {
        return plan.states();
    }
}
