package interlock.neo4j.retention;

import interlock.model.InvalidPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dependencies of an exported plan. */
final class ArchiveGraph {
    private ArchiveGraph() {}

    /**
     * Refuses dependencies in a circle, those that a path has replaced included: they never were in one.
     *
     * @param edges maps with child, parent
     */
    static void refuseCycles(List<Map<String, @Nullable Object>> edges) {
        Map<String, List<String>> children = new HashMap<>();
        Map<String, Integer> parents = new HashMap<>();
        for (Map<String, @Nullable Object> edge : edges) {
            String parent = String.valueOf(edge.get("parent"));
            String child = String.valueOf(edge.get("child"));
            children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(child);
            parents.merge(child, 1, Integer::sum);
            parents.putIfAbsent(parent, 0);
        }
        Deque<String> free = new ArrayDeque<>();
        parents.forEach((action, open) -> {
            if (open == 0) {
                free.add(action);
            }
        });
        int ordered = 0;
        while (!free.isEmpty()) {
            ordered++;
            for (String child : children.getOrDefault(free.remove(), List.of())) {
                if (parents.merge(child, -1, Integer::sum) == 0) {
                    free.add(child);
                }
            }
        }
        if (ordered < parents.size()) {
            throw new InvalidPlan("actions", "depend on each other in a circle");
        }
    }
}
