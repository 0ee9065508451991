package interlock.api;

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
     * {@return these options, overridden by others} Weights say which type comes before which, and are replaced as a whole, as
     * in Watcher's configuration; the other maps are overridden entry by entry.
     */
    public PlannerOptions overriddenBy(PlannerOptions others) {
        return new PlannerOptions(
                others.weights.isEmpty() ? weights : others.weights,
                merged(parallelization, others.parallelization),
                merged(instanceHosts, others.instanceHosts),
                others.budget.or(() -> budget));
    }

    /** {@return these options, with the hosts of more instances} */
    public PlannerOptions on(Map<String, String> hosts) {
        return new PlannerOptions(weights, parallelization, merged(instanceHosts, hosts), budget);
    }

    private static <V> Map<String, V> merged(Map<String, V> own, Map<String, V> others) {
        Map<String, V> merged = new LinkedHashMap<>(own);
        merged.putAll(others);
        return merged;
    }

    private static <V> Map<String, V> copied(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
