package interlock.api;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The options of planners. A planner reads {@linkplain Planner#options() some} of them.
 *
 * @param weights by action type; types with higher weights come first
 * @param parallelization by action type: how many of its actions may run at once
 * @param instanceHosts by instance: its current host
 * @param budget how long the planner may search for a better plan, if limited
 */
public record PlannerOptions(
        Map<String, Integer> weights,
        Map<String, Integer> parallelization,
        Map<String, String> instanceHosts,
        Optional<Duration> budget) {
    /** No options. */
    public static final PlannerOptions NONE = new PlannerOptions(Map.of(), Map.of(), Map.of(), Optional.empty());

    /** Copies the maps and keeps their order. */
    public PlannerOptions {
        weights = copied(weights);
        parallelization = copied(parallelization);
        instanceHosts = copied(instanceHosts);
    }

    /**
     * {@return these options, overridden by others} Weights order the action types and are replaced as a whole, as in
     * Watcher's configuration; the other maps are merged entry by entry.
     */
    public PlannerOptions overriddenBy(PlannerOptions others) {
        return new PlannerOptions(
                others.weights.isEmpty() ? weights : others.weights,
                merged(parallelization, others.parallelization),
                merged(instanceHosts, others.instanceHosts),
                others.budget.or(() -> budget));
    }

    /** {@return these options with the hosts of more instances} */
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
