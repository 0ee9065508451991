package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.InvalidPlan;
import interlock.model.ValidationError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watcher's default planner: a chain of barriers. Actions of the types with the highest weights run first, as many at
 * once as the type's parallelization allows; each group depends on the whole group before it.
 */
public final class WeightPlanner implements Planner {
    private static final PlannerOptions DEFAULTS = defaultOptions();

    @Override
    public String name() {
        return "weight";
    }

    @Override
    public String description() {
        return "Like Watcher's default: types with the highest weights first, in groups of limited size, "
                + "each group after the one before.";
    }

    @Override
    public Set<String> options() {
        return Set.of("weights", "parallelization");
    }

    @Override
    public PlannerOptions defaults() {
        return DEFAULTS;
    }

    private static PlannerOptions defaultOptions() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("nop", 70);
        weights.put("volume_migrate", 60);
        weights.put("change_nova_service_state", 50);
        weights.put("sleep", 40);
        weights.put("stop", 35);
        weights.put("migrate", 30);
        weights.put("resize", 20);
        weights.put("turn_host_to_acpi_s3_state", 10);
        weights.put("change_node_power_state", 9);
        Map<String, Integer> parallelization = new LinkedHashMap<>();
        weights.keySet().forEach(type -> parallelization.put(type, 2));
        List.of("nop", "change_nova_service_state", "sleep").forEach(type -> parallelization.put(type, 1));
        return new PlannerOptions(weights, parallelization, Map.of(), Optional.empty());
    }

    @Override
    public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
        Map<Integer, String> owners = owners(options.weights());
        refuse(solution, options, owners);

        DependencyBuilder builder = new DependencyBuilder(this);
        List<String> previous = List.of();
        for (List<PlannedAction> group : groups(Duplicates.of(solution).kept(), options.weights())) {
            String owner = owners.getOrDefault(weight(group.getFirst(), options), "");
            int width = Math.max(1, options.parallelization().getOrDefault(owner, 1));
            for (int from = 0; from < group.size(); from += width) {
                List<PlannedAction> chunk = group.subList(from, Math.min(from + width, group.size()));
                for (PlannedAction action : chunk) {
                    builder.store(action, previous);
                }
                previous = chunk.stream().map(PlannedAction::id).toList();
            }
        }
        return builder.actions();
    }

    /** {@return by weight: the type whose parallelization applies, which is the last type with that weight} */
    private static Map<Integer, String> owners(Map<String, Integer> weights) {
        Map<Integer, String> owners = new HashMap<>();
        weights.forEach((type, weight) -> owners.put(weight, type));
        return owners;
    }

    private static Collection<List<PlannedAction>> groups(List<PlannedAction> actions, Map<String, Integer> weights) {
        Map<Integer, List<PlannedAction>> groups = new TreeMap<>(Comparator.reverseOrder());
        for (PlannedAction action : actions) {
            int weight = weights.getOrDefault(action.actionType(), 0);
            groups.computeIfAbsent(weight, _ -> new ArrayList<>()).add(action);
        }
        return groups.values();
    }

    private static int weight(PlannedAction action, PlannerOptions options) {
        return options.weights().getOrDefault(action.actionType(), 0);
    }

    private static void refuse(Solution solution, PlannerOptions options, Map<Integer, String> owners) {
        List<ValidationError> faults = new ArrayList<>();
        for (int place = 0; place < solution.actions().size(); place++) {
            String type = solution.actions().get(place).actionType();
            String path = "actions[%d].action_type".formatted(place);
            Integer weight = options.weights().get(type);
            if (weight == null) {
                faults.add(new ValidationError(
                        path, "the planner 'weight' has no weight for '%s'; set it in weights".formatted(type)));
                continue;
            }
            String owner = owners.getOrDefault(weight, type);
            if (!options.parallelization().containsKey(owner)) {
                faults.add(new ValidationError(
                        path,
                        "the planner 'weight' has no parallelization for '%s'; set it in parallelization"
                                .formatted(owner)));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidPlan(faults);
        }
    }
}
