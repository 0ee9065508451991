package interlock.model;

import java.util.List;

/**
 * The predicted execution of a plan. Times are seconds from its start.
 *
 * @param makespanSeconds the end of its last action
 * @param lowerBoundSeconds a lower bound of the makespan over all orders of its actions
 * @param starts the start of each action, in their order
 */
public record PlanEstimate(double makespanSeconds, double lowerBoundSeconds, List<Double> starts) {
    public PlanEstimate {
        starts = List.copyOf(starts);
    }
}
