package interlock.planner;

import java.util.Map;
import java.util.Set;

/** Looks up the hosts of instances that the plan document does not give. */
@FunctionalInterface
public interface InstanceHosts {
    /** Knows no host. */
    InstanceHosts UNKNOWN = _ -> Map.of();

    /**
     * {@return the hosts by instance, without unknown instances}
     *
     * @throws interlock.model.InvalidPlan if the look-up fails
     */
    Map<String, String> of(Set<String> instances);
}
