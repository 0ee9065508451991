package interlock.model;

import interlock.api.AlternativePath;
import interlock.api.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A plan that is to be stored.
 *
 * @param name what people call it; may be empty
 * @param planner the planner that made it
 * @param onFailure what becomes of the rest when an action has failed
 * @param graph its actions
 * @param alternatives what stands in for actions that fail, in the order in which they are tried
 * @param capacities of resources, where the plan's author set them
 * @param origin where it comes from
 * @param estimate how it is thought to run, if somebody has thought about it
 */
public record NewPlan(
        String name,
        String planner,
        OnFailure onFailure,
        ActionGraph graph,
        List<AlternativePath> alternatives,
        Map<ResourceKey, Integer> capacities,
        Origin origin,
        Optional<PlanEstimate> estimate) {
    /** Copies the list and the map. */
    public NewPlan {
        alternatives = List.copyOf(alternatives);
        capacities = Map.copyOf(capacities);
    }

    /** A plan about which nobody has thought how it will run. */
    public NewPlan(
            String name,
            String planner,
            OnFailure onFailure,
            ActionGraph graph,
            List<AlternativePath> alternatives,
            Map<ResourceKey, Integer> capacities,
            Origin origin) {
        this(name, planner, onFailure, graph, alternatives, capacities, origin, Optional.empty());
    }

    /** {@return the same plan, with its actions as they are thought to run} */
    public NewPlan with(ActionGraph scheduled, PlanEstimate foreseen) {
        return new NewPlan(
                name, planner, onFailure, scheduled, alternatives, capacities, origin, Optional.of(foreseen));
    }

    /**
     * Where a plan comes from, and which plans it takes the place of.
     *
     * @param idempotencyKey names the request that asked for it, if it has a name
     * @param audit the audit that recommends it, if one does; recommended plans of the same audit are superseded
     * @param supersede whether recommended plans of the same name are superseded
     */
    public record Origin(Optional<String> idempotencyKey, Optional<UUID> audit, boolean supersede) {
        /** Nothing is known of it. */
        public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty(), false);
    }
}
