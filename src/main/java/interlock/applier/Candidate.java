package interlock.applier;

import interlock.api.ResourceKey;
import java.util.List;
import java.util.UUID;

/**
 * A ready action, as input of the {@link Picker}.
 *
 * @param action its uuid
 * @param demands the resources that it takes while it runs
 */
public record Candidate(UUID action, List<Demand> demands) {
    /**
     * An action's demand for one resource, and the resource's free units.
     *
     * @param resource the resource
     * @param units the units that the action takes
     * @param free the units that are free
     */
    public record Demand(ResourceKey resource, int units, int free) {}
}
