package interlock.planner;

import java.util.Map;
import java.util.Set;

/** Knows on which hosts instances are, where a plan's author does not say. */
@FunctionalInterface
public interface InstanceHosts {
    /** Nobody knows. */
    InstanceHosts UNKNOWN = _ -> Map.of();

    /**
     * {@return the hosts, by instance; instances of which nothing is known are left out}
     *
     * @throws interlock.model.InvalidPlan when it cannot be found out
     */
    Map<String, String> of(Set<String> instances);
}
