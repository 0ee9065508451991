package interlock.model;

import interlock.api.ResourceKey;
import java.util.Map;

/**
 * The default capacities of resources without a configured one.
 *
 * @param byKind by kind; a kind that is not listed has capacity 1, so that its resources are locks
 * @param byResource of single resources
 */
public record Capacities(Map<String, Integer> byKind, Map<ResourceKey, Integer> byResource) {
    /** Two concurrent migrations on a compute host, two concurrent volumes into a pool, one use of anything else. */
    public static final Capacities DEFAULT = new Capacities(Map.of("compute_host", 2, "pool", 2), Map.of());

    public Capacities {
        byKind = Map.copyOf(byKind);
        byResource = Map.copyOf(byResource);
    }

    /** {@return the capacity of a resource that is not stored yet} */
    public int of(ResourceKey resource) {
        return byResource.getOrDefault(resource, byKind.getOrDefault(resource.kind(), 1));
    }
}
