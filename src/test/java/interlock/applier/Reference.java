package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.model.ActionState;
import interlock.model.Alternatives;
import interlock.model.OnFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a plan, by docs/failures.md read to the letter: plain, slow, in memory, one thing after another. It is
 * told how attempts ended and what people did, in the order in which that was stored, and says what state everything must
 * be in then. It shares no code with the applier or the graph but the plan's own data.
 */
final class Reference {
    /** How an attempt ended, and what the graph made of its action. */
    record End(String action, String outcome, String message, String state) {}

    private static final class Action {
        final String id;
        final @Nullable Path path;
        final int maxAttempts;
        final @Nullable Action reverts;

        /** What it waits for, by dependencies in force. */
        final Set<Action> parents = new LinkedHashSet<>();

        /** What it came after, by dependencies that are or were in force. */
        final Set<Action> everAfter = new LinkedHashSet<>();

        ActionState state;
        int failures;
        boolean ignored;
        boolean undone;
        boolean toAbort;

        @Nullable
        Path replacedBy;

        Action(String id, @Nullable Path path, int maxAttempts, @Nullable Action reverts, ActionState state) {
            this.id = id;
            this.path = path;
            this.maxAttempts = maxAttempts;
            this.reverts = reverts;
            this.state = state;
        }

        boolean complete() {
            return state.complete() || (state == ActionState.FAILED && ignored);
        }

        boolean open() {
            return state == ActionState.PENDING || state == ActionState.ONGOING;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private static final class Path {
        final String name;
        final boolean abortRunning;
        final boolean revert;
        final List<Action> actions = new ArrayList<>();
        final List<Action> firsts = new ArrayList<>();
        final List<Action> lasts = new ArrayList<>();
        final List<Action> replaces = new ArrayList<>();
        final Set<Action> awaits = new LinkedHashSet<>();
        String state = "STANDBY";
        boolean opened;
        boolean reverted;

        @Nullable
        Action target;

        @Nullable
        Path replacedBy;

        Path(AlternativePath path) {
            this.name = path.name();
            this.abortRunning = path.abortRunning();
            this.revert = path.revert();
        }

        boolean ongoing() {
            return state.equals("ONGOING");
        }
    }

    private final OnFailure policy;
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final List<Path> paths = new ArrayList<>();

    private String state = "PENDING";
    private boolean paused;
    private boolean stopping;
    private boolean failed;
    private String rollBack = "";

    Reference(RandomPlan plan) {
        policy = plan.policy();
        plan.actions().forEach(action -> add(action, null));
        for (AlternativePath each : Alternatives.inOrder(plan.paths())) {
            Path path = new Path(each);
            paths.add(path);
            each.actions().forEach(action -> path.actions.add(add(action, path)));
        }
        List<AlternativePath> inOrder = Alternatives.inOrder(plan.paths());
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            inOrder.get(i).replaces().forEach(id -> path.replaces.add(action(id)));
            path.actions.stream().filter(it -> it.parents.isEmpty()).forEach(path.firsts::add);
            path.actions.stream()
                    .filter(it -> path.actions.stream().noneMatch(child -> child.parents.contains(it)))
                    .forEach(path.lasts::add);
        }
    }

    private Action add(PlannedAction planned, @Nullable Path path) {
        ActionState state = path == null ? ActionState.PENDING : ActionState.STANDBY;
        Action action = new Action(planned.id(), path, planned.retry().maxAttempts(), null, state);
        planned.parents().forEach(parent -> action.parents.add(action(parent)));
        action.everAfter.addAll(action.parents);
        actions.put(action.id, action);
        return action;
    }

    private Action action(String id) {
        return Optional.ofNullable(actions.get(id)).orElseThrow(() -> new AssertionError("there is no " + id));
    }

    boolean knows(String id) {
        return actions.containsKey(id);
    }

    boolean runs(String id) {
        return action(id).state == ActionState.ONGOING;
    }

    // what the graph says has happened

    /** Takes in what one transaction stored: how attempts ended; whether there are reverts now; what was claimed. */
    void advance(List<End> ends, Set<String> newReverts, List<String> claims, String planState) {
        settle(ends);
        if (state.equals("PENDING") && !planState.equals("PENDING")) {
            assertThat(paused).as("a paused plan does not begin").isFalse();
            state = "ONGOING";
        }
        if (!newReverts.isEmpty()) {
            beginReverts(newReverts);
        }
        if (rollBack.equals("AWAITING") && planState.equals("FAILED")) {
            beginReverts(Set.of());
        }
        claims.forEach(this::claim);
        end();
    }

    private void settle(List<End> ends) {
        List<Action> failures = new ArrayList<>();
        Map<End, Boolean> running = new LinkedHashMap<>();
        ends.forEach(end -> running.put(end, mayGoOn(action(end.action()))));
        for (End end : ends) {
            Action action = action(end.action());
            assertThat(action.state).as(action.id + " runs when it ends").isEqualTo(ActionState.ONGOING);
            action.state = after(end, action, running.getOrDefault(end, false));
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
                paths.forEach(path -> path.awaits.remove(action));
            }
            action.toAbort = false;
        }
        List<Action> left = new ArrayList<>();
        for (Action action : failures) {
            if (action.replacedBy == null && !reroute(action)) {
                left.add(action);
            }
        }
        left.forEach(this::applyPolicy);
    }

    private boolean mayGoOn(Action action) {
        boolean rollsBack = action.reverts != null && action.path == null;
        return action.replacedBy == null && state.equals("ONGOING") && (!stopping || rollsBack);
    }

    private ActionState after(End end, Action action, boolean mayGoOn) {
        return switch (end.outcome()) {
            case "SUCCEEDED" -> ActionState.SUCCEEDED;
            case "SKIPPED" -> ActionState.SKIPPED;
            case "ABORTED" -> {
                assertThat(action.toAbort).as(action.id + " was asked to abort").isTrue();
                yield ActionState.CANCELLED;
            }
            case "FAILED" -> {
                boolean last = end.message().contains("for good") || action.failures + 1 >= action.maxAttempts;
                yield mayGoOn && !last ? ActionState.PENDING : ActionState.FAILED;
            }
            case "LOST" -> mayGoOn ? ActionState.PENDING : ActionState.CANCELLED;
            default -> throw new AssertionError("no outcome: " + end);
        };
    }

    private void claim(String id) {
        Action action = action(id);
        assertThat(action.state).as(id + " waits when it is claimed").isEqualTo(ActionState.PENDING);
        assertThat(state).as("the state of the plan when %s is claimed", id).isEqualTo("ONGOING");
        assertThat(paused).as("the plan is paused when %s is claimed", id).isFalse();
        assertThat(action.parents).as("the parents of %s, which is claimed", id).allMatch(Action::complete);
        Path path = action.path;
        if (path != null && path.firsts.contains(action)) {
            assertThat(path.state)
                    .as("the state of %s when %s is claimed", path.name, id)
                    .isNotEqualTo("STANDBY");
            assertThat(path.awaits)
                    .as("what %s waits for when %s is claimed", path.name, id)
                    .isEmpty();
            if (!path.opened) {
                assertThat(path.revert && !path.reverted ? toUndo(members(path)) : List.of())
                        .as("what is to be reverted before %s is claimed", id)
                        .isEmpty();
                path.opened = true;
            }
        }
        action.state = ActionState.ONGOING;
    }

    // alternative paths

    private boolean reroute(Action failed) {
        if (!state.equals("ONGOING") || stopping) {
            return false;
        }
        Set<Path> broken = new LinkedHashSet<>();
        Action target = failed;
        while (true) {
            for (Path path : paths) {
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

    private Set<Action> members(Path path) {
        Set<Action> members = new LinkedHashSet<>(path.replaces);
        boolean more = true;
        while (more) {
            more = false;
            for (Path earlier : paths) {
                boolean within = earlier.replaces.stream().anyMatch(members::contains);
                if (earlier != path && !earlier.state.equals("STANDBY") && within) {
                    more |= members.addAll(earlier.actions);
                }
            }
        }
        return members;
    }

    private void activate(Path path, Action target, Set<Path> broken) {
        Set<Action> members = members(path);
        for (Path earlier : paths) {
            if (earlier != path && members.containsAll(earlier.replaces) && !earlier.state.equals("STANDBY")) {
                earlier.replacedBy = path;
                earlier.awaits.clear();
                if (earlier.ongoing()) {
                    earlier.state = broken.contains(earlier) ? "FAILED" : "CANCELLED";
                }
            }
        }
        for (Action member : members) {
            member.replacedBy = path;
            if (member.state == ActionState.PENDING) {
                member.state = ActionState.SKIPPED;
            } else if (member.state == ActionState.ONGOING) {
                path.awaits.add(member);
                member.toAbort |= path.abortRunning;
            }
        }
        for (Action child : actions.values()) {
            boolean notStarted = child.state == ActionState.PENDING || child.state == ActionState.CANCELLED;
            if (notStarted && child.replacedBy == null && child.parents.removeAll(members)) {
                child.parents.addAll(path.lasts);
                child.everAfter.addAll(path.lasts);
            }
        }
        path.state = "ONGOING";
        path.target = target;
        for (Action action : path.actions) {
            action.state = ActionState.PENDING;
        }
        path.firsts.forEach(first -> first.everAfter.addAll(members));
    }

    // failure policies

    private void applyPolicy(Action failed) {
        this.failed = true;
        for (Path path = failed.path; path != null; path = path.target == null ? null : path.target.path) {
            if (path.ongoing()) {
                path.state = "FAILED";
            }
        }
        boolean rollsBack = failed.reverts != null && failed.path == null;
        switch (rollsBack ? OnFailure.CONTINUE : policy) {
            case CONTINUE -> cancelDescendants(failed);
            case IGNORE -> failed.ignored = true;
            case STOP -> stop("");
            case ROLLBACK -> stop("AWAITING");
        }
    }

    private void cancelDescendants(Action action) {
        for (Action child : actions.values()) {
            if (child.parents.contains(action) && child.state == ActionState.PENDING) {
                child.state = ActionState.CANCELLED;
                cancelDescendants(child);
            }
        }
    }

    private void stop(String rollBack) {
        if (state.equals("ONGOING") && !stopping) {
            stopping = true;
            this.rollBack = rollBack;
        }
        cancelPending();
    }

    private void cancelPending() {
        for (Action action : actions.values()) {
            if (action.state == ActionState.PENDING) {
                action.state = ActionState.CANCELLED;
            }
        }
    }

    // reverts

    private static List<Action> toUndo(Set<Action> among) {
        return among.stream()
                .filter(it -> it.state == ActionState.SUCCEEDED && !it.undone && it.reverts == null)
                .toList();
    }

    private void beginReverts(Set<String> newReverts) {
        Set<String> made = new HashSet<>();
        for (Path path : paths) {
            boolean opens = state.equals("ONGOING") && !stopping && path.ongoing() && path.awaits.isEmpty();
            if (opens && path.revert && !path.opened && !path.reverted) {
                List<Action> reverts = makeReverts(toUndo(members(path)), path);
                // A revert that had failed and was ignored runs again after a retry, beside what did not wait for it
                // then.
                path.firsts.forEach(first -> first.parents.addAll(last(reverts)));
                path.reverted = true;
                reverts.forEach(it -> made.add(it.id));
            }
        }
        if (rollBack.equals("AWAITING")) {
            assertThat(actions.values()).as("what runs when a roll-back begins").noneMatch(Action::open);
            makeReverts(toUndo(new LinkedHashSet<>(actions.values())), null).forEach(it -> made.add(it.id));
            rollBack = "ONGOING";
        }
        assertThat(newReverts).as("the reverts").isEqualTo(made);
    }

    /** {@return the reverts that no other one waits for} */
    private static List<Action> last(List<Action> reverts) {
        return reverts.stream()
                .filter(it -> reverts.stream().noneMatch(other -> other.parents.contains(it)))
                .toList();
    }

    private List<Action> makeReverts(List<Action> undone, @Nullable Path path) {
        Map<Action, Action> reverts = new LinkedHashMap<>();
        for (Action action : undone) {
            long before =
                    actions.values().stream().filter(it -> it.reverts == action).count();
            String id = "revert " + action.id + (before == 0 ? "" : " (" + (before + 1) + ")");
            Action revert = new Action(id, path, action.maxAttempts, action, ActionState.PENDING);
            reverts.put(action, revert);
            actions.put(id, revert);
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

    private static boolean cameAfter(Action later, Action earlier) {
        Set<Action> seen = new HashSet<>();
        List<Action> open = new ArrayList<>(later.everAfter);
        while (!open.isEmpty()) {
            Action at = open.removeLast();
            if (at == earlier) {
                return true;
            }
            if (seen.add(at)) {
                open.addAll(at.everAfter);
            }
        }
        return false;
    }

    // the end

    private void end() {
        for (Path path : paths) {
            if (path.ongoing() && within(path).noneMatch(Action::open)) {
                boolean cut = within(path).anyMatch(it -> it.state == ActionState.CANCELLED && it.replacedBy == null);
                path.state = cut ? "CANCELLED" : "SUCCEEDED";
            }
        }
        boolean nothingLeft = actions.values().stream().noneMatch(Action::open);
        boolean rolledBack = !rollBack.equals("AWAITING");
        if (nothingLeft && state.equals("CANCELLING")) {
            ended(rollBack.isEmpty() ? "CANCELLED" : "FAILED");
        } else if (nothingLeft && state.equals("ONGOING") && rolledBack) {
            ended(failed ? "FAILED" : "SUCCEEDED");
        }
    }

    private void ended(String as) {
        state = as;
        paused = false;
    }

    private java.util.stream.Stream<Action> within(Path path) {
        Set<Action> within = new LinkedHashSet<>(path.actions);
        boolean more = true;
        while (more) {
            more = false;
            for (Path inner : paths) {
                if (!inner.state.equals("STANDBY") && inner.replaces.stream().anyMatch(within::contains)) {
                    more |= within.addAll(inner.actions);
                }
            }
        }
        return within.stream();
    }

    // what people do

    boolean pause() {
        boolean may = !paused && (state.equals("PENDING") || state.equals("ONGOING"));
        paused |= may;
        return may;
    }

    boolean resume() {
        boolean may = paused;
        paused = false;
        return may;
    }

    boolean cancel() {
        if (!state.equals("PENDING") && !state.equals("ONGOING")) {
            return false;
        }
        state = "CANCELLING";
        paused = false;
        rollBack = rollBack.isEmpty() ? "" : "CANCELLED";
        actions.values().forEach(it -> it.toAbort |= it.state == ActionState.ONGOING);
        cancelPending();
        end();
        return true;
    }

    boolean skip(String id) {
        Action action = action(id);
        if (action.state != ActionState.PENDING || (!state.equals("PENDING") && !state.equals("ONGOING"))) {
            return false;
        }
        action.state = ActionState.SKIPPED;
        end();
        return true;
    }

    boolean retry() {
        if (!state.equals("FAILED") && !state.equals("CANCELLED")) {
            return false;
        }
        state = "PENDING";
        paused = false;
        stopping = false;
        failed = false;
        rollBack = "";
        for (Action action : actions.values()) {
            boolean ofRollBack = action.reverts != null && action.path == null;
            boolean broken = action.state == ActionState.FAILED || action.state == ActionState.CANCELLED;
            boolean undone = action.state == ActionState.SUCCEEDED && action.undone;
            if (action.replacedBy == null && ((broken && !ofRollBack) || undone)) {
                action.state = ActionState.PENDING;
                action.failures = 0;
                action.ignored = false;
                action.undone = false;
            }
        }
        for (Path path : paths) {
            boolean ended = !path.state.equals("STANDBY") && !path.ongoing();
            boolean open = within(path).anyMatch(it -> it.state == ActionState.PENDING && it.replacedBy == null);
            if (ended && path.replacedBy == null && open) {
                path.state = "ONGOING";
            }
        }
        return true;
    }

    // what must be

    /** {@return the state of each action, by its name, of each path, and of the plan} */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        actions.forEach((id, action) -> states.put(id, action.state.name()));
        paths.forEach(path -> states.put("path " + path.name, path.state));
        states.put("plan", state + (paused ? " paused" : ""));
        return states;
    }
}
