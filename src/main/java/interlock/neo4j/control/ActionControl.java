package interlock.neo4j.control;

import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.neo4j.advance.ChangeContext;
import interlock.neo4j.advance.ChangeLog;
import interlock.neo4j.advance.Failures;
import interlock.neo4j.advance.PlanChange;
import interlock.neo4j.advance.ReadyPhase;
import interlock.neo4j.advance.RecordPhase;
import interlock.neo4j.control.PlanControl.Change;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transactions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * Control of single actions by users. Each operation is one transaction, serialised with all changes of state. Every
 * method throws {@link interlock.applier.PlanGraph.GraphUnavailable} when the database is unavailable.
 */
public final class ActionControl {
    private static final Cypher LOOK_AT_ACTION = Cypher.of("plan/look-at-action");
    private static final Cypher SKIP = Cypher.of("plan/skip");
    private static final Cypher EXPLAIN = Cypher.of("plan/explain");
    private static final Cypher CANCELLED_BECAUSE = Cypher.of("plan/cancelled-because");
    private static final Cypher WAIT_AGAIN = Cypher.of("plan/wait-again");
    private static final Cypher REOPEN_PATHS = Cypher.of("plan/reopen-paths");
    private static final Cypher FIRST_FAILURE = Cypher.of("plan/first-failure");
    private static final Cypher SET_FAILURE = Cypher.of("plan/set-failure");

    private static final Set<PlanState> MAY_SKIP_PENDING =
            Set.of(PlanState.RECOMMENDED, PlanState.PENDING, PlanState.ONGOING);
    private static final Set<PlanState> MAY_GO_ON = Set.of(PlanState.ONGOING, PlanState.FAILED, PlanState.CANCELLED);
    private static final Set<ActionState> NOT_DONE = Set.of(ActionState.FAILED, ActionState.CANCELLED);

    private final Transactions graph;

    /** An action and its plan, as they were before the operation. */
    private record Look(MapAccessor row) {
        String action() {
            return row.get("action").asString();
        }

        String plan() {
            return row.get("plan").asString();
        }

        ActionState state() {
            return ActionState.valueOf(row.get("state").asString());
        }

        PlanState planState() {
            return PlanState.valueOf(row.get("planState").asString());
        }

        /** {@return whether its plan starts actions now, or would if it were not paused} */
        boolean runs() {
            return planState() == PlanState.ONGOING && !row.get("stopping").asBoolean();
        }

        Change refused(String verb, String why) {
            return new Change.Refused(state().name(), "Couldn't %s: %s.".formatted(verb, why));
        }
    }

    public ActionControl(Transactions graph) {
        this.graph = graph;
    }

    /** Skips an action that has not started: its children treat it as complete as soon as its own parents are. */
    public Change skip(UUID action, Optional<String> reason) {
        return change(action, (context, look) -> skipPending(context, look, reason));
    }

    /**
     * Skips an action that has not started, has failed or was cancelled: a person has done its work. What was cancelled
     * because of it runs, at once or in a retry of the plan, unless another failure prevents it.
     */
    public Change skipAnyway(UUID action, Optional<String> reason) {
        return change(
                action,
                (context, look) -> NOT_DONE.contains(look.state())
                        ? mayGoOn("skip", look).orElseGet(() -> skipEnded(context, look, reason))
                        : skipPending(context, look, reason));
    }

    /**
     * Makes a failed or cancelled action run again, with what was cancelled because of it. An ended plan becomes PENDING.
     */
    public Change retry(UUID action, Optional<String> reason) {
        return change(action, (context, look) -> {
            if (!NOT_DONE.contains(look.state())) {
                return look.refused("retry", "the state is '%s'".formatted(look.state()));
            }
            return mayGoOn("retry", look).orElseGet(() -> retryEnded(context, look, reason));
        });
    }

    /** Replaces the reason why an action was skipped. */
    public Change explainSkip(UUID action, Optional<String> reason) {
        return change(action, (context, look) -> explainSkip(context, look, reason));
    }

    private Change change(UUID action, BiFunction<ChangeContext, Look, Change> work) {
        return graph.write(tx -> {
            tx.takeGate();
            Optional<MapAccessor> found = tx.run(LOOK_AT_ACTION, Map.of("action", action.toString())).stream()
                    .findFirst();
            return found.map(row -> work.apply(
                            new ChangeContext(tx, row.get("now").asZonedDateTime(), new ChangeLog()), new Look(row)))
                    .orElseGet(Change.Unknown::new);
        });
    }

    private static Change explainSkip(ChangeContext context, Look look, Optional<String> reason) {
        if (look.state() != ActionState.SKIPPED) {
            return new Change.Refused(
                    look.state().name(), "Couldn't say why it was skipped when state is '%s'.".formatted(look.state()));
        }
        String message = skippedByUser(reason);
        context.send(EXPLAIN, Map.of("action", look.action(), "message", message));
        context.changes().action(ChangeLog.OfAction.of(look.row(), message), ActionState.SKIPPED, ActionState.SKIPPED);
        return done(context, look);
    }

    private static String skippedByUser(Optional<String> reason) {
        return "Action skipped by user."
                + reason.map(text -> " Reason: " + text).orElse("");
    }

    private static Change skipPending(ChangeContext context, Look look, Optional<String> reason) {
        PlanState plan = look.planState();
        if (!MAY_SKIP_PENDING.contains(plan)) {
            return new Change.Refused(plan.name(), "Couldn't skip when the plan's state is '%s'.".formatted(plan));
        }
        if (look.state() != ActionState.PENDING) {
            return new Change.Refused(look.state().name(), "Couldn't skip when state is '%s'.".formatted(look.state()));
        }
        setSkipped(context, look, reason);
        ReadyPhase.countParents(context, List.of(look.action()));
        ReadyPhase.complete(context);
        return done(context, look);
    }

    private static void setSkipped(ChangeContext context, Look look, Optional<String> reason) {
        String message = skippedByUser(reason);
        context.send(SKIP, Map.of("action", look.action(), "message", message));
        context.changes().action(ChangeLog.OfAction.of(look.row(), message), look.state(), ActionState.SKIPPED);
    }

    /** {@return why a failed or cancelled action must stay as it is, if so} */
    private static Optional<Change> mayGoOn(String verb, Look look) {
        if (!MAY_GO_ON.contains(look.planState())) {
            return Optional.of(look.refused(verb, "the plan's state is '%s'".formatted(look.planState())));
        }
        if (!look.row().get("replacedBy").isNull()) {
            return Optional.of(look.refused(
                    verb,
                    "alternative path '%s' has taken its place"
                            .formatted(look.row().get("replacedBy").asString())));
        }
        if (!look.row().get("rollBack").isNull()) {
            return Optional.of(look.refused(verb, "the plan is or was rolled back; a retry of the plan runs it again"));
        }
        if (!look.row().get("change").isNull() && look.planState() != PlanState.ONGOING) {
            return Optional.of(look.refused(verb, "the plan is being changed; try again"));
        }
        if (look.row().get("inFinally").asBoolean() && look.planState() != PlanState.ONGOING) {
            return Optional.of(
                    look.refused(verb, "it is a finally action; a retry of the plan runs all of them again"));
        }
        return Optional.empty();
    }

    private static Change skipEnded(ChangeContext context, Look look, Optional<String> reason) {
        setSkipped(context, look, reason);
        List<String> blockers = List.of();
        if (look.runs()) {
            Revival revival = Revival.of(rows(context, look), look.action(), false);
            revive(context, look, revival);
            blockers = revival.blockers();
            setFailure(context, look);
        } else {
            reopenPaths(context, List.of(look.action()));
        }
        ReadyPhase.countParents(context, List.of(look.action()));
        ReadyPhase.complete(context);
        return done(context, look, blockers);
    }

    private static Change retryEnded(ChangeContext context, Look look, Optional<String> reason) {
        if (look.planState() == PlanState.ONGOING && !look.runs()) {
            return look.refused("retry", "the plan stops because of a failure; retry it when it has ended");
        }
        Revival revival = Revival.of(rows(context, look), look.action(), true);
        List<String> own = Revival.blockersOf(look.row().get("parents"));
        if (!own.isEmpty()) {
            return look.refused("retry", "it depends on %s; retry that".formatted(String.join(", ", own)));
        }
        if (look.planState() != PlanState.ONGOING) {
            PlanControl.again(context, look.plan(), new PlanControl.Again(false, false, false));
        }
        PlanChange.reset(context, List.of(look.action()), ActionState.PENDING);
        reason.ifPresent(text ->
                context.send(EXPLAIN, Map.of("action", look.action(), "message", "Retried by user. Reason: " + text)));
        revive(context, look, revival);
        setFailure(context, look);
        ReadyPhase.countParents(context, List.of(look.action()));
        ReadyPhase.complete(context);
        return done(context, look, revival.blockers());
    }

    private static List<MapAccessor> rows(ChangeContext context, Look look) {
        return context.run(CANCELLED_BECAUSE, Map.of("action", look.action())).list();
    }

    private static void revive(ChangeContext context, Look look, Revival revival) {
        PlanChange.reset(context, revival.again(), ActionState.PENDING);
        List<String> parents = new ArrayList<>(revival.again());
        parents.add(look.action());
        reopenPaths(context, parents);
        List<String> children = context.run(WAIT_AGAIN, Map.of("actions", parents))
                .list(row -> row.get("action").asString());
        List<String> all = new ArrayList<>(revival.again());
        all.addAll(children);
        ReadyPhase.countParents(context, all);
    }

    private static void reopenPaths(ChangeContext context, List<String> actions) {
        context.run(REOPEN_PATHS, Map.of("actions", actions))
                .forEachRemaining(row -> context.changes().path(row.get("path").asString()));
    }

    private static void setFailure(ChangeContext context, Look look) {
        Optional<String> failure = context.run(FIRST_FAILURE, Map.of("plan", look.plan())).stream()
                .findFirst()
                .map(row -> Failures.message(
                        row.get("id").asString(),
                        row.get("path").asString(null),
                        row.get("message").asString("")));
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", look.plan());
        parameters.put("failure", failure.orElse(null));
        context.send(SET_FAILURE, parameters);
    }

    private static Change done(ChangeContext context, Look look) {
        return done(context, look, List.of());
    }

    private static Change done(ChangeContext context, Look look, List<String> blockers) {
        context.changes().plan(look.plan());
        new RecordPhase(context).record();
        return new Change.Done(UUID.fromString(look.plan()), blockers);
    }
}
