package interlock.api;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Actions that stand in for one action, or for several, when one of them has failed for good.
 *
 * @param name what people call it
 * @param replaces the ids of the actions for which it stands in: all of the plan, or all of one other path
 * @param actions its actions; their parents are among them
 * @param abortRunning whether those of the replaced actions that run are asked to abort; they are awaited otherwise
 * @param revert whether those of the replaced actions that have succeeded are reverted first; they stay otherwise
 */
public record AlternativePath(
        String name, Set<String> replaces, List<PlannedAction> actions, boolean abortRunning, boolean revert) {
    /** Copies the set, and keeps its order; refuses null. */
    public AlternativePath {
        Objects.requireNonNull(name, "an alternative path has a name");
        replaces = Collections.unmodifiableSet(new LinkedHashSet<>(replaces));
        actions = List.copyOf(actions);
    }

    /** {@return the same path, for other actions} */
    public AlternativePath replacing(Set<String> others) {
        return new AlternativePath(name, others, actions, abortRunning, revert);
    }
}
