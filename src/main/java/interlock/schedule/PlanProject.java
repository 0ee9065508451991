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
import java.util.function.Function;

/**
 * A plan's graph as a scheduling project: its actions in their order, and the resources that they use.
 *
 * @param project the project
 * @param resources the keys of the project's resources, in their order
 */
public record PlanProject(Project project, List<ResourceKey> resources) {
    /** The resource that limits the concurrent actions of all appliers together. */
    public static final ResourceKey SLOTS = new ResourceKey("applier", "max_concurrent_actions");

    /**
     * The limits that apply to a plan.
     *
     * @param capacity the capacity of a resource; empty if it is unlimited
     * @param slots the maximum number of concurrent actions, if it is considered
     */
    public record Limits(Function<ResourceKey, OptionalInt> capacity, OptionalInt slots) {
        private OptionalInt of(ResourceKey resource) {
            return resource.equals(SLOTS) ? slots : capacity.apply(resource);
        }
    }

    public PlanProject {
        resources = List.copyOf(resources);
    }

    /**
     * {@return the project of a graph} An action without an estimate counts as {@link ActionGraph#WITHOUT_ESTIMATE}.
     *
     * @throws InvalidPlan if an action takes more units of a resource than its capacity
     */
    public static PlanProject of(ActionGraph graph, Limits limits) {
        List<PlannedAction> actions = graph.actions();
        Map<String, Integer> places = HashMap.newHashMap(actions.size());
        actions.forEach(action -> places.put(action.id(), places.size()));
        Map<ResourceKey, Integer> numbers = new HashMap<>();
        Map<ResourceKey, OptionalInt> known = new HashMap<>();
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
            units.keySet()
                    .removeIf(resource ->
                            known.computeIfAbsent(resource, limits::of).isEmpty());
            demands[place] = new int[2 * units.size()];
            int next = 0;
            for (Map.Entry<ResourceKey, Integer> taken : units.entrySet()) {
                check(place, taken.getKey(), taken.getValue(), limit(known, taken.getKey()));
                demands[place][next++] = numbers.computeIfAbsent(taken.getKey(), resource -> {
                    resources.add(resource);
                    return resources.size() - 1;
                });
                demands[place][next++] = taken.getValue();
            }
        }
        int[] capacities =
                resources.stream().mapToInt(resource -> limit(known, resource)).toArray();
        int slots = resources.indexOf(SLOTS);
        return new PlanProject(
                new Project(
                        nanos, parents, demands, capacities, slots < 0 ? OptionalInt.empty() : OptionalInt.of(slots)),
                resources);
    }

    private static Map<ResourceKey, Integer> units(PlannedAction action, Limits limits) {
        Map<ResourceKey, Integer> units = new LinkedHashMap<>();
        for (ResourceUse use : action.uses()) {
            units.merge(use.resource(), use.units(), Integer::sum);
        }
        units.merge(ResourceKey.actionType(action.actionType()), 1, Integer::sum);
        if (limits.slots().isPresent()) {
            units.put(SLOTS, 1);
        }
        return units;
    }

    private static int limit(Map<ResourceKey, OptionalInt> known, ResourceKey resource) {
        return known.getOrDefault(resource, OptionalInt.empty()).orElse(Integer.MAX_VALUE);
    }

    private static void check(int place, ResourceKey resource, int units, int capacity) {
        if (units > capacity) {
            throw new InvalidPlan(
                    "actions[%d].uses".formatted(place),
                    "takes %d units of %s, which has %d".formatted(units, resource, capacity));
        }
    }
}
