package interlock.applier;

import interlock.api.ResourceKey;
import java.util.List;
import java.util.UUID;

/**
 * A ready action, as the picker sees it.
 *
 * @param action its uuid
 * @param demands what it takes while it runs
 */
public record Candidate(UUID action, List<Demand> demands) {
    /**
     * What an action takes of one resource, and what there is of it.
     *
     * @param resource of which resource
     * @param units how much the action takes
     * @param free how much nobody holds
     */
    public record Demand(ResourceKey resource, int units, int free) {}
}
