package interlock.neo4j.database;

import interlock.model.Fatal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Values;
import org.neo4j.driver.types.MapAccessor;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.QueryExecutionException;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.TransientFailureException;
import org.neo4j.kernel.api.exceptions.Status;

/**
 * Transactions inside the process of an embedded database: the same statements and rows, but without a network and
 * without other threads. That saves more than half of the time of a small transaction.
 *
 * <p>The rows of statements may contain property values, lists and maps, but no nodes and no relationships.
 *
 * <p>For threads that are never interrupted during a transaction: the database accesses its files on the caller's
 * thread.
 */
public final class EmbeddedTransactions implements Transactions {
    /** The number of tries of a transaction that fails for a transient reason, such as a deadlock. */
    private static final int TRIES = 5;

    private final GraphDatabaseService database;
    private final Optional<InstantSource> clock;
    private final TransactionTimeouts timeouts;

    /** Marks exceptions of the database, to separate them from those of the work. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Throwable why;

        Refused(Throwable why) {
            super(why);
            this.why = why;
        }

        boolean passes() {
            return why instanceof TransientFailureException;
        }

        RuntimeException explained() {
            return Graph.unavailable(code(), String.valueOf(why.getMessage()), why);
        }

        private String code() {
            return switch (why) {
                case QueryExecutionException refused -> refused.getStatusCode();
                case Status.HasStatus ended -> ended.status().code().serialize();
                default -> "";
            };
        }
    }

    /** Creates transactions. The stored times come from {@code clock} if given, else from the database's clock. */
    public EmbeddedTransactions(
            GraphDatabaseService database, Optional<InstantSource> clock, TransactionTimeouts timeouts) {
        this.database = database;
        this.clock = clock;
        this.timeouts = timeouts;
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return transact(work, timeouts.write(), org.neo4j.graphdb.Transaction::commit);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return transact(work, timeouts.read(), org.neo4j.graphdb.Transaction::rollback);
    }

    private <T extends @Nullable Object> T transact(
            Function<Transaction, T> work, Duration timeout, Consumer<org.neo4j.graphdb.Transaction> end) {
        boolean interrupted = Thread.interrupted(); // deferred: an interrupt would close a file that is being written
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return once(work, timeout, end);
                } catch (Refused e) {
                    if (!e.passes() || tries == TRIES) {
                        throw e.explained();
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T extends @Nullable Object> T once(
            Function<Transaction, T> work, Duration timeout, Consumer<org.neo4j.graphdb.Transaction> end) {
        try (org.neo4j.graphdb.Transaction tx =
                asked(() -> database.beginTx(timeout.toMillis(), TimeUnit.MILLISECONDS))) {
            T result = Transaction.run((text, parameters) -> rows(tx, text, parameters), clock, work);
            asked(() -> {
                end.accept(tx);
                return result;
            });
            return result;
        }
    }

    private static QueryResult rows(
            org.neo4j.graphdb.Transaction tx, String text, Map<String, @Nullable Object> parameters) {
        List<Map<String, Object>> rows = asked(() -> {
            try (Result result = tx.execute(text, parameters)) {
                return result.stream().toList();
            }
        });
        return QueryResult.of(rows.stream().<MapAccessor>map(Values::value).toList());
    }

    /** Wraps all exceptions of a call, including errors: over Bolt they do not reach the caller's thread either. */
    private static <T extends @Nullable Object> T asked(Supplier<T> call) {
        try {
            return call.get();
        } catch (Throwable e) {
            Fatal.rethrow(e);
            throw new Refused(e);
        }
    }
}
