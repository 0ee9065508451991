package interlock.neo4j.view;

import interlock.model.PlanState;
import java.util.List;
import java.util.OptionalLong;

/**
 * Another plan that takes what a plan takes.
 *
 * @param resources what both take
 */
public record Conflict(String planUuid, String planName, PlanState state, List<Shared> resources) {
    /**
     * What both take.
     *
     * @param kind the resource's kind; {@code resource_id} for what actions name as theirs and no resource stands for
     * @param id its id
     * @param capacity how many units there are; as all units, nothing where no resource stands for it
     * @param free how many of them nobody holds
     * @param own what the plan that is asked about takes
     * @param other what the other plan takes
     * @param held how many units the other plan holds now
     */
    public record Shared(
            String kind,
            String id,
            OptionalLong capacity,
            OptionalLong free,
            Demand own,
            Demand other,
            OptionalLong held) {}

    /** How many actions that are not over take it, and how many units one after the other. */
    public record Demand(long actions, OptionalLong units) {}
}
