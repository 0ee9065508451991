package interlock.api;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Actions that replace one or more actions when one of these has failed for good.
 *
 * @param name the path's name, for people
 * @param replaces the ids of the actions that it replaces: all of the plan itself, or all of one other path
 * @param actions its actions; their parents are within the path
 * @param abortRunning whether replaced actions that are running are aborted; otherwise the path waits for them
 * @param revert whether replaced actions that have succeeded are reverted first; otherwise they stay as they are
 * @param compensation whether it undoes the goal of what it replaces instead of reaching it: the plan then fails
 */
public record AlternativePath(
        String name,
        Set<String> replaces,
        List<PlannedAction> actions,
        boolean abortRunning,
        boolean revert,
        boolean compensation) {
    /** Copies the collections and keeps the order of {@code replaces}. */
    public AlternativePath {
        Objects.requireNonNull(name, "an alternative path has a name");
        replaces = Collections.unmodifiableSet(new LinkedHashSet<>(replaces));
        actions = List.copyOf(actions);
    }

    /** A path that reaches the goal of what it replaces in another way. */
    public AlternativePath(
            String name, Set<String> replaces, List<PlannedAction> actions, boolean abortRunning, boolean revert) {
        this(name, replaces, actions, abortRunning, revert, false);
    }

    /** {@return the same path, replacing other actions} */
    public AlternativePath replacing(Set<String> others) {
        return new AlternativePath(name, others, actions, abortRunning, revert, compensation);
    }
}
