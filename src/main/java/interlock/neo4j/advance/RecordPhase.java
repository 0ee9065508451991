package interlock.neo4j.advance;

import interlock.model.FinallyState;
import interlock.model.PlanOutcome;
import interlock.model.PlanState;
import interlock.model.RollBackState;
import interlock.neo4j.database.Cypher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * The last phase of an advance and of every other change of plans: updates counters, ends the paths and plans without
 * remaining work, and stores the changes under each plan's next revision number.
 */
public final class RecordPhase {
    private static final Cypher SETTLE_PATHS = Cypher.of("advance/record/settle-paths");
    private static final Cypher COUNT = Cypher.of("advance/record/count");
    private static final Cypher NOT_REVERTED = Cypher.of("advance/record/not-reverted");
    private static final Cypher IN_DOUBT = Cypher.of("advance/record/in-doubt");
    private static final Cypher PATHS_TAKEN = Cypher.of("advance/record/paths-taken");
    private static final Cypher BEGIN_FINALLY = Cypher.of("advance/record/begin-finally");
    private static final Cypher FAILED_FINALLY = Cypher.of("advance/record/failed-finally");
    private static final Cypher END_PLAN = Cypher.of("advance/record/end-plan");

    private final ChangeContext context;
    private boolean more;

    /** Records the changes in this context. */
    public RecordPhase(ChangeContext context) {
        this.context = context;
    }

    /**
     * Records all changes. No change may follow.
     *
     * @return whether the finally actions of a plan have begun, so that the next advance has work
     */
    public boolean record() {
        List<Map<String, Object>> paths = context.changes().pathRows();
        if (!paths.isEmpty()) {
            context.send(SETTLE_PATHS, Map.of("paths", paths));
        }
        List<Map<String, @Nullable Object>> plans = context.changes().planRows();
        if (!plans.isEmpty()) {
            context.run(COUNT, Map.of("changes", plans)).forEachRemaining(this::endIfOver);
        }
        return more;
    }

    private void endIfOver(MapAccessor row) {
        PlanState state = PlanState.valueOf(row.get("state").asString());
        Value rollBack = row.get("rollBack");
        PlanOutcome.Left left = new PlanOutcome.Left(
                state,
                row.get("open").asLong(),
                !rollBack.isNull() && rollBack.asString().equals(RollBackState.AWAITING.name()),
                row.get("held").asBoolean());
        if (!left.isNothing()) {
            return;
        }
        String plan = row.get("plan").asString();
        if (is(FinallyState.WAITING, row)) {
            PlanOutcome soFar = PlanOutcome.of(facts(state, row));
            context.send(
                    BEGIN_FINALLY,
                    Map.of(
                            "plan",
                            plan,
                            "message",
                            (soFar.message().map(PlanOutcome::sentence).orElse("") + " The finally actions run.")
                                    .strip()));
            more = true;
        } else {
            end(plan, PlanOutcome.of(facts(state, row)));
        }
    }

    private static boolean is(FinallyState state, MapAccessor row) {
        return state.name().equals(row.get("finally").asString(null));
    }

    private PlanOutcome.Facts facts(PlanState state, MapAccessor row) {
        String plan = row.get("plan").asString();
        Optional<String> failure = Optional.ofNullable(row.get("failure").asString(null));
        boolean wasCancelled = row.get("wasCancelled").asBoolean();
        boolean finallyAborted = is(FinallyState.ONGOING, row) && state == PlanState.CANCELLING;
        return new PlanOutcome.Facts(
                wasCancelled || (state == PlanState.CANCELLING && !(finallyAborted && failure.isPresent())),
                failure,
                row.get("rollBack").isNull() ? Optional.empty() : Optional.of(rollBack(plan)),
                row.get("skipped").asLong(),
                row.get("activations").asLong() == 0 ? new PlanOutcome.Some<>(0, List.of()) : taken(plan),
                wasCancelled ? failedFinally(plan) : Optional.empty());
    }

    private Optional<String> failedFinally(String plan) {
        return context.run(FAILED_FINALLY, Map.of("plan", plan)).stream()
                .findFirst()
                .map(row -> Failures.message(
                        row.get("id").asString(), null, row.get("message").asString("")));
    }

    private PlanOutcome.RollBack rollBack(String plan) {
        MapAccessor row = context.run(NOT_REVERTED, named(plan)).single();
        MapAccessor doubt = context.run(IN_DOUBT, named(plan)).single();
        return new PlanOutcome.RollBack(
                row.get("succeeded").asLong(),
                new PlanOutcome.Some<>(
                        row.get("total").asLong(), row.get("left").asList(RecordPhase::withReason)),
                new PlanOutcome.Some<>(
                        doubt.get("total").asLong(), doubt.get("doubtful").asList(RecordPhase::withReason)));
    }

    private static String withReason(Value action) {
        String reason = action.get("reason").asString(null);
        return "'%s'%s".formatted(action.get("id").asString(), reason == null ? "" : " (" + reason + ")");
    }

    private PlanOutcome.Some<PlanOutcome.Taken> taken(String plan) {
        MapAccessor row = context.run(PATHS_TAKEN, named(plan)).single();
        return new PlanOutcome.Some<>(
                row.get("total").asLong(),
                row.get("taken")
                        .asList(one -> new PlanOutcome.Taken(
                                one.get("path").asString(),
                                one.get("action").asString(),
                                one.get("compensation").asBoolean())));
    }

    private static Map<String, Object> named(String plan) {
        return Map.of("plan", plan, "limit", PlanOutcome.NAMED);
    }

    private void end(String plan, PlanOutcome outcome) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", plan);
        parameters.put("state", outcome.state().name());
        parameters.put("message", outcome.message().orElse(null));
        context.send(END_PLAN, parameters);
    }
}
