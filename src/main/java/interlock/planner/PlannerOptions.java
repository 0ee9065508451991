package interlock.planner;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What planners are told beside the solution. A planner looks at {@linkplain Planner#options() some} of it.
 *
 * @param weights by action type; what weighs more comes first
 * @param parallelization by action type, how many of its actions may run at once
 * @param instanceHosts by instance, the host on which it is
 * @param budget how long the planner may look for a better plan, if that is said
 */
public record PlannerOptions(
        Map<String, Integer> weights,
        Map<String, Integer> parallelization,
        Map<String, String> instanceHosts,
        Optional<Duration> budget) {
    /** Nothing is said. */
    public static final PlannerOptions NONE = new PlannerOptions(Map.of(), Map.of(), Map.of(), Optional.empty());

    /** Copies the maps, and keeps their order. */
    public PlannerOptions {
        weights = copied(weights);
        parallelization = copied(parallelization);
        instanceHosts = copied(instanceHosts);
    }

    /**
     * {@return these options, with the entries of others in place of their own} What the others say comes last in each
     * map: where two action types share a weight, it is the last that counts.
     */
    public PlannerOptions overriddenBy(PlannerOptions others) {
        return new PlannerOptions(
                merged(weights, others.weights),
                merged(parallelization, others.parallelization),
                merged(instanceHosts, others.instanceHosts),
                others.budget.or(() -> budget));
    }

    private static <V> Map<String, V> merged(Map<String, V> own, Map<String, V> others) {
        Map<String, V> merged = new LinkedHashMap<>(own);
        merged.keySet().removeAll(others.keySet());
        merged.putAll(others);
        return merged;
    }

    private static <V> Map<String, V> copied(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
