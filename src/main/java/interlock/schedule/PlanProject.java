package interlock.schedule;

import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.model.ActionGraph;
import interlock.model.InvalidPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * A plan's graph as a project: its actions in their order, and the resources they take.
 *
 * @param project the project
 * @param resources what the project's resources are, in their order
 */
public record PlanProject(Project project, List<ResourceKey> resources) {
    /** Stands for what all appliers together may run at once. */
    public static final ResourceKey SLOTS = new ResourceKey("applier", "max_concurrent_actions");

    /**
     * What there is of everything.
     *
     * @param capacity tells how many units there are of a resource
     * @param parallelization how many actions of a type may run at once, for the types that are limited
     * @param slots how many actions may run at once, if that is to count
     */
    public record Limits(ToIntFunction<ResourceKey> capacity, Map<String, Integer> parallelization, OptionalInt slots) {
        /** Copies the map. */
        public Limits {
            parallelization = Map.copyOf(parallelization);
        }

        private int of(ResourceKey resource) {
            if (resource.equals(SLOTS)) {
                return slots.orElseThrow();
            }
            boolean ofType = resource.equals(ResourceKey.actionType(resource.id()));
            Integer limit = ofType ? parallelization.get(resource.id()) : null;
            return limit == null ? capacity.applyAsInt(resource) : limit;
        }
    }

    /** Copies the list. */
    public PlanProject {
        resources = List.copyOf(resources);
    }

    /**
     * {@return the project of a graph} An action without an estimate counts as one second.
     *
     * @throws InvalidPlan when an action takes more of a resource than there is
     */
    public static PlanProject of(ActionGraph graph, Limits limits) {
        List<PlannedAction> actions = graph.actions();
        Map<String, Integer> places = HashMap.newHashMap(actions.size());
        actions.forEach(action -> places.put(action.id(), places.size()));
        Map<ResourceKey, Integer> numbers = new HashMap<>();
        List<ResourceKey> resources = new ArrayList<>();
        long[] nanos = new long[actions.size()];
        int[][] parents = new int[nanos.length][];
        int[][] demands = new int[nanos.length][];
        for (int place = 0; place < nanos.length; place++) {
            PlannedAction action = actions.get(place);
            nanos[place] = action.estimatedDuration()
                    .orElse(ActionGraph.WITHOUT_ESTIMATE)
                    .toNanos();
            parents[place] = action.parents().stream()
                    .map(places::get)
                    .mapToInt(Integer::intValue)
                    .toArray();
            Map<ResourceKey, Integer> units = units(action, limits);
            demands[place] = new int[2 * units.size()];
            int next = 0;
            for (Map.Entry<ResourceKey, Integer> taken : units.entrySet()) {
                check(place, taken.getKey(), taken.getValue(), limits);
                demands[place][next++] = numbers.computeIfAbsent(taken.getKey(), resource -> {
                    resources.add(resource);
                    return resources.size() - 1;
                });
                demands[place][next++] = taken.getValue();
            }
        }
        int[] capacities = resources.stream().mapToInt(limits::of).toArray();
        return new PlanProject(new Project(nanos, parents, demands, capacities), resources);
    }

    private static Map<ResourceKey, Integer> units(PlannedAction action, Limits limits) {
        Map<ResourceKey, Integer> units = new LinkedHashMap<>();
        for (ResourceUse use : action.uses()) {
            units.merge(use.resource(), use.units(), Integer::sum);
        }
        if (limits.parallelization().containsKey(action.actionType())) {
            units.putIfAbsent(ResourceKey.actionType(action.actionType()), 1);
        }
        if (limits.slots().isPresent()) {
            units.put(SLOTS, 1);
        }
        return units;
    }

    private static void check(int place, ResourceKey resource, int units, Limits limits) {
        if (units > limits.of(resource)) {
            throw new InvalidPlan(
                    "actions[%d].uses".formatted(place),
                    "takes %d units of %s, which has %d".formatted(units, resource, limits.of(resource)));
        }
    }
}
