package interlock.applier.reference;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.model.ActionState;
import interlock.model.Alternatives;
import interlock.model.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of a plan, its actions and its paths, as the reference computes it. */
final class ReferencePlan {
    final OnFailure policy;
    final Map<String, ReferenceAction> actions = new LinkedHashMap<>();
    final List<ReferencePath> paths = new ArrayList<>();
    String state = "PENDING";
    boolean paused;
    boolean stopping;
    boolean failed;
    boolean expired;
    final Optional<Instant> notBefore;
    final Optional<Duration> deadline;

    /** When it must have ended, while it runs. */
    Optional<Instant> ends = Optional.empty();

    String rollBack = "";

    /** Whether a person has to decide before the plan may end. */
    boolean awaitsDecision;

    /** The state of the finally actions as a whole; empty if there are none. */
    String finallyState;

    /** Whether it was cancelled before the finally actions began. */
    boolean wasCancelled;

    ReferencePlan(RandomPlan plan, Instant stored) {
        notBefore = plan.delay().map(stored::plus);
        deadline = plan.deadline();
        policy = plan.policy();
        plan.actions().forEach(action -> add(action, null));
        plan.last().forEach(action -> {
            ReferenceAction last = add(action, null);
            last.inFinally = true;
            last.state = ActionState.STANDBY;
        });
        finallyState = plan.last().isEmpty() ? "" : "STANDBY";
        for (AlternativePath each : Alternatives.inOrder(plan.paths())) {
            ReferencePath path = new ReferencePath(each);
            paths.add(path);
            each.actions().forEach(action -> path.actions.add(add(action, path)));
        }
        List<AlternativePath> inOrder = Alternatives.inOrder(plan.paths());
        for (int i = 0; i < paths.size(); i++) {
            ReferencePath path = paths.get(i);
            inOrder.get(i).replaces().forEach(id -> path.replaces.add(action(id)));
            path.actions.stream().filter(it -> it.parents.isEmpty()).forEach(path.firsts::add);
            path.actions.stream()
                    .filter(it -> path.actions.stream().noneMatch(child -> child.parents.contains(it)))
                    .forEach(path.lasts::add);
        }
        boolean more = true;
        while (more) {
            more = false;
            for (ReferencePath path : paths) {
                boolean last = path.replaces.stream().anyMatch(it -> it.inFinally);
                for (ReferenceAction action : path.actions) {
                    more |= last && !action.inFinally;
                    action.inFinally |= last;
                }
            }
        }
    }

    private ReferenceAction add(PlannedAction planned, @Nullable ReferencePath path) {
        ActionState state = path == null ? ActionState.PENDING : ActionState.STANDBY;
        ReferenceAction action = new ReferenceAction(
                planned.id(),
                path,
                planned.retry().maxAttempts(),
                null,
                planned.triggerRule(),
                planned.deadline(),
                state);
        planned.parents().forEach(parent -> action.parents.add(action(parent)));
        action.everAfter.addAll(action.parents);
        actions.put(action.id, action);
        return action;
    }

    ReferenceAction action(String id) {
        return Optional.ofNullable(actions.get(id)).orElseThrow(() -> new AssertionError("there is no " + id));
    }

    /** {@return all actions that a path replaces, those of earlier paths in their place included} */
    Set<ReferenceAction> members(ReferencePath path) {
        Set<ReferenceAction> members = new LinkedHashSet<>(path.replaces);
        boolean more = true;
        while (more) {
            more = false;
            for (ReferencePath earlier : paths) {
                boolean within = earlier.replaces.stream().anyMatch(members::contains);
                if (earlier != path && !earlier.state.equals("STANDBY") && within) {
                    more |= members.addAll(earlier.actions);
                }
            }
        }
        return members;
    }

    /** {@return the actions of a path and of the paths taken within it} */
    Stream<ReferenceAction> within(ReferencePath path) {
        Set<ReferenceAction> within = new LinkedHashSet<>(path.actions);
        boolean more = true;
        while (more) {
            more = false;
            for (ReferencePath inner : paths) {
                if (!inner.state.equals("STANDBY") && inner.replaces.stream().anyMatch(within::contains)) {
                    more |= within.addAll(inner.actions);
                }
            }
        }
        return within.stream();
    }

    /** {@return the actions that have failed for good, without those that a path has replaced} */
    Stream<ReferenceAction> failures() {
        return actions.values().stream()
                .filter(it -> it.state == ActionState.FAILED && it.replacedBy == null && !it.ofRollBack());
    }

    void cancelPending() {
        for (ReferenceAction action : actions.values()) {
            if (action.state == ActionState.PENDING) {
                action.state = ActionState.CANCELLED;
            }
        }
    }

    /** Its deadline has passed: nothing starts any more, and there is neither a path nor a roll-back. */
    void expire() {
        expired = true;
        stopping = true;
        failed = true;
        paused = false;
        awaitsDecision = false;
        rollBack = rollBack.isEmpty() ? "" : "CANCELLED";
        ends = Optional.empty();
        actions.values().forEach(it -> it.toAbort |= it.state == ActionState.ONGOING);
        cancelPending();
    }

    /** Ends what has nothing left to do: paths, then the plan. */
    void end() {
        boolean goesOn = state.equals("ONGOING") && !stopping;
        for (ReferencePath path : paths) {
            if (path.ongoing() && within(path).noneMatch(ReferenceAction::open)) {
                boolean cut = within(path).anyMatch(it -> it.state == ActionState.CANCELLED && it.replacedBy == null);
                if (cut || path.opened || (path.mayOpen() && goesOn)) {
                    path.state = cut ? "CANCELLED" : "SUCCEEDED";
                }
            }
        }
        boolean nothingLeft = actions.values().stream().noneMatch(ReferenceAction::open)
                && !rollBack.equals("AWAITING")
                && !(finallyState.equals("ONGOING") && actions.values().stream().anyMatch(this::isToBegin));
        if (nothingLeft && (state.equals("CANCELLING") || (state.equals("ONGOING") && !awaitsDecision))) {
            over();
        }
    }

    /** {@return whether it is a finally action that does not wait for its parents yet} */
    boolean isToBegin(ReferenceAction action) {
        return action.inFinally && action.path == null && action.state == ActionState.STANDBY;
    }

    private void over() {
        if (finallyState.equals("WAITING")) {
            finallyState = "ONGOING";
            wasCancelled |= state.equals("CANCELLING");
            state = "ONGOING";
            stopping = false;
            ends = Optional.empty();
            return;
        }
        boolean aborted = finallyState.equals("ONGOING") && state.equals("CANCELLING");
        boolean cancelled = wasCancelled || (state.equals("CANCELLING") && !(aborted && failed));
        boolean lastFailed = failures().anyMatch(it -> it.inFinally);
        if (!rollBack.isEmpty() || (cancelled && wasCancelled && lastFailed)) {
            state = "FAILED";
        } else if (cancelled) {
            state = "CANCELLED";
        } else {
            state = failed ? "FAILED" : "SUCCEEDED";
        }
        if (finallyState.equals("ONGOING")) {
            finallyState = "ENDED";
        }
        paused = false;
        awaitsDecision = false;
        paths.stream().filter(ReferencePath::ongoing).forEach(path -> path.state = "CANCELLED");
        ends = Optional.empty();
    }

    /** {@return the state of each action, by its name, of each path, and of the plan} */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        actions.forEach((id, action) -> states.put(id, action.state.name()));
        paths.forEach(path -> states.put("path " + path.name, path.state));
        states.put("plan", state + (paused ? " paused" : ""));
        return states;
    }
}
