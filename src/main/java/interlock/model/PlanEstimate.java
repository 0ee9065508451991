package interlock.model;

import java.util.List;

/**
 * How a plan is thought to run. Times are seconds from its start.
 *
 * @param makespanSeconds when its last action ends
 * @param lowerBoundSeconds before that no order of its actions could end
 * @param starts when each of its actions starts, in their order
 */
public record PlanEstimate(double makespanSeconds, double lowerBoundSeconds, List<Double> starts) {
    /** Copies the list. */
    public PlanEstimate {
        starts = List.copyOf(starts);
    }
}
