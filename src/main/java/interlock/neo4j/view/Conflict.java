package interlock.neo4j.view;

import interlock.model.PlanState;
import java.util.List;
import java.util.OptionalLong;

/**
 * Another plan that uses the same resources as a plan.
 *
 * @param resources the shared resources
 */
public record Conflict(String planUuid, String planName, PlanState state, List<Shared> resources) {
    /**
     * A resource that both plans use.
     *
     * @param kind the resource's kind; {@code resource_id} for a common {@code resource_id} without a stored resource
     * @param id its id
     * @param capacity its capacity; empty if it is unlimited and, like all units, without a stored resource
     * @param free its free units
     * @param own the demand of the given plan
     * @param other the demand of the other plan
     * @param held the units that the other plan holds now
     */
    public record Shared(
            String kind,
            String id,
            OptionalLong capacity,
            OptionalLong free,
            Demand own,
            Demand other,
            OptionalLong held) {}

    /** The number of unfinished actions that use a resource, and the sum of their units. */
    public record Demand(long actions, OptionalLong units) {}
}
