package interlock.model;

import interlock.api.PlannedAction;
import interlock.api.RetryPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order of reverts: actions are reverted in the reverse order of their dependencies, including dependencies through
 * actions that are not reverted. Independent actions are reverted in parallel.
 */
public final class RevertGraph {
    private final Map<String, List<String>> later = new HashMap<>();
    private final Set<String> undone;
    private final Map<String, Set<String>> undoneAfter = new HashMap<>();

    /**
     * An order between two actions.
     *
     * @param later the action that ran after the other
     * @param earlier the action that ran before the other
     */
    public record Order(String later, String earlier) {}

    private RevertGraph(Collection<String> undone, Collection<Order> orders) {
        this.undone = Set.copyOf(undone);
        orders.forEach(order ->
                later.computeIfAbsent(order.earlier(), _ -> new ArrayList<>()).add(order.later()));
    }

    /**
     * {@return a graph of reverts} Each revert has the id of the reverted action; its parents are the reverts that must
     * come first.
     *
     * @param undone the actions to revert, in the order of the plan
     * @param orders the order of actions, including actions that are not reverted
     * @throws InvalidPlan if the orders contain a cycle
     */
    public static ActionGraph of(Collection<String> undone, Collection<Order> orders) {
        RevertGraph graph = new RevertGraph(undone, orders);
        return new ActionGraph(
                undone.stream().map(id -> revert(id, graph.undoneAfter(id))).toList());
    }

    private static PlannedAction revert(String id, Set<String> parents) {
        return new PlannedAction(
                id,
                "revert",
                Map.of(),
                parents,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }

    /** The nearest reverted descendants. Iterative, because chains may be long. */
    private Set<String> undoneAfter(String start) {
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String at = open.getLast();
            List<String> unknown = later.getOrDefault(at, List.of()).stream()
                    .filter(next -> !undone.contains(next) && !undoneAfter.containsKey(next))
                    .toList();
            if (unknown.isEmpty() || undoneAfter.containsKey(at)) {
                open.removeLast();
                undoneAfter.computeIfAbsent(at, this::gather);
            } else {
                open.addAll(unknown);
            }
        }
        return undoneAfter.getOrDefault(start, Set.of());
    }

    private Set<String> gather(String at) {
        Set<String> found = new LinkedHashSet<>();
        for (String next : later.getOrDefault(at, List.of())) {
            if (undone.contains(next)) {
                found.add(next);
            } else {
                found.addAll(undoneAfter.getOrDefault(next, Set.of()));
            }
        }
        return found;
    }
}
