package interlock.neo4j;

import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Values;
import org.neo4j.driver.types.MapAccessor;
import org.neo4j.graphdb.ExecutionPlanDescription;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Result;

/** Transactions that count what their statements cost. */
final class ProfiledTransactions implements Transactions {
    private final GraphDatabaseService database;
    private final InstantSource clock;
    private long hits;

    ProfiledTransactions(GraphDatabaseService database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** {@return the database hits since this was asked last} */
    long hits() {
        long since = hits;
        hits = 0;
        return since;
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        try (org.neo4j.graphdb.Transaction tx = database.beginTx()) {
            T result = Transaction.run((text, parameters) -> rows(tx, text, parameters), Optional.of(clock), work);
            tx.commit();
            return result;
        }
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return write(work);
    }

    private QueryResult rows(org.neo4j.graphdb.Transaction tx, String text, Map<String, @Nullable Object> parameters) {
        try (Result result = tx.execute("PROFILE " + text, parameters)) {
            var rows = result.stream().<MapAccessor>map(Values::value).toList();
            hits += hits(result.getExecutionPlanDescription());
            return QueryResult.of(rows);
        }
    }

    private static long hits(ExecutionPlanDescription plan) {
        return plan.getProfilerStatistics().getDbHits()
                + plan.getChildren().stream()
                        .mapToLong(ProfiledTransactions::hits)
                        .sum();
    }
}
