package interlock.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph of actions that stands in for one action, or for several, when one of them has failed for good.
 *
 * @param name what people call it
 * @param replaces the ids of the actions for which it stands in: all of the plan, or all of one other path
 * @param graph its actions; their parents are among them
 * @param abortRunning whether those of the replaced actions that run are asked to abort; they are awaited otherwise
 * @param revert whether those of the replaced actions that have succeeded are reverted first; they stay otherwise
 */
public record AlternativePath(
        String name, Set<String> replaces, ActionGraph graph, boolean abortRunning, boolean revert) {
    /** Copies the set, and keeps its order. */
    public AlternativePath {
        replaces = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(replaces));
    }

    /** {@return the same path, for other actions} */
    public AlternativePath replacing(Set<String> others) {
        return new AlternativePath(name, others, graph, abortRunning, revert);
    }

    /** {@return the actions that no other action of the path waits for: what comes after the path waits for these} */
    public List<PlannedAction> last() {
        Set<String> parents = new java.util.HashSet<>();
        graph.actions().forEach(action -> parents.addAll(action.parents()));
        return graph.actions().stream()
                .filter(action -> !parents.contains(action.id()))
                .toList();
    }
}
