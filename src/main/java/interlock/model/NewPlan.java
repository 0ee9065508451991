package interlock.model;

import java.util.Map;
import java.util.Optional;

/**
 * A plan that is to be stored.
 *
 * @param name what people call it; may be empty
 * @param planner the planner that made it
 * @param onFailure what becomes of the rest when an action has failed
 * @param graph its actions
 * @param capacities of resources, where the plan's author set them
 * @param idempotencyKey names the request that asked for it, if it has a name
 */
public record NewPlan(
        String name,
        String planner,
        OnFailure onFailure,
        ActionGraph graph,
        Map<ResourceKey, Integer> capacities,
        Optional<String> idempotencyKey) {
    /** Copies the map. */
    public NewPlan {
        capacities = Map.copyOf(capacities);
    }
}
