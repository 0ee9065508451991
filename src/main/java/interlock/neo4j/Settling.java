package interlock.neo4j;

import interlock.applier.Attempt;
import interlock.applier.Claim;
import interlock.applier.Fence;
import interlock.applier.Settlement;
import interlock.model.ActionState;
import interlock.model.Failure;
import interlock.model.OnFailure;
import interlock.model.Outcome;
import interlock.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** Stores how attempts ended, and what follows from it for those that waited. What has failed is left to others. */
final class Settling {
    private static final Cypher SETTLE = Cypher.of("applier/settle");
    private static final Cypher END_WAITS = Cypher.of("applier/end-waits");
    private static final Cypher MARK_REVERTED = Cypher.of("applier/mark-reverted");

    private final Step step;

    /**
     * What was stored.
     *
     * @param refused what was not, because its fence no longer holds
     * @param failed what has failed for good, and nothing has taken its place yet
     * @param pathsMayOpen whether a path that waited may have nothing to wait for any more
     * @param retries when the actions that are tried again are due
     */
    record Settled(List<Settlement> refused, List<Failed> failed, boolean pathsMayOpen, List<Instant> retries) {}

    /**
     * An action that has failed for good.
     *
     * @param claim the action
     * @param message what its last attempt said
     */
    record Failed(Claim claim, String message) {
        String action() {
            return claim.action().toString();
        }

        /** {@return why what it belongs to has failed} */
        String reason() {
            return "Action '%s' failed: %s".formatted(claim.id(), message);
        }

        /** {@return the failure policy that holds for it} A roll-back goes on with what does not depend on the failure. */
        OnFailure policy() {
            return claim.revert() && claim.path().isEmpty() ? OnFailure.CONTINUE : claim.onFailure();
        }
    }

    Settling(Step step) {
        this.step = step;
    }

    /** {@return the rows of what was stored} The time is the gate's. */
    static Rows send(Transaction tx, List<Settlement> settlements) {
        return tx.run(
                SETTLE,
                Map.of("settlements", settlements.stream().map(Settling::row).toList()));
    }

    /** {@return what comes of it} Does what follows, as far as the statement has not. */
    Settled take(List<Settlement> settlements, Rows rows) {
        Map<Attempt, MapAccessor> stored = new HashMap<>();
        rows.forEachRemaining(row -> stored.put(attempt(row), row));
        Map<Settlement, MapAccessor> settled = new LinkedHashMap<>();
        List<Settlement> refused = new ArrayList<>();
        for (Settlement settlement : settlements) {
            MapAccessor row = stored.remove(
                    new Attempt(settlement.claim().action(), settlement.claim().fence()));
            if (row == null) {
                refused.add(settlement);
            } else {
                settled.put(settlement, row);
            }
        }
        settled.keySet().forEach(this::note);
        step.runFor(
                MARK_REVERTED,
                "reverts",
                uuids(settled.keySet().stream()
                        .filter(it -> it.claim().revert() && stateAfter(it.verdict()) == ActionState.SUCCEEDED)
                        .toList()));
        return new Settled(refused, failed(settled), endWaits(settled), retries(settled));
    }

    /** Outcomes of several attempts of one action may come in at once, if its applier was taken for lost in between. */
    private static Attempt attempt(MapAccessor row) {
        return new Attempt(
                UUID.fromString(row.get("action").asString()),
                new Fence(row.get("applier").asString(), row.get("attempt").asInt()));
    }

    private static List<String> uuids(List<Settlement> settlements) {
        return settlements.stream()
                .map(settlement -> settlement.claim().action().toString())
                .toList();
    }

    private static List<Failed> failed(Map<Settlement, MapAccessor> settled) {
        return settled.entrySet().stream()
                .filter(it -> stateAfter(it.getKey().verdict()) == ActionState.FAILED)
                .filter(it -> !it.getValue().get("replaced").asBoolean())
                .map(it -> new Failed(it.getKey().claim(), it.getKey().outcome().message()))
                .toList();
    }

    private boolean endWaits(Map<Settlement, MapAccessor> settled) {
        List<String> awaited = uuids(settled.entrySet().stream()
                .filter(it -> it.getValue().get("awaited").asBoolean())
                .map(Map.Entry::getKey)
                .toList());
        step.runFor(END_WAITS, "actions", awaited);
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
        row.put("outcome", settlement.outcome().word());
        row.put("message", settlement.outcome().message());
        row.put("failed", settlement.outcome() instanceof Outcome.Failed ? 1 : 0);
        row.put("interrupted", isInDoubt(settlement.outcome()) ? true : null);
        row.put("state", state.name());
        row.put("label", state.label());
        row.put("statusMessage", messageOf(verdict));
        row.put("ended", state.ended());
        row.put("complete", state.complete());
        row.put("notBefore", verdict instanceof Verdict.Retry retry ? Graph.time(retry.notBefore()) : null);
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
        Changes.OfAction change = Changes.OfAction.of(settlement.claim(), messageOf(settlement.verdict()));
        step.changes().action(change, ActionState.ONGOING, stateAfter(settlement.verdict()));
    }
}
