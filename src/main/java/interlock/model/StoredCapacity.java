package interlock.model;

import interlock.api.ResourceKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is stored about the capacity of a resource.
 *
 * @param capacity the capacity that applies now; empty if the resource is unlimited
 * @param source where it comes from
 * @param declared the capacity in the document of a plan that has not ended; it applies when that plan is started
 */
public record StoredCapacity(OptionalInt capacity, CapacitySource source, Optional<Declared> declared) {
    /**
     * A capacity in the document of a plan.
     *
     * @param capacity in units
     * @param plan the name of the plan, or its uuid
     */
    public record Declared(int capacity, String plan) {}

    /** Looks up the stored capacities of resources. */
    @FunctionalInterface
    public interface Lookup {
        /** Nothing is stored. */
        Lookup NOTHING = _ -> Map.of();

        /** {@return the stored capacities of these resources; without those that are not stored} */
        Map<ResourceKey, StoredCapacity> of(Collection<ResourceKey> resources);
    }

    /**
     * {@return the capacity that somebody has given to the resource; empty if nobody has} A plan's capacity counts before
     * the plan is started.
     */
    public OptionalInt given() {
        if (source != CapacitySource.DEFAULT) {
            return capacity;
        }
        return declared.map(it -> OptionalInt.of(it.capacity())).orElseGet(OptionalInt::empty);
    }

    /** {@return who has given the resource its capacity, as the end of a sentence} */
    public String giver() {
        return switch (source) {
            case OPERATOR -> "set by an operator";
            case CONFIGURATION -> "set in the configuration";
            case PLAN ->
                declared.map(it -> "set by plan '%s'".formatted(it.plan())).orElse("set by an earlier plan");
            case DEFAULT ->
                declared.map(it -> "set by plan '%s'".formatted(it.plan())).orElse("the default");
        };
    }
}
