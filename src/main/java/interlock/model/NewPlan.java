package interlock.model;

import interlock.api.AlternativePath;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A plan to be stored.
 *
 * @param name the plan's name, for people; may be empty
 * @param planner the planner that made it
 * @param onFailure the policy for the remaining actions when an action has failed
 * @param priority from {@link #LOWEST_PRIORITY} to {@link #HIGHEST_PRIORITY}; the highest goes first
 * @param graph its actions
 * @param alternatives its alternative paths, in the order in which they are tried
 * @param capacities the capacities of the resources that it uses
 * @param origin the request or audit that created it
 * @param estimate the predicted schedule, if there is one
 */
public record NewPlan(
        String name,
        String planner,
        OnFailure onFailure,
        int priority,
        ActionGraph graph,
        List<AlternativePath> alternatives,
        PlanCapacities capacities,
        Origin origin,
        Optional<PlanEstimate> estimate) {
    /** The priority of a plan whose actions start last. */
    public static final int LOWEST_PRIORITY = -100;

    /** The priority of a plan whose actions start first. */
    public static final int HIGHEST_PRIORITY = 100;

    public NewPlan {
        alternatives = List.copyOf(alternatives);
    }

    /** A plan of priority 0, without an estimate. */
    public NewPlan(
            String name,
            String planner,
            OnFailure onFailure,
            ActionGraph graph,
            List<AlternativePath> alternatives,
            PlanCapacities capacities,
            Origin origin) {
        this(name, planner, onFailure, 0, graph, alternatives, capacities, origin, Optional.empty());
    }

    /** {@return the same plan with scheduled actions and their estimate} */
    public NewPlan with(ActionGraph scheduled, PlanEstimate foreseen) {
        return new NewPlan(
                name, planner, onFailure, priority, scheduled, alternatives, capacities, origin, Optional.of(foreseen));
    }

    /** {@return the same plan with another priority} */
    public NewPlan withPriority(int other) {
        return new NewPlan(name, planner, onFailure, other, graph, alternatives, capacities, origin, estimate);
    }

    /**
     * The key by which a repeated request is recognised.
     *
     * @param bodyDigest the SHA-256 of the request's body in hexadecimal, if it is known
     */
    public record IdempotencyKey(String key, Optional<String> bodyDigest) {}

    /**
     * The origin of a plan, and which older plans it supersedes.
     *
     * @param idempotencyKey the idempotency key of the request, if it has one
     * @param audit the audit that recommends the plan, if there is one; recommended plans of the same audit are
     *     superseded
     * @param supersede whether recommended plans of the same name are superseded
     */
    public record Origin(Optional<IdempotencyKey> idempotencyKey, Optional<UUID> audit, boolean supersede) {
        /** The origin is unknown and no plan is superseded. */
        public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), false);
    }
}
