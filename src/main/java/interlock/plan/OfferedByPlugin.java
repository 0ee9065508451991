package interlock.plan;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import interlock.model.DocumentLimits;
import interlock.model.InvalidPlan;
import interlock.model.ValidationError;
import interlock.model.ValidationErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the alternative paths that a planner plug-in offers. The rules for paths in documents apply to them too. */
final class OfferedByPlugin {
    private final String planner;
    private final int maxActions;
    private final DemandCheck demands;
    private final ValidationErrors faults = new ValidationErrors();
    private final ActionReader reader;
    private final Set<String> ids = new HashSet<>();

    /**
     * Creates a reader for one planner's offers.
     *
     * @param maxActions the maximum number of actions of a plan
     * @param demands checks the demands of the actions
     * @param reader creates an action reader that adds errors to the given list
     */
    OfferedByPlugin(
            String planner, int maxActions, DemandCheck demands, Function<List<ValidationError>, ActionReader> reader) {
        this.planner = planner;
        this.maxActions = maxActions;
        this.demands = demands;
        this.reader = reader.apply(faults);
    }

    /**
     * {@return the paths, with the resource uses of their actions' types}
     *
     * @throws InvalidPlan if a path breaks a rule; the message names the planner
     */
    List<AlternativePath> read(ActionGraph plan, List<AlternativePath> written, List<AlternativePath> offered) {
        plan.actions().forEach(action -> ids.add(action.id()));
        written.forEach(path -> path.actions().forEach(action -> ids.add(action.id())));
        List<AlternativePath> read = offered.stream().map(this::read).toList();
        demands.check(faults);
        if (ids.size() > maxActions) {
            refuse("", "the plan has %,d actions with them; at most %,d are allowed".formatted(ids.size(), maxActions));
        }
        refuseIfFaulty();
        List<AlternativePath> all = new ArrayList<>(written);
        all.addAll(read);
        Alternatives.objections(plan, all)
                .forEach(objection -> refuse(all.get(objection.path()).name(), objection.message()));
        refuseIfFaulty();
        return read;
    }

    private AlternativePath read(AlternativePath path) {
        DocumentLimits.nameFault(path.name()).ifPresent(fault -> refuse(path.name(), fault));
        if (path.actions().isEmpty()) {
            refuse(path.name(), "has no action");
        }
        try {
            new ActionGraph(path.actions());
        } catch (InvalidPlan e) {
            refuse(path.name(), String.valueOf(e.getMessage()));
        }
        List<PlannedAction> actions = new ArrayList<>();
        for (PlannedAction action : path.actions()) {
            if (!ids.add(action.id())) {
                refuse(path.name(), "there is another action '%s'".formatted(action.id()));
            }
            actions.add(reader.read(action, action.id()));
        }
        return new AlternativePath(
                path.name(), path.replaces(), actions, path.abortRunning(), path.revert(), path.compensation());
    }

    private void refuse(String where, String why) {
        faults.add(new ValidationError(where, why));
    }

    private void refuseIfFaulty() {
        if (!faults.isEmpty()) {
            ValidationError first = faults.getFirst();
            throw new InvalidPlan(
                    "planner",
                    "'%s' offers invalid alternative paths: '%s': %s"
                            .formatted(planner, first.path(), first.message()));
        }
    }
}
