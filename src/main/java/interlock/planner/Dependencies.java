package interlock.planner;

import interlock.api.PlannedAction;
import interlock.model.ActionGraph;
import interlock.model.InvalidPlan;
import interlock.model.ValidationError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dependencies of a plan with their reasons, so that a cycle can be explained. */
final class Dependencies {
    private static final String BY_HAND = "its parents say so";

    private final Map<String, Map<String, String>> reasons = new LinkedHashMap<>();

    Dependencies(List<PlannedAction> actions) {
        for (PlannedAction action : actions) {
            Map<String, String> parents = new LinkedHashMap<>();
            action.parents().forEach(parent -> parents.put(parent, BY_HAND));
            reasons.put(action.id(), parents);
        }
    }

    /** Adds a dependency. If it exists, its first reason is kept. */
    void add(PlannedAction child, PlannedAction parent, String reason) {
        if (!child.id().equals(parent.id())) {
            reasons.computeIfAbsent(child.id(), _ -> new LinkedHashMap<>()).putIfAbsent(parent.id(), reason);
        }
    }

    /** {@return the parents of an action} */
    Set<String> parents(PlannedAction action) {
        return reasons.getOrDefault(action.id(), Map.of()).keySet();
    }

    /** Rejects cycles, with an explanation of each. */
    void refuseCycles() {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        reasons.forEach((child, its) -> parents.put(child, its.keySet()));
        List<ValidationError> faults = new ArrayList<>();
        for (List<String> cycle : ActionGraph.cycles(parents)) {
            faults.add(new ValidationError(
                    "actions",
                    "a cycle: %s; %s. Move one of these actions to another plan"
                            .formatted(ActionGraph.printed(cycle), explained(cycle))));
        }
        if (!faults.isEmpty()) {
            throw new InvalidPlan(faults);
        }
    }

    private String explained(List<String> cycle) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            String child = cycle.get(i);
            String parent = cycle.get((i + 1) % cycle.size());
            String reason = reasons.getOrDefault(child, Map.of()).getOrDefault(parent, BY_HAND);
            steps.add("'%s' waits for '%s': %s".formatted(child, parent, reason));
        }
        return String.join("; ", steps);
    }
}
