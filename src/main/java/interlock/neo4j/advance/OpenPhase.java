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

/**
 * The first phase: finds the pending work, stores the progress of running attempts, and compares running attempts with
 * the graph.
 */
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

    /** {@return the row of pending work} The gate may be requested before, but not acquired yet. */
    static QueryResult look(Transaction tx, String applier, boolean advancing) {
        return tx.run(LOOK, Map.of("applier", applier, "advancing", advancing));
    }

    /** {@return the rows of the stored reports} Only reports of attempts that the applier still holds are stored. */
    static @Nullable QueryResult report(Transaction tx, List<ProgressReport> reports) {
        return reports.isEmpty()
                ? null
                : tx.run(
                        REPORT,
                        Map.of("reports", reports.stream().map(OpenPhase::row).toList()));
    }

    /** Records the stored reports. */
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
     * The differences between the graph and an applier.
     *
     * @param unknown attempts that the applier runs but the graph does not know
     * @param neverStarted attempts that the applier runs by the graph, but not in fact
     */
    record Reconciled(Set<Attempt> unknown, List<Claim> neverStarted) {}

    /**
     * Compares the applier's attempts in the graph with those that it runs. They differ if the response to a commit was
     * lost or came too late: attempts that only the graph knows were never started; attempts that only the applier
     * knows were taken back.
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

    /** {@return the running attempts of appliers that are found to be lost} */
    List<Claim> claimsOfTheLost(Duration grace) {
        return claims(MARK_LOST, Map.of("applier", applier, "grace", grace));
    }

    private List<Claim> claims(Cypher cypher, Map<String, Object> parameters) {
        return context.run(cypher, parameters)
                .list(row -> ClaimRow.stored(row, context.now().toInstant()).claim());
    }

    /** {@return the attempts of the applier that must be aborted, with the reasons} */
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
