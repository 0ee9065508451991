package interlock.api;

import java.util.List;

/**
 * The recommended actions that a planner turns into a plan.
 *
 * @param actions in the order of recommendation, with their given parents
 */
public record Solution(List<PlannedAction> actions) {
    public Solution {
        actions = List.copyOf(actions);
    }
}
