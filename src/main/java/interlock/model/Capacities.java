package interlock.model;

import interlock.api.ResourceKey;
import java.util.Map;

/**
 * How many units there are of resources nobody has spoken of: by kind.
 *
 * @param byKind capacities of kinds; a kind that is not named has 1, so that its resources are locks
 * @param byResource capacities of single resources
 */
public record Capacities(Map<String, Integer> byKind, Map<ResourceKey, Integer> byResource) {
    /** Two migrations at once on a compute host, two volumes at once into a pool, one of anything else. */
    public static final Capacities DEFAULT = new Capacities(Map.of("compute_host", 2, "pool", 2), Map.of());

    /** Copies the maps. */
    public Capacities {
        byKind = Map.copyOf(byKind);
        byResource = Map.copyOf(byResource);
    }

    /** {@return the capacity of a resource that is not known yet} */
    public int of(ResourceKey resource) {
        return byResource.getOrDefault(resource, byKind.getOrDefault(resource.kind(), 1));
    }
}
