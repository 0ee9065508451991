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
 * The order in which actions are undone: if one came after another, if by way of actions that are not to be undone, it is
 * undone before it. What did not come after one another may be undone at once.
 */
public final class RevertGraph {
    private final Map<String, List<String>> later = new HashMap<>();
    private final Set<String> undone;
    private final Map<String, Set<String>> undoneAfter = new HashMap<>();

    /**
     * That something came after something else.
     *
     * @param later what came after
     * @param earlier what came before
     */
    public record Order(String later, String earlier) {}

    private RevertGraph(Collection<String> undone, Collection<Order> orders) {
        this.undone = Set.copyOf(undone);
        orders.forEach(order ->
                later.computeIfAbsent(order.earlier(), _ -> new ArrayList<>()).add(order.later()));
    }

    /**
     * {@return a graph of reverts} Each has the id of what it undoes, and the reverts that come before it as parents.
     *
     * @param undone what is to be undone, in the order in which it was planned
     * @param orders what came after what; other actions than those to be undone may occur
     * @throws InvalidPlan when something came after itself
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

    /** The nearest actions to be undone that came after this one. Without recursion: chains may be long. */
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
