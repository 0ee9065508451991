package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.model.ActionGraph;
import interlock.model.InvalidPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the graph of a planner, action by action in the order of storage. */
final class DependencyBuilder {
    /** The maximum number of dependencies that one plan may store. */
    private static final int MOST_EDGES = 1_000_000;

    private final Planner planner;
    private final List<PlannedAction> stored = new ArrayList<>();
    private int edges;

    DependencyBuilder(Planner planner) {
        this.planner = planner;
    }

    /** Adds an action that depends on these parents and on its given ones. */
    void store(PlannedAction action, Collection<String> parents) {
        Set<String> all = new LinkedHashSet<>(action.parents());
        all.addAll(parents);
        edges += all.size();
        if (edges > MOST_EDGES) {
            throw new InvalidPlan(
                    "actions",
                    "the planner '%s' creates more than %d dependencies; use another planner, or fewer actions in one plan"
                            .formatted(planner.name(), MOST_EDGES));
        }
        stored.add(action.withParents(all));
    }

    /**
     * {@return the actions}
     *
     * @throws interlock.model.InvalidPlan if the dependencies contain a cycle
     */
    List<PlannedAction> actions() {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        stored.forEach(action -> parents.put(action.id(), action.parents()));
        List<List<String>> cycles = ActionGraph.cycles(parents);
        if (!cycles.isEmpty()) {
            throw new InvalidPlan(
                    "actions",
                    "given parents contradict the order of the planner '%s', a cycle: %s"
                            .formatted(planner.name(), ActionGraph.printed(cycles.getFirst())));
        }
        return stored;
    }
}
