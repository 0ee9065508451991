package interlock.neo4j.control;

import interlock.model.ActionState;
import interlock.model.FinallyState;
import interlock.model.PlanState;
import interlock.neo4j.advance.ChangeContext;
import interlock.neo4j.advance.ChangeLog;
import interlock.neo4j.advance.PlanChange;
import interlock.neo4j.advance.ReadyPhase;
import interlock.neo4j.advance.RecordPhase;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * Control of stored plans by users. Each operation is one transaction, serialised with all changes of state; of
 * concurrent operations that exclude each other, one succeeds. Every method throws {@link
 * interlock.applier.PlanGraph.GraphUnavailable} when the database is unavailable.
 */
public final class PlanControl {
    private static final Cypher LOOK = Cypher.of("plan/look");
    private static final Cypher SET_STATE = Cypher.of("plan/set-state");
    private static final Cypher PAUSE = Cypher.of("plan/pause");
    private static final Cypher RESUME = Cypher.of("plan/resume");
    private static final Cypher CANCEL = Cypher.of("plan/cancel");
    private static final Cypher RESET_PATHS = Cypher.of("advance/change/reset-paths");
    private static final Cypher FINALLY_TO_RESET = Cypher.of("advance/change/finally-to-reset");
    private static final Cypher SCHEDULE = Cypher.of("plan/schedule");
    private static final Cypher RETRY = Cypher.of("plan/retry");
    private static final Cypher SET_PRIORITY = Cypher.of("plan/set-priority");
    private static final Cypher DELETE_OWN_RESOURCES = Cypher.of("plan/delete-own-resources");

    /**
     * The number of actions that change together with the plan; the rest follows in portions with the next advances.
     */
    private static final int PORTION = 500;

    private static final String CANCELLED = "Cancelled by user.";

    private final Transactions graph;
    private final int portion;

    /** The result of an operation. */
    public sealed interface Change {
        /**
         * The change was made.
         *
         * @param plan the changed plan
         * @param notes what else a person should know, as sentences without a full stop
         */
        record Done(UUID plan, List<String> notes) implements Change {
            public Done {
                notes = List.copyOf(notes);
            }

            /** Without notes. */
            public Done(UUID plan) {
                this(plan, List.of());
            }
        }

        /**
         * The operation is not allowed in the state of the plan or action. Nothing was changed.
         *
         * @param state the name of that state
         * @param reason a sentence that names the state
         */
        record Refused(String state, String reason) implements Change {}

        /**
         * The plan cannot start, because the capacities of resources do not allow it. Nothing was changed.
         *
         * @param reason the resources, their capacities and what the plan needs
         */
        record Blocked(String reason) implements Change {}

        /**
         * The plan has changed since the caller read it. Nothing was changed.
         *
         * @param revision its current revision
         */
        record Stale(long revision) implements Change {}

        /** The plan or action does not exist. */
        record Unknown() implements Change {}
    }

    private record Look(
            UUID plan,
            PlanState state,
            boolean paused,
            Optional<PlanChange.Kind> change,
            Optional<FinallyState> finallyState) {
        /** {@return whether its actions are being cancelled or reset, which no other change may replace} */
        boolean isBound() {
            return change.filter(kind -> kind != PlanChange.Kind.OPENING && kind != PlanChange.Kind.PAUSING)
                    .isPresent();
        }
    }

    public PlanControl(Transactions graph) {
        this(graph, PORTION);
    }

    /**
     * For tests with another portion.
     *
     * @param portion the number of actions that change together with their plan
     */
    public PlanControl(Transactions graph, int portion) {
        this.graph = graph;
        this.portion = portion;
    }

    /**
     * Starts a RECOMMENDED plan. Like all operations, it does nothing if the plan has another revision than the given
     * one.
     */
    public Change start(UUID plan, OptionalLong revision) {
        return change(plan, revision, PlanControl::start);
    }

    /** Starts a plan within a larger transaction. */
    public static void start(Transaction tx, UUID plan) {
        change(tx, plan, OptionalLong.empty(), PlanControl::start);
    }

    private static Optional<String> start(ChangeContext context, Look look) {
        return look.state() == PlanState.RECOMMENDED
                ? done(() -> {
                    CapacityRules.apply(context.tx(), look.plan().toString());
                    setState(context, look, PlanState.PENDING);
                    run(context, SCHEDULE, look);
                })
                : refused("start", look);
    }

    /** Deletes a plan that has not been started, or has ended. */
    public Change delete(UUID plan, OptionalLong revision) {
        return change(
                plan,
                revision,
                (context, look) -> look.state().mayBecome(PlanState.DELETED)
                        ? done(() -> {
                            run(context, DELETE_OWN_RESOURCES, look);
                            setState(context, look, PlanState.DELETED);
                        })
                        : refused("delete", look));
    }

    /** Pauses a PENDING or ONGOING plan: no further action starts until it is resumed. */
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

    /** A plan that has not started has no ready actions. */
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

    /**
     * {@return the change that makes actions ready} Parents that were counted during the pause are counted again,
     * because the actions were not made ready.
     */
    private static Optional<PlanChange.Kind> afterPause(Optional<PlanChange.Kind> change) {
        return switch (change.orElse(PlanChange.Kind.OPENING)) {
            case OPENING, PAUSING -> Optional.of(PlanChange.Kind.OPENING);
            case COUNTING, FINISHING -> change;
            case CANCELLING, RETRYING -> Optional.empty();
        };
    }

    private void changeAll(ChangeContext context, Look look, PlanChange.Kind kind, @Nullable String message) {
        PlanChange change = new PlanChange(context);
        change.begin(look.plan().toString(), kind, message);
        change.advance(Optional.of(look.plan().toString()), portion);
        ReadyPhase.complete(context);
    }

    /** Resumes a paused plan. */
    public Change resume(UUID plan, OptionalLong revision) {
        return change(
                plan,
                revision,
                (context, look) -> look.paused()
                        ? done(() -> resume(context, look))
                        : Optional.of(
                                "Couldn't resume: the plan is not paused; its state is '%s'.".formatted(look.state())));
    }

    /**
     * Cancels a plan: no further action starts, and running actions are asked to abort or finish. Then the finally
     * actions of a plan that had begun run.
     *
     * @param abort whether the finally actions do not run either; running ones are asked to abort
     */
    public Change cancel(UUID plan, OptionalLong revision, boolean abort) {
        return change(plan, revision, (context, look) -> {
            boolean finishing = look.finallyState().equals(Optional.of(FinallyState.ONGOING));
            if (finishing && !abort && look.state() == PlanState.ONGOING) {
                return Optional.of(
                        "Couldn't cancel: all but the finally actions have ended; \"abort\": true cancels these, too.");
            }
            boolean waiting = look.state() == PlanState.CANCELLING
                    && look.finallyState().equals(Optional.of(FinallyState.WAITING));
            if (abort && waiting) {
                return done(() -> cancel(context, look, true));
            }
            PlanState target = look.state() == PlanState.ONGOING ? PlanState.CANCELLING : PlanState.CANCELLED;
            return look.state().mayBecome(target) && look.state() != PlanState.CANCELLING
                    ? done(() -> cancel(context, look, abort))
                    : refused("cancel", look);
        });
    }

    /** Cancels a plan; its finally actions run. */
    public Change cancel(UUID plan, OptionalLong revision) {
        return cancel(plan, revision, false);
    }

    /** A plan without running actions is CANCELLING only until this change is recorded. */
    private void cancel(ChangeContext context, Look look, boolean abort) {
        context.run(CANCEL, Map.of("plan", look.plan().toString(), "message", CANCELLED, "abort", abort))
                .forEachRemaining(row -> context.changes().aborting(ChangeLog.OfAction.of(row, CANCELLED)));
        changeAll(context, look, PlanChange.Kind.CANCELLING, CANCELLED);
    }

    /**
     * Retries a FAILED or CANCELLED plan: succeeded actions do not run again, unless they were reverted, ran only because
     * of a failure, or were replaced by a path that compensated for them. Finally actions run again at the end.
     *
     * @param paused whether it waits until it is resumed
     * @param resetPaths whether activated alternative paths are put back into STANDBY
     */
    public Change retry(UUID plan, OptionalLong revision, boolean paused, boolean resetPaths) {
        return change(
                plan,
                revision,
                (context, look) -> look.state() == PlanState.FAILED || look.state() == PlanState.CANCELLED
                        ? done(() -> {
                            again(context, look.plan().toString(), new Again(true, paused, resetPaths));
                            changeAll(context, look, PlanChange.Kind.RETRYING, null);
                        })
                        : refused("retry", look));
    }

    /** Retries a plan at once; its activated paths stay. */
    public Change retry(UUID plan, OptionalLong revision) {
        return retry(plan, revision, false, false);
    }

    /**
     * How an ended plan begins again.
     *
     * @param whole whether all of its actions that have not succeeded run again
     * @param paused whether it waits until it is resumed
     * @param resetPaths whether all activated paths are put back
     */
    record Again(boolean whole, boolean paused, boolean resetPaths) {}

    /** Makes an ended plan PENDING, with its finally actions, and with the paths that are put back. */
    static void again(ChangeContext context, String plan, Again how) {
        CapacityRules.apply(context.tx(), plan);
        context.send(RETRY, Map.of("plan", plan, "paused", how.paused(), "whole", how.whole()));
        context.send(SCHEDULE, Map.of("plan", plan));
        standBy(context, RESET_PATHS, Map.of("plan", plan, "compensations", how.whole(), "all", how.resetPaths()));
        standBy(context, FINALLY_TO_RESET, Map.of("plan", plan));
    }

    private static void standBy(ChangeContext context, Cypher which, Map<String, Object> parameters) {
        List<String> actions =
                context.run(which, parameters).list(row -> row.get("action").asString());
        PlanChange.reset(context, actions, ActionState.STANDBY);
        ReadyPhase.countParents(context, actions);
    }

    /** Changes the priority of a plan that has not ended. Actions that start later follow it. */
    public Change setPriority(UUID plan, OptionalLong revision, int priority) {
        return change(
                plan,
                revision,
                (context, look) -> look.state().ended()
                        ? refused("change the priority", look)
                        : done(() -> context.send(
                                SET_PRIORITY, Map.of("plan", look.plan().toString(), "priority", priority))));
    }

    /** Changes a plan, or returns why that is not allowed. */
    @FunctionalInterface
    private interface Work {
        Optional<String> apply(ChangeContext context, Look look);
    }

    private Change change(UUID plan, OptionalLong revision, Work work) {
        try {
            return graph.write(tx -> change(tx, plan, revision, work));
        } catch (CapacityRules.Refusal e) {
            return new Change.Blocked(String.valueOf(e.getMessage()));
        }
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
                Optional.ofNullable(row.get("change").asString(null)).map(PlanChange.Kind::valueOf),
                Optional.ofNullable(row.get("finally").asString(null)).map(FinallyState::valueOf));
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
