package interlock.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.action.ActionTypes;
import interlock.action.SchemaFaults;
import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import interlock.model.Capacities;
import interlock.model.DocumentLimits;
import interlock.model.Fault;
import interlock.model.InvalidPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The alternative paths that a planner offers which is a plug-in: they keep the rules that hold for those in documents. */
final class OfferedByPlugin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ActionTypes types;
    private final Capacities capacities;
    private final Map<ResourceKey, Integer> wanted;
    private final int maxActions;
    private final List<Fault> faults = new ArrayList<>();

    /** Takes the action types, what there is of resources, by itself and for this plan, and how many actions a plan may have. */
    OfferedByPlugin(ActionTypes types, Capacities capacities, Map<ResourceKey, Integer> wanted, int maxActions) {
        this.types = types;
        this.capacities = capacities;
        this.wanted = wanted;
        this.maxActions = maxActions;
    }

    /** Refuses what breaks a rule, in the planner's name. */
    void check(String planner, ActionGraph plan, List<AlternativePath> written, List<AlternativePath> offered) {
        Set<String> ids = new HashSet<>();
        plan.actions().forEach(action -> ids.add(action.id()));
        written.forEach(path -> path.actions().forEach(action -> ids.add(action.id())));
        for (AlternativePath path : offered) {
            check(path, ids);
        }
        if (ids.size() > maxActions) {
            refuse("", "there are %,d actions with them; at most %,d are allowed".formatted(ids.size(), maxActions));
        }
        if (faults.isEmpty()) {
            List<AlternativePath> all = new ArrayList<>(written);
            all.addAll(offered);
            Alternatives.objections(plan, all)
                    .forEach(objection -> refuse(all.get(objection.path()).name(), objection.message()));
        }
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            throw new InvalidPlan(
                    "planner",
                    "'%s' offers alternative paths that cannot be: '%s': %s"
                            .formatted(planner, first.path(), first.message()));
        }
    }

    private void check(AlternativePath path, Set<String> ids) {
        DocumentLimits.nameFault(path.name()).ifPresent(fault -> refuse(path.name(), fault));
        if (path.actions().isEmpty()) {
            refuse(path.name(), "has no action");
        }
        try {
            new ActionGraph(path.actions());
        } catch (InvalidPlan e) {
            refuse(path.name(), String.valueOf(e.getMessage()));
        }
        for (PlannedAction action : path.actions()) {
            if (!ids.add(action.id())) {
                refuse(path.name(), "there is another action '%s'".formatted(action.id()));
            }
            check(action);
        }
    }

    private void check(PlannedAction action) {
        DocumentLimits.nameFault(action.id()).ifPresent(fault -> refuse(action.id(), fault));
        types.find(action.actionType())
                .ifPresentOrElse(
                        type -> faults.addAll(SchemaFaults.of(
                                type.schema(), JSON.valueToTree(action.inputParameters()), action.id())),
                        () -> refuse(action.id(), "there is no action type '%s'".formatted(action.actionType())));
        faults.addAll(DocumentLimits.parameterFaults(action.inputParameters(), action.id()));
        faults.addAll(DocumentLimits.useFaults(action.uses(), action.id()));
        action.uses().stream()
                .filter(use -> use.units() > wanted.getOrDefault(use.resource(), capacities.of(use.resource())))
                .forEach(use -> refuse(action.id(), "takes more of %s than there is".formatted(use.resource())));
    }

    private void refuse(String where, String why) {
        faults.add(new Fault(where, why));
    }
}
