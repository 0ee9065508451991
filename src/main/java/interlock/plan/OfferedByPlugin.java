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

/** The alternative paths that a planner offers which is a plug-in: they keep the rules that hold for those in documents. */
final class OfferedByPlugin {
    private final String planner;
    private final int maxActions;
    private final ValidationErrors faults = new ValidationErrors();
    private final ActionReader reader;
    private final Set<String> ids = new HashSet<>();

    /**
     * Takes the planner's name, how many actions a plan may have, and what looks at an action.
     *
     * @param reader makes one that notes faults there
     */
    OfferedByPlugin(String planner, int maxActions, Function<List<ValidationError>, ActionReader> reader) {
        this.planner = planner;
        this.maxActions = maxActions;
        this.reader = reader.apply(faults);
    }

    /**
     * {@return the paths, with what their actions' types use}
     *
     * @throws InvalidPlan in the planner's name, when one breaks a rule
     */
    List<AlternativePath> read(ActionGraph plan, List<AlternativePath> written, List<AlternativePath> offered) {
        plan.actions().forEach(action -> ids.add(action.id()));
        written.forEach(path -> path.actions().forEach(action -> ids.add(action.id())));
        List<AlternativePath> read = offered.stream().map(this::read).toList();
        if (ids.size() > maxActions) {
            refuse("", "there are %,d actions with them; at most %,d are allowed".formatted(ids.size(), maxActions));
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
        return new AlternativePath(path.name(), path.replaces(), actions, path.abortRunning(), path.revert());
    }

    private void refuse(String where, String why) {
        faults.add(new ValidationError(where, why));
    }

    private void refuseIfFaulty() {
        if (!faults.isEmpty()) {
            ValidationError first = faults.getFirst();
            throw new InvalidPlan(
                    "planner",
                    "'%s' offers alternative paths that cannot be: '%s': %s"
                            .formatted(planner, first.path(), first.message()));
        }
    }
}
