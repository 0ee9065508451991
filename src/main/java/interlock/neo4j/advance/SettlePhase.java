package interlock.neo4j.advance;

import interlock.api.Failure;
import interlock.applier.Attempt;
import interlock.applier.Claim;
import interlock.applier.EndedAttempt;
import interlock.applier.FencingToken;
import interlock.applier.ResultJudge;
import interlock.applier.RetryPermission;
import interlock.applier.Settlement;
import interlock.model.ActionState;
import interlock.model.Outcome;
import interlock.model.Verdict;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * The second phase: stores the outcomes of attempts against their fencing tokens, and updates the children of completed
 * actions.
 */
final class SettlePhase {
    private static final Cypher RETRY_PERMISSIONS = Cypher.of("advance/settle/retry-permissions");
    private static final Cypher SETTLE = Cypher.of("advance/settle/settle");
    private static final Cypher COMPLETE = Cypher.of("advance/settle/complete");
    private static final Cypher END_WAITS = Cypher.of("advance/settle/end-waits");
    private static final Cypher MARK_REVERTED = Cypher.of("advance/settle/mark-reverted");

    private final ChangeContext context;
    private final List<Settlement> stored = new ArrayList<>();
    private final List<Settlement> refused = new ArrayList<>();
    private final List<FailedAction> failed = new ArrayList<>();
    private final List<Instant> retries = new ArrayList<>();
    private boolean pathsMayOpen;

    SettlePhase(ChangeContext context) {
        this.context = context;
    }

    /** {@return the stored settlements} */
    List<Settlement> stored() {
        return stored;
    }

    /** {@return the refused settlements, whose fencing tokens are no longer valid} */
    List<Settlement> refused() {
        return refused;
    }

    /** {@return the actions that have failed for good and are not replaced} */
    List<FailedAction> failed() {
        return failed;
    }

    /** {@return the times of the next attempts of retried actions} */
    List<Instant> retries() {
        return retries;
    }

    /** {@return whether a waiting alternative path may be ready to open} */
    boolean pathsMayOpen() {
        return pathsMayOpen;
    }

    /**
     * {@return the settlements of ended attempts} The plan's permission to retry is looked up only where it matters.
     */
    List<Settlement> judge(List<EndedAttempt> ended, ResultJudge judge) {
        Map<UUID, RetryPermission> permissions = permissions(ended.stream()
                .filter(end -> !end.isClear())
                .map(EndedAttempt::claim)
                .toList());
        return ended.stream()
                .map(end -> judge.judge(
                        end,
                        permissions.getOrDefault(end.claim().action(), RetryPermission.RUNNING),
                        () -> context.now().toInstant()))
                .toList();
    }

    private Map<UUID, RetryPermission> permissions(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        List<String> actions =
                claims.stream().map(claim -> claim.action().toString()).toList();
        Map<UUID, RetryPermission> permissions = new HashMap<>();
        context.run(RETRY_PERMISSIONS, Map.of("actions", actions))
                .forEachRemaining(row -> permissions.put(
                        UUID.fromString(row.get("action").asString()),
                        RetryPermission.valueOf(row.get("permission").asString())));
        return permissions;
    }

    /** {@return the rows of the stored settlements} Their time is that of the gate, which may not be known yet. */
    static QueryResult send(Transaction tx, List<Settlement> settlements) {
        QueryResult rows = tx.run(
                SETTLE,
                Map.of("settlements", settlements.stream().map(SettlePhase::row).toList()));
        complete(tx);
        return rows;
    }

    /** Updates the children of the actions that are marked as complete. */
    static void complete(Transaction tx) {
        tx.send(COMPLETE, Map.of());
    }

    /** Records the stored settlements and their consequences. */
    void take(List<Settlement> settlements, QueryResult rows) {
        Map<Attempt, MapAccessor> found = new HashMap<>();
        rows.forEachRemaining(row -> found.put(attempt(row), row));
        Map<Settlement, MapAccessor> settled = new LinkedHashMap<>();
        for (Settlement settlement : settlements) {
            MapAccessor row = found.remove(
                    new Attempt(settlement.claim().action(), settlement.claim().fence()));
            if (row == null) {
                refused.add(settlement);
            } else {
                settled.put(settlement, row);
            }
        }
        settled.keySet().forEach(this::note);
        context.runFor(
                MARK_REVERTED,
                "reverts",
                uuids(settled.keySet().stream()
                        .filter(it -> it.claim().revert() && stateAfter(it.verdict()) == ActionState.SUCCEEDED)
                        .toList()));
        stored.addAll(settled.keySet());
        failed.addAll(failed(settled));
        retries.addAll(retries(settled));
        pathsMayOpen |= endWaits(settled);
    }

    /** Stores settlements and records the result. */
    void settle(List<Settlement> settlements) {
        if (!settlements.isEmpty()) {
            take(settlements, send(context.tx(), settlements));
        }
    }

    /** Several attempts of one action may end in the same advance, if its applier was declared lost in between. */
    private static Attempt attempt(MapAccessor row) {
        return new Attempt(
                UUID.fromString(row.get("action").asString()),
                new FencingToken(
                        row.get("applier").asString(), row.get("attempt").asInt()));
    }

    private static List<String> uuids(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.claim().action().toString())
                .toList();
    }

    private static List<FailedAction> failed(Map<Settlement, MapAccessor> settled) {
        return settled.entrySet().stream()
                .filter(it -> stateAfter(it.getKey().verdict()) == ActionState.FAILED)
                .filter(it -> !it.getValue().get("replaced").asBoolean())
                .map(it -> new FailedAction(
                        it.getKey().claim(), it.getKey().outcome().message()))
                .toList();
    }

    private boolean endWaits(Map<Settlement, MapAccessor> settled) {
        List<String> awaited = uuids(settled.entrySet().stream()
                .filter(it -> it.getValue().get("awaited").asBoolean())
                .map(Map.Entry::getKey)
                .toList());
        context.runFor(END_WAITS, "actions", awaited);
        return !awaited.isEmpty();
    }

    private static List<Instant> retries(Map<Settlement, MapAccessor> settled) {
        List<Instant> due = new ArrayList<>();
        for (Settlement settlement : settled.keySet()) {
            if (settlement.verdict() instanceof Verdict.Retry(Instant notBefore, String _)) {
                due.add(notBefore);
            }
        }
        return due;
    }

    private static Map<String, @Nullable Object> row(Settlement settlement) {
        Claim claim = settlement.claim();
        Verdict verdict = settlement.verdict();
        ActionState state = stateAfter(verdict);
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("action", claim.action().toString());
        row.put("applier", claim.fence().applier());
        row.put("attempt", claim.fence().attempt());
        row.put("outcome", settlement.outcome().kind().name());
        row.put("message", settlement.outcome().message());
        row.put("failed", settlement.outcome() instanceof Outcome.Failed ? 1 : 0);
        row.put("interrupted", isInDoubt(settlement.outcome()) ? true : null);
        row.put("state", state.name());
        row.put("label", state.label());
        row.put("statusMessage", messageOf(verdict));
        row.put("ended", state.ended());
        row.put("complete", state.complete());
        row.put("notBefore", verdict instanceof Verdict.Retry retry ? Graph.time(retry.notBefore()) : null);
        row.put(
                "deadlineAt",
                verdict instanceof Verdict.Retry
                        ? claim.deadline().map(Graph::time).orElse(null)
                        : null);
        return row;
    }

    private static boolean isInDoubt(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Lost _ -> true;
            case Outcome.Failed(Failure failure) -> failure.inDoubt();
            default -> false;
        };
    }

    private static ActionState stateAfter(Verdict verdict) {
        return switch (verdict) {
            case Verdict.End(ActionState state, String _) -> state;
            case Verdict.Retry _ -> ActionState.PENDING;
        };
    }

    private static @Nullable String messageOf(Verdict verdict) {
        String message = switch (verdict) {
            case Verdict.End(ActionState _, String text) -> text;
            case Verdict.Retry(Instant _, String text) -> text;
        };
        return message.isEmpty() ? null : message;
    }

    private void note(Settlement settlement) {
        ChangeLog.OfAction change = ChangeLog.OfAction.of(settlement.claim(), messageOf(settlement.verdict()));
        context.changes().action(change, ActionState.ONGOING, stateAfter(settlement.verdict()));
    }
}
