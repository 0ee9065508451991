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

/** A graph that a planner draws, action by action in the order of storage. */
final class DependencyBuilder {
    /** More than that no database is to be asked to store. */
    private static final int MOST_EDGES = 1_000_000;

    private final Planner planner;
    private final List<PlannedAction> stored = new ArrayList<>();
    private int edges;

    DependencyBuilder(Planner planner) {
        this.planner = planner;
    }

    /** Stores an action that waits for these, and for its parents given by hand. */
    void store(PlannedAction action, Collection<String> parents) {
        Set<String> all = new LinkedHashSet<>(action.parents());
        all.addAll(parents);
        edges += all.size();
        if (edges > MOST_EDGES) {
            throw new InvalidPlan(
                    "actions",
                    "the planner '%s' makes more than %d edges of them; take another planner, or fewer actions at once"
                            .formatted(planner.name(), MOST_EDGES));
        }
        stored.add(action.withParents(all));
    }

    /** {@return the actions; refuses a cycle} */
    List<PlannedAction> actions() {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        stored.forEach(action -> parents.put(action.id(), action.parents()));
        List<List<String>> cycles = ActionGraph.cycles(parents);
        if (!cycles.isEmpty()) {
            throw new InvalidPlan(
                    "actions",
                    "parents given by hand go against the order of the planner '%s', a cycle: %s"
                            .formatted(planner.name(), ActionGraph.printed(cycles.getFirst())));
        }
        return stored;
    }
}
