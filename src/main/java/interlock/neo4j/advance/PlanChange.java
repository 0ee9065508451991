package interlock.neo4j.advance;

import interlock.model.ActionState;
import interlock.model.PlanState;
import interlock.neo4j.database.Cypher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * A change of all actions of a plan in portions, so that large plans do not delay others. The position is stored with
 * the plan, so that a change survives a crash: the next advance of any applier continues it.
 */
public final class PlanChange {
    private static final Cypher NEXT = Cypher.of("advance/change/next");
    private static final Cypher BEGIN = Cypher.of("advance/change/begin");
    private static final Cypher MOVE = Cypher.of("advance/change/move");
    private static final Cypher OPEN = Cypher.of("advance/change/open");
    private static final Cypher PAUSE = Cypher.of("advance/change/pause");
    private static final Cypher NOT_STARTED = Cypher.of("advance/change/not-started");
    private static final Cypher TO_RESET = Cypher.of("advance/change/to-reset");
    private static final Cypher FINISH = Cypher.of("advance/change/finish");
    private static final Cypher RESET = Cypher.of("advance/change/reset");
    private static final Cypher BLOCK_SKIPPED = Cypher.of("advance/change/block-skipped");
    private static final Cypher RETRY_PATHS = Cypher.of("advance/change/retry-paths");
    private static final Cypher PENDING = Cypher.of("advance/change/pending");
    private static final Cypher CANCEL = Cypher.of("advance/follow/cancel");

    private final ChangeContext context;

    /** The kind of change. */
    public enum Kind {
        /** Actions without open parents become ready: the plan starts or resumes. */
        OPENING,
        /** Ready actions are taken out of the queue: the plan is paused. */
        PAUSING,
        /** Actions that have not started are cancelled: the plan is cancelled or stops. */
        CANCELLING,
        /** Failed and cancelled actions become pending: the plan is retried. */
        RETRYING,
        /** Finally actions begin to wait for their parents: all at once, because a path may replace several of them. */
        FINISHING,
        /** The open parents of the pending actions are counted again, after all actions were reset. */
        COUNTING
    }

    /** Works within a change that its creator records. */
    public PlanChange(ChangeContext context) {
        this.context = context;
    }

    /** Starts to change all actions of a plan. An unfinished change of the plan is dropped. */
    public void begin(String plan, Kind kind, @Nullable String message) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", plan);
        parameters.put("change", kind.name());
        parameters.put("message", message);
        context.send(BEGIN, parameters);
    }

    /**
     * Continues the unfinished changes of all plans, or of one plan.
     *
     * @param plan the plan; empty for all
     * @param portion the maximum number of processed actions
     * @return whether a change is still unfinished
     */
    public boolean advance(Optional<String> plan, int portion) {
        int left = portion;
        while (left > 0) {
            Map<String, @Nullable Object> which = new HashMap<>();
            which.put("plan", plan.orElse(null));
            Optional<MapAccessor> next = context.run(NEXT, which).stream().findFirst();
            if (next.isEmpty()) {
                return false;
            }
            left -= portion(next.get(), left);
        }
        return true;
    }

    /** {@return the number of processed actions, at least 1} */
    private int portion(MapAccessor row, int most) {
        String plan = row.get("plan").asString();
        Kind kind = Kind.valueOf(row.get("change").asString());
        int first = row.get("first").asInt();
        int total = row.get("total").asInt() + context.changes().added(plan);
        int end = kind == Kind.FINISHING ? total : Math.min(first + most, total);
        Map<String, Object> range = Map.of("plan", plan, "first", first, "end", end);
        switch (kind) {
            case OPENING -> {
                if (row.get("state").asString().equals(PlanState.ONGOING.name())) {
                    context.send(OPEN, range);
                }
            }
            case PAUSING -> context.send(PAUSE, range);
            case CANCELLING ->
                cancelNotStarted(range, String.valueOf(row.get("message").asString(null)));
            case RETRYING -> {
                reset(context, actions(TO_RESET, range), ActionState.PENDING);
                context.send(BLOCK_SKIPPED, range);
            }
            case FINISHING -> {
                reset(context, actions(FINISH, range), ActionState.PENDING);
                ReadyPhase.countParents(context, actions(PENDING, range));
            }
            case COUNTING -> ReadyPhase.countParents(context, actions(PENDING, range));
        }
        if (end < total) {
            move(plan, kind, end);
        } else {
            end(plan, kind, row.get("paused").asBoolean());
        }
        return Math.max(1, end - first);
    }

    /**
     * A pause does not interrupt {@link Kind#COUNTING} and {@link Kind#FINISHING}: the actions that they made ready are
     * taken out of the queue afterwards.
     */
    private void end(String plan, Kind kind, boolean paused) {
        if (kind == Kind.RETRYING) {
            context.send(RETRY_PATHS, Map.of("plan", plan));
            move(plan, Kind.COUNTING, 0);
        } else if ((kind == Kind.COUNTING || kind == Kind.FINISHING) && paused) {
            move(plan, Kind.PAUSING, 0);
        } else {
            move(plan, null, null);
            context.changes().plan(plan);
        }
    }

    private void move(String plan, @Nullable Kind kind, @Nullable Integer first) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", plan);
        parameters.put("change", kind == null ? null : kind.name());
        parameters.put("first", first);
        context.send(MOVE, parameters);
    }

    private void cancelNotStarted(Map<String, Object> range, String message) {
        cancel(actions(NOT_STARTED, range).stream()
                .map(action -> Map.<String, Object>of("action", action, "message", message))
                .toList());
    }

    private List<String> actions(Cypher cypher, Map<String, Object> range) {
        return context.run(cypher, range).list(row -> row.get("action").asString());
    }

    /** Makes ended actions run again, or wait in STANDBY. */
    public static void reset(ChangeContext context, List<String> actions, ActionState state) {
        if (actions.isEmpty()) {
            return;
        }
        context.run(RESET, Map.of("actions", actions, "state", state.name(), "label", state.label()))
                .forEachRemaining(row -> context.changes()
                        .action(
                                ChangeLog.OfAction.of(row, null),
                                ActionState.valueOf(row.get("state").asString()),
                                state));
    }

    /**
     * Cancels actions that have not started.
     *
     * @param actions maps with action (uuid) and message
     * @return the cancelled actions
     */
    List<ChangeLog.OfAction> cancel(List<Map<String, Object>> actions) {
        if (actions.isEmpty()) {
            return List.of();
        }
        List<ChangeLog.OfAction> cancelled = context.run(CANCEL, Map.of("actions", actions))
                .list(row -> ChangeLog.OfAction.of(row, row.get("message").asString()));
        cancelled.forEach(action -> context.changes().action(action, ActionState.PENDING, ActionState.CANCELLED));
        return cancelled;
    }
}
