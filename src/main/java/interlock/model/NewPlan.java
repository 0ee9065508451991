package interlock.model;

import interlock.api.AlternativePath;
import java.time.Duration;
import java.time.Instant;
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
 * @param finallyGraph the actions that run when all others have ended; may be empty
 * @param alternatives its alternative paths, in the order in which they are tried
 * @param capacities the capacities of the resources that it uses
 * @param origin the request or audit that created it
 * @param estimate the predicted schedule, if there is one
 * @param window when it may run
 */
public record NewPlan(
        String name,
        String planner,
        OnFailure onFailure,
        int priority,
        ActionGraph graph,
        ActionGraph finallyGraph,
        List<AlternativePath> alternatives,
        PlanCapacities capacities,
        Origin origin,
        Optional<PlanEstimate> estimate,
        Window window) {
    /** The priority of a plan whose actions start last. */
    public static final int LOWEST_PRIORITY = -100;

    /** The priority of a plan whose actions start first. */
    public static final int HIGHEST_PRIORITY = 100;

    public NewPlan {
        alternatives = List.copyOf(alternatives);
    }

    /** A plan of priority 0, without finally actions and an estimate. */
    public NewPlan(
            String name,
            String planner,
            OnFailure onFailure,
            ActionGraph graph,
            List<AlternativePath> alternatives,
            PlanCapacities capacities,
            Origin origin) {
        this(
                name,
                planner,
                onFailure,
                0,
                graph,
                new ActionGraph(List.of()),
                alternatives,
                capacities,
                origin,
                Optional.empty(),
                Window.ALWAYS);
    }

    /** {@return the same plan with scheduled actions and their estimate} */
    public NewPlan with(ActionGraph scheduled, PlanEstimate foreseen) {
        return new NewPlan(
                name,
                planner,
                onFailure,
                priority,
                scheduled,
                finallyGraph,
                alternatives,
                capacities,
                origin,
                Optional.of(foreseen),
                window);
    }

    /** {@return the same plan with another priority} */
    public NewPlan withPriority(int other) {
        return new NewPlan(
                name,
                planner,
                onFailure,
                other,
                graph,
                finallyGraph,
                alternatives,
                capacities,
                origin,
                estimate,
                window);
    }

    /** {@return the same plan with these finally actions} */
    public NewPlan withFinally(ActionGraph other) {
        return new NewPlan(
                name, planner, onFailure, priority, graph, other, alternatives, capacities, origin, estimate, window);
    }

    /** {@return the same plan with another window} */
    public NewPlan withWindow(Window other) {
        return new NewPlan(
                name,
                planner,
                onFailure,
                priority,
                graph,
                finallyGraph,
                alternatives,
                capacities,
                origin,
                estimate,
                other);
    }

    /**
     * When a plan may run.
     *
     * @param notBefore the earliest begin, if there is one: a plan that was started earlier stays PENDING until then
     * @param deadline the longest time from its begin to its end, if there is a limit; afterwards it fails
     */
    public record Window(Optional<Instant> notBefore, Optional<Duration> deadline) {
        /** A plan that begins when it is started, and has no deadline. */
        public static final Window ALWAYS = new Window(Optional.empty(), Optional.empty());
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
