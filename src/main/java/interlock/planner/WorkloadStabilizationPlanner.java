package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.InvalidPlan;
import interlock.model.ValidationError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Watcher's planner for workload stabilization: an instance is resized after its migrations, and a host is suspended
 * after the resizes on it and the migrations from it; all other actions are independent.
 */
public final class WorkloadStabilizationPlanner implements Planner {
    private static final String MIGRATE = "migrate";
    private static final String RESIZE = "resize";
    private static final String SERVICE_STATE = "change_nova_service_state";
    private static final String SUSPEND = "turn_host_to_acpi_s3_state";
    private static final String RESOURCE = "resource_id";
    private static final String SOURCE = "source_node";
    private static final Set<String> WITH_RESOURCE = Set.of(MIGRATE, RESIZE, SERVICE_STATE, SUSPEND);
    private static final List<String> SUPPORTED = List.of(SERVICE_STATE, MIGRATE, "nop", RESIZE, "sleep", SUSPEND);
    private static final PlannerOptions DEFAULTS = defaultOptions();

    @Override
    public String name() {
        return "workload_stabilization";
    }

    @Override
    public String description() {
        return "Like Watcher's: resizes an instance after its migrations, suspends a host after the resizes on it "
                + "and the migrations from it.";
    }

    @Override
    public Set<String> options() {
        return Set.of("weights", "instance_hosts");
    }

    @Override
    public PlannerOptions defaults() {
        return DEFAULTS;
    }

    private static PlannerOptions defaultOptions() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(SUSPEND, 0);
        weights.put(RESIZE, 1);
        weights.put(MIGRATE, 2);
        weights.put("sleep", 3);
        weights.put(SERVICE_STATE, 4);
        weights.put("nop", 5);
        return new PlannerOptions(weights, Map.of(), Map.of(), Optional.empty());
    }

    @Override
    public Set<String> instancesSought(Solution solution) {
        return solution.actions().stream()
                .filter(action -> action.actionType().equals(RESIZE)
                        && JsonValues.isScalar(action.inputParameters().get(RESOURCE)))
                .map(WorkloadStabilizationPlanner::instance)
                .collect(Collectors.toSet());
    }

    @Override
    public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
        refuse(solution, options);
        Map<String, Integer> weights = options.weights();
        Comparator<PlannedAction> heaviestFirst =
                Comparator.comparing(action -> weights.getOrDefault(action.actionType(), 0), Comparator.reverseOrder());
        DependencyBuilder builder = new DependencyBuilder(this);
        Records records = new Records(options.instanceHosts());
        Duplicates.of(solution).kept().stream()
                .sorted(heaviestFirst)
                .forEach(action -> builder.store(action, records.record(action)));
        return builder.actions();
    }

    /** The actions planned so far, by their instances and hosts. */
    private static final class Records {
        private final Map<String, String> instanceHosts;
        private final Map<Object, List<PlannedAction>> byResource = new HashMap<>();
        private final Map<String, Set<String>> parentsOfResizes = new HashMap<>();

        Records(Map<String, String> instanceHosts) {
            this.instanceHosts = instanceHosts;
        }

        /** {@return the parents of an action, which is then recorded} */
        Set<String> record(PlannedAction action) {
            Object resource = JsonValues.normal(action.inputParameters().get(RESOURCE));
            return switch (action.actionType()) {
                case MIGRATE -> {
                    note(resource, action);
                    note(JsonValues.normal(action.inputParameters().get(SOURCE)), action);
                    yield Set.of();
                }
                case RESIZE -> {
                    Set<String> parents = ids(noted(resource));
                    parentsOfResizes.put(action.id(), parents);
                    note(JsonValues.normal(instanceHosts.get(instance(action))), action);
                    yield parents;
                }
                case SERVICE_STATE -> {
                    note(resource, action);
                    yield Set.of();
                }
                case SUSPEND -> beforeSuspending(noted(resource));
                default -> Set.of();
            };
        }

        private void note(Object resource, PlannedAction action) {
            byResource.computeIfAbsent(resource, _ -> new ArrayList<>()).add(action);
        }

        private List<PlannedAction> noted(Object resource) {
            return byResource.getOrDefault(resource, List.of());
        }

        private Set<String> beforeSuspending(List<PlannedAction> onTheHost) {
            Set<String> parents = ids(of(RESIZE, onTheHost));
            Set<String> awaited = new LinkedHashSet<>();
            parents.forEach(resize -> awaited.addAll(parentsOfResizes.getOrDefault(resize, Set.of())));
            Set<String> migrations = ids(of(MIGRATE, onTheHost));
            migrations.removeAll(awaited);
            parents.addAll(migrations);
            return parents;
        }

        private static List<PlannedAction> of(String type, List<PlannedAction> actions) {
            return actions.stream()
                    .filter(action -> action.actionType().equals(type))
                    .toList();
        }

        private static Set<String> ids(List<PlannedAction> actions) {
            Set<String> ids = new LinkedHashSet<>();
            actions.forEach(action -> ids.add(action.id()));
            return ids;
        }
    }

    private static String instance(PlannedAction resize) {
        return String.valueOf(resize.inputParameters().get(RESOURCE));
    }

    private static void refuse(Solution solution, PlannerOptions options) {
        List<ValidationError> faults = new ArrayList<>();
        for (int place = 0; place < solution.actions().size(); place++) {
            PlannedAction action = solution.actions().get(place);
            refuseType(action.actionType(), options, "actions[%d].action_type".formatted(place), faults);
            refuseParameters(action, options, "actions[%d].input_parameters.".formatted(place), faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidPlan(faults);
        }
    }

    private static void refuseType(String type, PlannerOptions options, String path, List<ValidationError> faults) {
        if (!SUPPORTED.contains(type)) {
            faults.add(new ValidationError(
                    path,
                    "the planner 'workload_stabilization' does not support '%s'; it supports: %s"
                            .formatted(type, String.join(", ", SUPPORTED))));
        } else if (!options.weights().containsKey(type)) {
            faults.add(new ValidationError(
                    path,
                    "the planner 'workload_stabilization' has no weight for '%s'; set it in weights".formatted(type)));
        }
    }

    private static void refuseParameters(
            PlannedAction action, PlannerOptions options, String path, List<ValidationError> faults) {
        Map<String, Object> parameters = action.inputParameters();
        if (WITH_RESOURCE.contains(action.actionType())) {
            if (parameters.get(RESOURCE) == null) {
                faults.add(new ValidationError(path + RESOURCE, "is missing"));
            } else if (!JsonValues.isScalar(parameters.get(RESOURCE))) {
                faults.add(new ValidationError(path + RESOURCE, "is not a valid name"));
            } else if (action.actionType().equals(RESIZE)
                    && !options.instanceHosts().containsKey(instance(action))) {
                faults.add(new ValidationError(
                        path + RESOURCE,
                        "the host of the instance '%s' is unknown; set it in planner_options.instance_hosts"
                                .formatted(instance(action))));
            }
        }
        if (action.actionType().equals(MIGRATE)) {
            if (!parameters.containsKey(SOURCE)) {
                faults.add(new ValidationError(path + SOURCE, "is missing"));
            } else if (!JsonValues.isScalar(parameters.get(SOURCE))) {
                faults.add(new ValidationError(path + SOURCE, "is not the name of a host"));
            }
        }
    }
}
