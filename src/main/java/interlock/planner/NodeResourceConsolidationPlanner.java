package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.InvalidPlan;
import interlock.model.ValidationError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watcher's planner for node resource consolidation: services are disabled first, then the instances of each host are
 * migrated one after another, then services are enabled.
 */
public final class NodeResourceConsolidationPlanner implements Planner {
    private static final String SERVICE_STATE = "change_nova_service_state";
    private static final String MIGRATE = "migrate";

    @Override
    public String name() {
        return "node_resource_consolidation";
    }

    @Override
    public String description() {
        return "Like Watcher's: disables services, then migrates one instance after another from each host, "
                + "then enables services.";
    }

    @Override
    public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
        refuse(solution);
        List<PlannedAction> disables = new ArrayList<>();
        Map<Object, List<PlannedAction>> migrations = new LinkedHashMap<>();
        List<PlannedAction> enables = new ArrayList<>();
        for (PlannedAction action : Duplicates.of(solution).kept()) {
            if (action.actionType().equals(MIGRATE)) {
                Object source = JsonValues.normal(action.inputParameters().get("source_node"));
                migrations.computeIfAbsent(source, _ -> new ArrayList<>()).add(action);
            } else if ("disabled".equals(action.inputParameters().get("state"))) {
                disables.add(action);
            } else {
                enables.add(action);
            }
        }
        return draw(disables, migrations.values(), enables);
    }

    private List<PlannedAction> draw(
            List<PlannedAction> disables, Collection<List<PlannedAction>> migrations, List<PlannedAction> enables) {
        DependencyBuilder builder = new DependencyBuilder(this);
        List<String> disabled = disables.stream().map(PlannedAction::id).toList();
        disables.forEach(action -> builder.store(action, Set.of()));
        for (List<PlannedAction> fromOneHost : migrations) {
            Set<String> parents = new LinkedHashSet<>(disabled);
            for (PlannedAction migration : fromOneHost) {
                builder.store(migration, parents);
                parents = new LinkedHashSet<>(disabled);
                parents.add(migration.id());
            }
        }
        List<String> left =
                migrations.stream().map(group -> group.getLast().id()).toList();
        enables.forEach(action -> builder.store(action, left));
        return builder.actions();
    }

    private static void refuse(Solution solution) {
        List<ValidationError> faults = new ArrayList<>();
        for (int place = 0; place < solution.actions().size(); place++) {
            PlannedAction action = solution.actions().get(place);
            if (action.actionType().equals(MIGRATE)) {
                if (!JsonValues.isScalar(action.inputParameters().get("source_node"))) {
                    faults.add(new ValidationError(
                            "actions[%d].input_parameters.source_node".formatted(place), "is not the name of a host"));
                }
            } else if (!action.actionType().equals(SERVICE_STATE)) {
                faults.add(new ValidationError(
                        "actions[%d].action_type".formatted(place),
                        "the planner 'node_resource_consolidation' does not support '%s'; it supports: %s, %s"
                                .formatted(action.actionType(), SERVICE_STATE, MIGRATE)));
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidPlan(faults);
        }
    }
}
