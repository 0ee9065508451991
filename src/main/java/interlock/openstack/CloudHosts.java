package interlock.openstack;

import interlock.model.InvalidPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the default cloud for the hosts of instances.
 *
 * @param clouds the configured clouds
 * @param waiter waits between retries
 */
public record CloudHosts(Clouds clouds, Waiter waiter) {
    /**
     * {@return the hosts, by instance; without the instances that the cloud does not know, and empty if no cloud is
     * configured}
     *
     * @throws InvalidPlan when the cloud cannot be asked
     */
    public Map<String, String> of(Set<String> instances) {
        Map<String, String> hosts = new HashMap<>();
        if (clouds.none()) {
            return hosts;
        }
        try {
            Nova nova = new Nova(clouds.cloud(null).endpoint(ServiceType.COMPUTE), waiter);
            for (String instance : instances) {
                Optional<Server> server = nova.server(instance);
                server.filter(found -> !found.host().isEmpty()).ifPresent(found -> hosts.put(instance, found.host()));
            }
            return hosts;
        } catch (CloudException e) {
            throw unknown(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted while waiting for the cloud");
        }
    }

    private static InvalidPlan unknown(String why) {
        return new InvalidPlan(
                "planner_options.instance_hosts",
                "does not name the hosts of all instances, and the cloud cannot be asked: " + why);
    }
}
