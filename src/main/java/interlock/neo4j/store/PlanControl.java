package interlock.neo4j.store;

import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.neo4j.advance.ChangeContext;
import interlock.neo4j.advance.ChangeLog;
import interlock.neo4j.advance.PlanChange;
import interlock.neo4j.advance.ReadyPhase;
import interlock.neo4j.advance.RecordPhase;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * What people do to stored plans. Each is one transaction, alone among all changes of state; of many at once that exclude
 * each other, one succeeds. Every method throws {@link interlock.applier.PlanGraph.GraphUnavailable} when the database is
 * out of reach.
 */
public final class PlanControl {
    private static final Cypher LOOK = Cypher.of("plan/look");
    private static final Cypher LOOK_AT_ACTION = Cypher.of("plan/look-at-action");
    private static final Cypher SET_STATE = Cypher.of("plan/set-state");
    private static final Cypher PAUSE = Cypher.of("plan/pause");
    private static final Cypher RESUME = Cypher.of("plan/resume");
    private static final Cypher CANCEL = Cypher.of("plan/cancel");
    private static final Cypher SKIP = Cypher.of("plan/skip");
    private static final Cypher EXPLAIN_SKIP = Cypher.of("plan/explain-skip");
    private static final Cypher RETRY = Cypher.of("plan/retry");

    /** How many actions are changed at once with the plan; the rest follows, by portions, with the next advances. */
    private static final int PORTION = 500;

    private static final String CANCELLED = "Cancelled by user.";
    private static final Set<PlanState> MAY_SKIP = Set.of(PlanState.RECOMMENDED, PlanState.PENDING, PlanState.ONGOING);

    private final Transactions graph;
    private final int portion;

    /** How it went. */
    public sealed interface Change {
        /**
         * It was done.
         *
         * @param plan the plan that has changed
         */
        record Done(UUID plan) implements Change {}

        /**
         * It makes no sense in the state in which the plan or the action is. Nothing was changed.
         *
         * @param state that state's name
         * @param reason a sentence that names it
         */
        record Refused(String state, String reason) implements Change {}

        /**
         * The plan has been changed since the author of the change looked. Nothing was changed.
         *
         * @param revision its revision now
         */
        record Stale(long revision) implements Change {}

        /** There is no such plan, or no such action. */
        record Unknown() implements Change {}
    }

    private record Look(UUID plan, PlanState state, boolean paused, Optional<PlanChange.Kind> change) {
        /** {@return whether its actions are being cancelled or reset, which nothing may take the place of} */
        boolean isBound() {
            return change.filter(kind -> kind != PlanChange.Kind.OPENING && kind != PlanChange.Kind.PAUSING)
                    .isPresent();
        }
    }

    /** Takes the connection. */
    public PlanControl(Transactions graph) {
        this(graph, PORTION);
    }

    /**
     * Takes the connection.
     *
     * @param portion how many actions are changed at once with their plan
     */
    public PlanControl(Transactions graph, int portion) {
        this.graph = graph;
        this.portion = portion;
    }

    /** Starts a RECOMMENDED plan. Change it only if it has the revision that is given, if one is. */
    public Change start(UUID plan, OptionalLong revision) {
        return change(plan, revision, PlanControl::start);
    }

    /** Starts a plan in a transaction that goes on. */
    static void start(Transaction tx, UUID plan) {
        change(tx, plan, OptionalLong.empty(), PlanControl::start);
    }

    private static Optional<String> start(ChangeContext context, Look look) {
        return look.state() == PlanState.RECOMMENDED
                ? done(() -> setState(context, look, PlanState.PENDING))
                : refused("start", look);
    }

    /** Deletes a plan that has not been started, or has ended. */
    public Change delete(UUID plan, OptionalLong revision) {
        return change(
                plan,
                revision,
                (context, look) -> look.state().mayBecome(PlanState.DELETED)
                        ? done(() -> setState(context, look, PlanState.DELETED))
                        : refused("delete", look));
    }

    /** Lets nothing of a plan start that is PENDING or ONGOING, until it is resumed. */
    public Change pause(UUID plan, OptionalLong revision) {
        return change(plan, revision, (context, look) -> {
            if (look.state() != PlanState.PENDING && look.state() != PlanState.ONGOING) {
                return refused("pause", look);
            }
            return look.paused()
                    ? Optional.of("Couldn't pause: the plan is paused; its state is '%s'.".formatted(look.state()))
                    : done(() -> pause(context, look));
        });
    }

    /** A plan that has not begun has nothing that is ready. */
    private void pause(ChangeContext context, Look look) {
        run(context, PAUSE, look);
        if (look.state() == PlanState.ONGOING && !look.isBound()) {
            changeAll(context, look, PlanChange.Kind.PAUSING, null);
        }
    }

    private void resume(ChangeContext context, Look look) {
        run(context, RESUME, look);
        if (look.state() == PlanState.ONGOING) {
            afterPause(look.change()).ifPresent(kind -> changeAll(context, look, kind, null));
        }
    }

    /** {@return the change that makes ready what may start} What was counted during the pause is counted again: it was not made ready. */
    private static Optional<PlanChange.Kind> afterPause(Optional<PlanChange.Kind> change) {
        return switch (change.orElse(PlanChange.Kind.OPENING)) {
            case OPENING, PAUSING -> Optional.of(PlanChange.Kind.OPENING);
            case COUNTING -> change;
            case CANCELLING, RETRYING -> Optional.empty();
        };
    }

    private void changeAll(ChangeContext context, Look look, PlanChange.Kind kind, @Nullable String message) {
        PlanChange change = new PlanChange(context);
        change.begin(look.plan().toString(), kind, message);
        change.advance(Optional.of(look.plan().toString()), portion);
        ReadyPhase.complete(context.tx());
    }

    /** Lets a paused plan go on. */
    public Change resume(UUID plan, OptionalLong revision) {
        return change(
                plan,
                revision,
                (context, look) -> look.paused()
                        ? done(() -> resume(context, look))
                        : Optional.of(
                                "Couldn't resume: the plan is not paused; its state is '%s'.".formatted(look.state())));
    }

    /** Cancels a plan: nothing new starts, and what runs is asked to abort, or awaited. */
    public Change cancel(UUID plan, OptionalLong revision) {
        return change(plan, revision, (context, look) -> {
            PlanState target = look.state() == PlanState.ONGOING ? PlanState.CANCELLING : PlanState.CANCELLED;
            return look.state().mayBecome(target) && look.state() != PlanState.CANCELLING
                    ? done(() -> cancel(context, look))
                    : refused("cancel", look);
        });
    }

    /** A plan of which nothing runs is CANCELLING only until this change is recorded. */
    private void cancel(ChangeContext context, Look look) {
        context.run(CANCEL, Map.of("plan", look.plan().toString(), "message", CANCELLED))
                .forEachRemaining(row -> context.changes().aborting(ChangeLog.OfAction.of(row, CANCELLED)));
        changeAll(context, look, PlanChange.Kind.CANCELLING, CANCELLED);
    }

    /** Starts a FAILED or CANCELLED plan again: what has succeeded is not run again, unless it was reverted. */
    public Change retry(UUID plan, OptionalLong revision) {
        return change(
                plan,
                revision,
                (context, look) -> look.state() == PlanState.FAILED || look.state() == PlanState.CANCELLED
                        ? done(() -> retry(context, look))
                        : refused("retry", look));
    }

    private void retry(ChangeContext context, Look look) {
        run(context, RETRY, look);
        changeAll(context, look, PlanChange.Kind.RETRYING, null);
    }

    /** Skips an action that has not started: its children see it as complete. */
    public Change skip(UUID action, Optional<String> reason) {
        return changeAction(action, (tx, row) -> skip(tx, row, reason));
    }

    /** Says why an action was skipped, in place of what was said before. */
    public Change explainSkip(UUID action, Optional<String> reason) {
        return changeAction(action, (tx, row) -> explainSkip(tx, row, reason));
    }

    private Change changeAction(UUID action, BiFunction<Transaction, MapAccessor, Change> work) {
        return graph.write(tx -> {
            tx.takeGate();
            Optional<MapAccessor> found = tx.run(LOOK_AT_ACTION, Map.of("action", action.toString())).stream()
                    .findFirst();
            return found.map(row -> work.apply(tx, row)).orElseGet(Change.Unknown::new);
        });
    }

    private static Change explainSkip(Transaction tx, MapAccessor row, Optional<String> reason) {
        String state = row.get("state").asString();
        if (!state.equals(ActionState.SKIPPED.name())) {
            return new Change.Refused(state, "Couldn't say why it was skipped when state is '%s'.".formatted(state));
        }
        String message = skippedByUser(reason);
        ChangeContext context = new ChangeContext(tx, row.get("now").asZonedDateTime(), new ChangeLog());
        context.send(EXPLAIN_SKIP, Map.of("action", row.get("action").asString(), "message", message));
        context.changes().action(ChangeLog.OfAction.of(row, message), ActionState.SKIPPED, ActionState.SKIPPED);
        new RecordPhase(context).record();
        return new Change.Done(UUID.fromString(row.get("plan").asString()));
    }

    private static String skippedByUser(Optional<String> reason) {
        return "Action skipped by user."
                + reason.map(text -> " Reason: " + text).orElse("");
    }

    private static Change skip(Transaction tx, MapAccessor row, Optional<String> reason) {
        PlanState plan = PlanState.valueOf(row.get("planState").asString());
        ActionState state = ActionState.valueOf(row.get("state").asString());
        if (!MAY_SKIP.contains(plan)) {
            return new Change.Refused(plan.name(), "Couldn't skip when the plan's state is '%s'.".formatted(plan));
        }
        if (state != ActionState.PENDING) {
            return new Change.Refused(state.name(), "Couldn't skip when state is '%s'.".formatted(state));
        }
        String message = skippedByUser(reason);
        ChangeContext context = new ChangeContext(tx, row.get("now").asZonedDateTime(), new ChangeLog());
        String action = row.get("action").asString();
        context.send(SKIP, Map.of("action", action, "message", message));
        context.changes().action(ChangeLog.OfAction.of(row, message), ActionState.PENDING, ActionState.SKIPPED);
        ReadyPhase.complete(tx);
        new RecordPhase(context).record();
        return new Change.Done(UUID.fromString(row.get("plan").asString()));
    }

    /** What is to be done to a plan, if it may be; else it says why not. */
    @FunctionalInterface
    private interface Work {
        Optional<String> apply(ChangeContext context, Look look);
    }

    private Change change(UUID plan, OptionalLong revision, Work work) {
        return graph.write(tx -> change(tx, plan, revision, work));
    }

    private static Change change(Transaction tx, UUID plan, OptionalLong revision, Work work) {
        tx.takeGate();
        Optional<MapAccessor> found =
                tx.run(LOOK, Map.of("plan", plan.toString())).stream().findFirst();
        if (found.isEmpty()) {
            return new Change.Unknown();
        }
        MapAccessor row = found.get();
        long actual = row.get("revision").asLong();
        if (revision.isPresent() && revision.getAsLong() != actual) {
            return new Change.Stale(actual);
        }
        Look look = new Look(
                plan,
                PlanState.valueOf(row.get("state").asString()),
                row.get("paused").asBoolean(),
                Optional.ofNullable(row.get("change").asString(null)).map(PlanChange.Kind::valueOf));
        ChangeContext context = new ChangeContext(tx, row.get("now").asZonedDateTime(), new ChangeLog());
        Optional<String> refusal = work.apply(context, look);
        if (refusal.isPresent()) {
            return new Change.Refused(look.state().name(), refusal.get());
        }
        context.changes().plan(plan.toString());
        new RecordPhase(context).record();
        return new Change.Done(plan);
    }

    private static Optional<String> done(Runnable work) {
        work.run();
        return Optional.empty();
    }

    private static Optional<String> refused(String verb, Look look) {
        return Optional.of("Couldn't %s when state is '%s'.".formatted(verb, look.state()));
    }

    private static void setState(ChangeContext context, Look look, PlanState state) {
        context.send(SET_STATE, Map.of("plan", look.plan().toString(), "state", state.name()));
    }

    private static void run(ChangeContext context, Cypher cypher, Look look) {
        context.send(cypher, Map.of("plan", look.plan().toString()));
    }
}
