package interlock.neo4j.duration;

import interlock.model.AttemptOutcome;
import interlock.model.DurationKey;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Json;
import interlock.neo4j.database.Lock;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Records what attempts took, in portions and beside the appliers: it follows the revisions of all plans, so that no
 * attempt is recorded twice or left out, and the appliers do nothing for it. Several services take turns.
 */
public final class DurationRecorder {
    private static final Cypher POSITION = Cypher.of("duration/position");
    private static final Cypher ENDED = Cypher.of("duration/ended");
    private static final Cypher ATTEMPTS = Cypher.of("duration/attempts");
    private static final Cypher RECORD = Cypher.of("duration/record");
    private static final Cypher MOVE = Cypher.of("duration/move");

    /** The latest attempts of one key that are kept. */
    private static final int KEPT = 500;

    /** The turns of the gate in one transaction. */
    private static final int TURNS = 200;

    private static final String ONGOING = "ONGOING";

    private final Transactions graph;

    /** The attempts of one key, the latest last. */
    private record Ended(String key, String actionType, List<Double> durations, List<Boolean> succeeded) {
        Map<String, Object> row() {
            int from = Math.max(0, durations.size() - KEPT);
            return Map.of(
                    "key", key,
                    "actionType", actionType,
                    "count", durations.size(),
                    "durations", durations.subList(from, durations.size()),
                    "succeeded", succeeded.subList(from, succeeded.size()));
        }
    }

    /** Records in {@code graph}. */
    public DurationRecorder(Transactions graph) {
        this.graph = graph;
    }

    /**
     * Records at most so many portions of the attempts that have ended since the latest one.
     *
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is unavailable
     */
    public void record(int most) {
        boolean more = true;
        for (int portion = 0; more && portion < most; portion++) {
            more = record();
        }
    }

    /**
     * Records one portion of the attempts that have ended since the latest one.
     *
     * @return whether more are left
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is unavailable
     */
    public boolean record() {
        // what an earlier transaction has seen of the latest turn is visible as a whole in the next one
        long latest = graph.read(Transaction::turn);
        if (graph.read(tx -> position(tx)) >= latest) {
            return false;
        }
        return graph.write(tx -> {
            tx.take(Lock.DURATIONS);
            long from = position(tx);
            long until = Math.min(latest, from + TURNS);
            if (from >= until) {
                return false;
            }
            List<Map<String, Object>> ended = new ArrayList<>();
            tx.run(ENDED, Map.of("from", from, "until", until))
                    .forEachRemaining(row -> add(row.get("actions").asString(), ended));
            if (!ended.isEmpty()) {
                tx.send(RECORD, Map.of("recorded", rows(tx, ended), "kept", KEPT));
            }
            tx.send(MOVE, Map.of("turn", until));
            return until < latest;
        });
    }

    private static long position(Transaction tx) {
        return tx.run(POSITION, Map.of()).single().get("turn").asLong();
    }

    private static void add(String actions, List<Map<String, Object>> ended) {
        for (Map<String, Object> change : Json.readObjects(actions)) {
            if (ONGOING.equals(change.get("old_state"))
                    && !ONGOING.equals(change.get("state"))
                    && change.get("uuid") instanceof String uuid
                    && change.get("attempt") instanceof Number number) {
                ended.add(Map.of("action", uuid, "number", number.longValue()));
            }
        }
    }

    private static List<Map<String, Object>> rows(Transaction tx, List<Map<String, Object>> ended) {
        Map<String, Ended> byKey = new LinkedHashMap<>();
        List<MapAccessor> attempts = tx.run(
                        ATTEMPTS,
                        Map.of(
                                "attempts",
                                ended,
                                "outcomes",
                                List.of(AttemptOutcome.SUCCEEDED.name(), AttemptOutcome.FAILED.name())))
                .list();
        for (MapAccessor row : attempts) {
            double seconds = row.get("seconds").asDouble();
            boolean succeeded = row.get("succeeded").asBoolean();
            String type = row.get("actionType").asString();
            boolean revert = row.get("revert").asBoolean();
            Value estimated = row.get("estimated");
            if (estimated.isNull()) {
                keys(type, revert, row.get("durationKey").asString())
                        .forEach(key -> add(byKey, key, type, seconds, succeeded));
            } else {
                DurationKey.ofEstimate(type, revert, estimated.asDouble())
                        .ifPresent(key -> add(byKey, key, type, seconds / estimated.asDouble(), succeeded));
            }
        }
        return byKey.values().stream().map(Ended::row).toList();
    }

    private static Set<String> keys(String type, boolean revert, String durationKey) {
        return Set.copyOf(Stream.of(DurationKey.ofType(type, revert), DurationKey.of(type, revert, durationKey))
                .distinct()
                .toList());
    }

    private static void add(Map<String, Ended> byKey, String key, String type, double duration, boolean succeeded) {
        Ended ended = byKey.computeIfAbsent(key, _ -> new Ended(key, type, new ArrayList<>(), new ArrayList<>()));
        ended.durations().add(duration);
        ended.succeeded().add(succeeded);
    }
}
