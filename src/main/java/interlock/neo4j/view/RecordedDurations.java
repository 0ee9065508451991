package interlock.neo4j.view;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The usual durations of action types, from the actions that ended last. */
public final class RecordedDurations {
    private static final Cypher DURATIONS = Cypher.of("read/durations");

    private RecordedDurations() {}

    /** {@return the mean durations in seconds, by type; without types that never succeeded} */
    public static Map<String, Double> read(Transaction tx, Set<String> actionTypes) {
        return actionTypes.isEmpty()
                ? Map.of()
                : tx.run(DURATIONS, Map.of("types", List.copyOf(actionTypes))).stream()
                        .collect(Collectors.toMap(
                                row -> row.get("type").asString(),
                                row -> row.get("seconds").asDouble()));
    }
}
