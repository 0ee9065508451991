package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Solution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Drops actions of a solution that equal an earlier one: the same type, input parameters and given parents. Children of
 * a dropped action depend on the kept one instead, whose time limits, retries and estimates apply.
 *
 * <p>Parents are compared so that an explicit order is kept: an action that depends on an equal action runs after it.
 */
public final class Duplicates {
    private final List<PlannedAction> kept = new ArrayList<>();
    private final Map<String, String> keptFor = new HashMap<>();

    private record Likeness(String actionType, Object inputParameters, Set<String> parents) {}

    private Duplicates() {}

    /** {@return the kept and the dropped actions of a solution} */
    public static Duplicates of(Solution solution) {
        Duplicates duplicates = new Duplicates();
        Map<Likeness, String> earlier = new HashMap<>();
        for (PlannedAction action : solution.actions()) {
            Set<String> parents = duplicates.keptFor(action.parents());
            Likeness likeness = new Likeness(action.actionType(), JsonValues.normal(action.inputParameters()), parents);
            String other = earlier.putIfAbsent(likeness, action.id());
            if (other == null) {
                duplicates.kept.add(action);
            } else {
                duplicates.keptFor.put(action.id(), other);
            }
        }
        if (!duplicates.keptFor.isEmpty()) {
            duplicates.kept.replaceAll(action -> action.withParents(duplicates.keptFor(action.parents())));
        }
        return duplicates;
    }

    /** {@return the actions that are kept, in the order of the solution} */
    public List<PlannedAction> kept() {
        return List.copyOf(kept);
    }

    /** {@return the id of the kept action that replaces the action with this id: the same id, unless it was dropped} */
    public String keptFor(String id) {
        return keptFor.getOrDefault(id, id);
    }

    /** {@return the ids of the kept actions that replace the actions with these ids} */
    public Set<String> keptFor(Set<String> ids) {
        Set<String> found = new LinkedHashSet<>();
        ids.forEach(id -> found.add(keptFor(id)));
        return found;
    }
}
