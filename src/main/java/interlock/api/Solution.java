package interlock.api;

import java.util.List;

/**
 * The actions that somebody recommends: what a planner is given.
 *
 * @param actions in the order in which they were recommended, with the parents that were given by hand
 */
public record Solution(List<PlannedAction> actions) {
    /** Copies the list. */
    public Solution {
        actions = List.copyOf(actions);
    }
}
