package interlock.model;

import interlock.api.ResourceKey;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The capacities of resources from the view of a new plan.
 *
 * @param declared the capacities in its document
 * @param own those of them that belong to the plan alone
 * @param known the capacities that others have given to resources that it uses
 */
public record PlanCapacities(
        Map<ResourceKey, Integer> declared, Set<ResourceKey> own, Map<ResourceKey, Integer> known) {
    /** No capacity is declared or known. */
    public static final PlanCapacities NONE = new PlanCapacities(Map.of(), Set.of(), Map.of());

    public PlanCapacities {
        declared = Map.copyOf(declared);
        own = Set.copyOf(own);
        known = Map.copyOf(known);
    }

    /** {@return declared capacities of shared resources} */
    public static PlanCapacities of(Map<ResourceKey, Integer> declared) {
        return new PlanCapacities(declared, Set.of(), Map.of());
    }

    /**
     * {@return the capacity of a resource for the plan; empty if it is unlimited}
     *
     * @param others the capacities that apply if neither the plan nor another one sets one
     */
    public OptionalInt of(ResourceKey resource, Capacities others) {
        Integer capacity = declared.getOrDefault(resource, known.get(resource));
        return capacity == null ? others.of(resource) : OptionalInt.of(capacity);
    }
}
