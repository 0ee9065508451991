package interlock.applier;

import interlock.api.AlternativePath;
import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.RetryPolicy;
import interlock.api.TriggerRule;
import interlock.model.ActionGraph;
import interlock.model.Alternatives;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.PlanCapacities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Builds plans for tests; what a test does not say is as plain as can be. */
public final class PlanBuilder {
    private final List<PlannedAction> actions = new ArrayList<>();
    private final Map<ResourceKey, Integer> capacities = new HashMap<>();
    private final List<AlternativePath> alternatives = new ArrayList<>();
    private OnFailure onFailure = OnFailure.CONTINUE;
    private NewPlan.Origin origin = NewPlan.Origin.UNKNOWN;
    private NewPlan.Window window = NewPlan.Window.ALWAYS;
    private int priority;
    private boolean abortRunning;
    private boolean revert;
    private boolean compensation;
    private List<PlannedAction> last = List.of();

    /** {@return a plan of actions that do nothing} */
    public static PlanBuilder plan() {
        return new PlanBuilder();
    }

    /** Adds an action of type {@code nop}. */
    public PlanBuilder action(String id, String... parents) {
        return action(id, "nop", Map.of(), parents);
    }

    /** Adds an action. */
    public PlanBuilder action(String id, String type, Map<String, Object> parameters, String... parents) {
        actions.add(new PlannedAction(
                id,
                type,
                parameters,
                new LinkedHashSet<>(List.of(parents)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER));
        return this;
    }

    /** Adds an action of type {@code scripted} whose name is its id. */
    public PlanBuilder scripted(String id, String... parents) {
        return action(id, "scripted", Map.of("name", id), parents);
    }

    /** The latest action takes units of a resource. */
    public PlanBuilder using(String kind, String id, int units) {
        PlannedAction last = actions.getLast();
        List<ResourceUse> uses = new ArrayList<>(last.uses());
        uses.add(new ResourceUse(new ResourceKey(kind, id), units));
        return last(uses, last.estimatedDuration(), last.timeout(), last.deadline(), last.retry());
    }

    /** The latest action is tried so often, a second apart, each wait twice the one before. */
    public PlanBuilder tried(int times) {
        return tried(new RetryPolicy(times, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0));
    }

    /** The latest action is tried as the policy says. */
    public PlanBuilder tried(RetryPolicy retry) {
        PlannedAction last = actions.getLast();
        return last(last.uses(), last.estimatedDuration(), last.timeout(), last.deadline(), retry);
    }

    /** The latest action is thought to run so long. */
    public PlanBuilder estimated(Duration duration) {
        PlannedAction last = actions.getLast();
        return last(last.uses(), Optional.of(duration), last.timeout(), last.deadline(), last.retry());
    }

    /** The latest action's attempts may run so long. */
    public PlanBuilder timeout(Duration duration) {
        PlannedAction last = actions.getLast();
        return last(last.uses(), last.estimatedDuration(), Optional.of(duration), last.deadline(), last.retry());
    }

    /** The latest action's attempts may take so long together. */
    public PlanBuilder deadline(Duration duration) {
        PlannedAction last = actions.getLast();
        return last(last.uses(), last.estimatedDuration(), last.timeout(), Optional.of(duration), last.retry());
    }

    /** The latest action's reverts may run so long. */
    public PlanBuilder revertTimeout(Duration duration) {
        actions.add(actions.removeLast().withRevertTimeout(Optional.of(duration)));
        return this;
    }

    /** The plan may take so long. */
    public PlanBuilder planDeadline(Duration duration) {
        window = new NewPlan.Window(window.notBefore(), Optional.of(duration));
        return this;
    }

    /** The plan begins then or later. */
    public PlanBuilder notBefore(Instant time) {
        window = new NewPlan.Window(Optional.of(time), window.deadline());
        return this;
    }

    /** The plan has this priority. */
    public PlanBuilder priority(int wanted) {
        priority = wanted;
        return this;
    }

    /** A path stands in for actions: the other plan's actions, and the paths within it. */
    public PlanBuilder path(String name, List<String> replaces, PlanBuilder path) {
        alternatives.add(new AlternativePath(
                name, new LinkedHashSet<>(replaces), path.actions, path.abortRunning, path.revert, path.compensation));
        alternatives.addAll(path.alternatives);
        return this;
    }

    /** As a path, asks what runs to abort. */
    public PlanBuilder abortRunning() {
        abortRunning = true;
        return this;
    }

    /** As a path, reverts what has succeeded. */
    public PlanBuilder revert() {
        revert = true;
        return this;
    }

    /** As a path, undoes the goal. */
    public PlanBuilder compensation() {
        compensation = true;
        return this;
    }

    /** The latest action starts by this rule. */
    public PlanBuilder rule(TriggerRule rule) {
        actions.add(actions.removeLast().withTriggerRule(rule));
        return this;
    }

    /** The other plan's actions run when all others have ended, with the paths within it. */
    public PlanBuilder last(PlanBuilder other) {
        last = other.actions;
        alternatives.addAll(other.alternatives);
        return this;
    }

    /** The plan is recommended by an audit. */
    public PlanBuilder audit(UUID audit) {
        origin = new NewPlan.Origin(Optional.empty(), Optional.of(audit), false);
        return this;
    }

    public PlanBuilder idempotencyKey(String key) {
        origin = new NewPlan.Origin(
                Optional.of(new NewPlan.IdempotencyKey(key, Optional.empty())), Optional.empty(), false);
        return this;
    }

    /** The plan supersedes those of the same name. */
    public PlanBuilder supersede() {
        origin = new NewPlan.Origin(Optional.empty(), Optional.empty(), true);
        return this;
    }

    private PlanBuilder last(
            List<ResourceUse> uses,
            Optional<Duration> estimate,
            Optional<Duration> timeout,
            Optional<Duration> deadline,
            RetryPolicy retry) {
        PlannedAction last = actions.removeLast();
        actions.add(new PlannedAction(
                last.id(),
                last.actionType(),
                last.inputParameters(),
                last.parents(),
                uses,
                estimate,
                timeout,
                deadline,
                last.revertTimeout(),
                retry,
                last.triggerRule()));
        return this;
    }

    /** Sets a resource's capacity. */
    public PlanBuilder capacity(String kind, String id, int units) {
        capacities.put(new ResourceKey(kind, id), units);
        return this;
    }

    /** Sets the failure policy. */
    public PlanBuilder onFailure(OnFailure policy) {
        onFailure = policy;
        return this;
    }

    /** {@return the ids of the actions so far} */
    public Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        actions.forEach(action -> ids.add(action.id()));
        return ids;
    }

    /** {@return the plan} */
    public NewPlan build() {
        return new NewPlan(
                        "test",
                        "explicit",
                        onFailure,
                        new ActionGraph(actions),
                        Alternatives.inOrder(alternatives),
                        PlanCapacities.of(capacities),
                        origin)
                .withPriority(priority)
                .withFinally(new ActionGraph(last))
                .withWindow(window);
    }
}
