package interlock.neo4j.advance;

import interlock.applier.Attempt;
import interlock.applier.Claim;
import interlock.applier.EndedAttempt;
import interlock.applier.FencingToken;
import interlock.applier.ProgressReport;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first phase: what there is to do, what running attempts have told of themselves, and who runs what. */
final class OpenPhase {
    private static final Cypher LOOK = Cypher.of("advance/open/look");
    private static final Cypher OWN_CLAIMS = Cypher.of("advance/open/own-claims");
    private static final Cypher MARK_LOST = Cypher.of("advance/open/mark-lost");
    private static final Cypher ABORTS = Cypher.of("advance/open/aborts");
    private static final Cypher REPORT = Cypher.of("advance/open/report");

    private final ChangeContext context;
    private final String applier;

    OpenPhase(ChangeContext context, String applier) {
        this.context = context;
        this.applier = applier;
    }

    /** {@return the row of what there is to do} The gate may have been asked for before, and need not have been had yet. */
    static QueryResult look(Transaction tx, String applier, boolean advancing) {
        return tx.run(LOOK, Map.of("applier", applier, "advancing", advancing));
    }

    /** {@return the rows of what is stored} What attempts have told of themselves, as far as they are still the applier's. */
    static @Nullable QueryResult report(Transaction tx, List<ProgressReport> reports) {
        return reports.isEmpty()
                ? null
                : tx.run(
                        REPORT,
                        Map.of("reports", reports.stream().map(OpenPhase::row).toList()));
    }

    /** Takes note of what attempts have told of themselves. */
    void take(@Nullable QueryResult reports) {
        if (reports == null) {
            return;
        }
        reports.forEachRemaining(row -> {
            if (!row.get("progress").isNull()) {
                context.changes()
                        .progress(
                                ChangeLog.OfAction.of(row, null),
                                row.get("progress").asDouble());
            }
        });
    }

    private static Map<String, @Nullable Object> row(ProgressReport report) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("action", report.claim().action().toString());
        row.put("applier", report.claim().fence().applier());
        row.put("attempt", report.claim().fence().attempt());
        row.put("progress", report.progress().isPresent() ? report.progress().getAsDouble() : null);
        row.put("requestIds", report.requestIds());
        return row;
    }

    /**
     * What the graph and an applier do not agree on.
     *
     * @param unknown what the applier runs, and the graph knows nothing of
     * @param neverStarted what the graph says that the applier runs, and it does not
     */
    record Reconciled(Set<Attempt> unknown, List<Claim> neverStarted) {}

    /**
     * Compares what the graph says that the applier runs with what it does run. They differ when the answer to a commit was
     * lost, or came too late: then what the graph alone knows was never started, and what the applier alone knows was taken
     * from it.
     */
    Reconciled reconcile(Opening opening, Set<Attempt> running, List<EndedAttempt> ended) {
        Set<Attempt> mine = new HashSet<>(running);
        ended.forEach(end -> mine.add(Attempt.of(end.claim())));
        mine.removeIf(attempt -> !attempt.fence().applier().equals(applier));
        if (opening.running() == mine.size()) {
            return new Reconciled(Set.of(), List.of());
        }
        Set<Attempt> known = new HashSet<>();
        List<Claim> neverStarted = claims(OWN_CLAIMS, Map.of("applier", applier)).stream()
                .filter(claim -> known.add(Attempt.of(claim)) && !mine.contains(Attempt.of(claim)))
                .toList();
        mine.removeAll(known);
        ended.forEach(end -> mine.remove(Attempt.of(end.claim())));
        return new Reconciled(mine, neverStarted);
    }

    /** {@return what those appliers were running that are found to be lost} */
    List<Claim> claimsOfTheLost(Duration grace) {
        return claims(MARK_LOST, Map.of("applier", applier, "grace", grace));
    }

    private List<Claim> claims(Cypher cypher, Map<String, Object> parameters) {
        return context.run(cypher, parameters)
                .list(row -> ClaimRow.stored(row, context.now().toInstant()).claim());
    }

    /** {@return which of the attempts that the applier runs are to be aborted, and why} */
    Map<Attempt, String> aborts() {
        Map<Attempt, String> aborts = new HashMap<>();
        context.run(ABORTS, Map.of("applier", applier)).forEachRemaining(row -> {
            FencingToken fence = new FencingToken(applier, row.get("attempt").asInt());
            aborts.put(
                    new Attempt(UUID.fromString(row.get("action").asString()), fence),
                    row.get("why").asString());
        });
        return aborts;
    }
}
