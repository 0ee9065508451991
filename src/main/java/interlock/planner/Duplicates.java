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
 * Drops the actions of a solution that equal an earlier one: of the same type, with the same input parameters and the
 * same parents given by hand. What waits for a dropped action waits for the one that is kept in its stead; that one's
 * time limits, retries and estimates hold.
 *
 * <p>The parents count so that nothing is dropped that somebody put in order by hand: an action that waits for its like
 * is to run after it.
 */
public final class Duplicates {
    private final List<PlannedAction> kept = new ArrayList<>();
    private final Map<String, String> keptFor = new HashMap<>();

    private record Likeness(String actionType, Object inputParameters, Set<String> parents) {}

    private Duplicates() {}

    /** {@return what of a solution is kept, and what is dropped} */
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

    /** {@return the id of the action that stands for the one of this id: its own, unless it was dropped} */
    public String keptFor(String id) {
        return keptFor.getOrDefault(id, id);
    }

    /** {@return the ids of the actions that stand for those of these ids} */
    public Set<String> keptFor(Set<String> ids) {
        Set<String> found = new LinkedHashSet<>();
        ids.forEach(id -> found.add(keptFor(id)));
        return found;
    }
}
