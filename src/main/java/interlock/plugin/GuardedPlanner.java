package interlock.plugin;

import interlock.action.PluginCalls;
import interlock.action.PluginText;
import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import interlock.model.ActionGraph;
import interlock.model.DocumentLimits;
import interlock.model.Excerpt;
import interlock.model.InvalidPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a planner plug-in, whose code is not trusted. Its properties are read once. Each call has a time limit, and
 * each plan is validated: it contains the actions of the solution, each with its given parents.
 */
public final class GuardedPlanner implements Planner {
    /** The time limit for making one plan. */
    private static final Duration TO_PLAN = Duration.ofSeconds(60);

    private final Planner planner;
    private final PluginCalls calls;
    private final String name;
    private final String description;
    private final Set<String> options;
    private final PlannerOptions defaults;
    private final boolean leavesOrder;

    private GuardedPlanner(Planner planner, PluginCalls calls) {
        this.planner = planner;
        this.calls = calls;
        this.name = said("name", planner.name());
        this.description = PluginText.printable(said("description", planner.description()));
        this.options = Set.copyOf(said("options", planner.options()));
        this.defaults = said("defaults", planner.defaults());
        this.leavesOrder = planner.leavesOrder();
    }

    /**
     * {@return the wrapped planner, after its properties were read}
     *
     * @throws IllegalArgumentException if a property is missing
     */
    static GuardedPlanner of(Planner planner, PluginCalls calls) {
        return new GuardedPlanner(planner, calls);
    }

    private static <T> T said(String method, @Nullable T answer) {
        if (answer == null || answer.equals("")) {
            throw new IllegalArgumentException(
                    "it returned %s from its method %s".formatted(answer == null ? "null" : "nothing", method));
        }
        return answer;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<String> options() {
        return options;
    }

    @Override
    public PlannerOptions defaults() {
        return defaults;
    }

    @Override
    public boolean leavesOrder() {
        return leavesOrder;
    }

    @Override
    public Set<String> instancesSought(Solution solution) {
        return Set.copyOf(askForList(() -> planner.instancesSought(solution)));
    }

    @Override
    public List<PlannedAction> plan(Solution solution, PlannerOptions wanted) {
        List<PlannedAction> plan = askForList(() -> planner.plan(solution, wanted));
        refuseOthers(plan, solution);
        refuseMissing(plan, solution);
        try {
            return new ActionGraph(plan).actions();
        } catch (InvalidPlan e) {
            throw refusal("its plan is invalid: " + e.getMessage());
        }
    }

    /** Rejects actions that are not in the solution or lack a given parent. */
    private void refuseOthers(List<PlannedAction> plan, Solution solution) {
        Map<String, PlannedAction> wanted = new HashMap<>();
        solution.actions().forEach(action -> wanted.put(action.id(), action));
        Set<String> planned = ids(plan);
        for (PlannedAction action : plan) {
            PlannedAction original = wanted.get(action.id());
            if (original == null || !action.withParents(Set.of()).equals(original.withParents(Set.of()))) {
                throw refusal("action '%s' of its plan is not in the solution".formatted(action.id()));
            }
            original.parents().stream()
                    .filter(parent ->
                            planned.contains(parent) && !action.parents().contains(parent))
                    .findFirst()
                    .ifPresent(parent -> {
                        throw refusal("in its plan '%s' does not depend on '%s', although that parent was given"
                                .formatted(action.id(), parent));
                    });
        }
    }

    /** An action may be dropped only if it equals another action of the plan. */
    private void refuseMissing(List<PlannedAction> plan, Solution solution) {
        Set<String> planned = ids(plan);
        Set<List<Object>> work = new HashSet<>();
        plan.forEach(action -> work.add(work(action)));
        solution.actions().stream()
                .filter(action -> !planned.contains(action.id()) && !work.contains(work(action)))
                .findFirst()
                .ifPresent(action -> {
                    throw refusal("its plan lacks '%s'".formatted(action.id()));
                });
    }

    private static Set<String> ids(List<PlannedAction> plan) {
        Set<String> ids = new HashSet<>();
        plan.forEach(action -> ids.add(action.id()));
        return ids;
    }

    private static List<Object> work(PlannedAction action) {
        return List.of(action.actionType(), action.inputParameters());
    }

    @Override
    public List<AlternativePath> alternatives(List<PlannedAction> plan, List<AlternativePath> written) {
        return askForList(() -> planner.alternatives(plan, written));
    }

    /**
     * The message of an {@link IllegalArgumentException} is for the plan's author; messages of other exceptions may
     * contain anything and are not shown.
     */
    private <T> List<T> askForList(Callable<? extends Iterable<? extends T>> question) {
        try {
            return calls.askForList(question, DocumentLimits.ACTIONS, TO_PLAN);
        } catch (PluginCalls.NoAnswer e) {
            Optional<String> said = Optional.of(e.cause())
                    .filter(IllegalArgumentException.class::isInstance)
                    .flatMap(PluginText::said);
            throw refusal(said.orElse(String.valueOf(e.getMessage())));
        }
    }

    private InvalidPlan refusal(String why) {
        return new InvalidPlan(
                "planner", "'%s' made no plan: %s".formatted(name, PluginText.printable(Excerpt.of(why, 500))));
    }
}
