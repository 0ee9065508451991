package interlock.neo4j.database;

import interlock.applier.PlanGraph.GraphUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.neo4j.driver.async.ResultCursor;
import org.neo4j.driver.types.MapAccessor;

/**
 * The rows of a statement that was sent. Access to the rows blocks until they arrive; other statements can be sent
 * before that, so that several share one round trip.
 */
public final class QueryResult {
    private final CompletableFuture<List<MapAccessor>> rows;

    private QueryResult(CompletableFuture<List<MapAccessor>> rows) {
        this.rows = rows;
    }

    /**
     * {@return the rows that a driver will deliver}
     *
     * @param patience how long to wait for them; zero: without limit
     */
    static QueryResult of(CompletionStage<ResultCursor> cursor, Duration patience) {
        return new QueryResult(within(patience, cursor.thenCompose(it -> it.<MapAccessor>listAsync(row -> row))));
    }

    /** {@return the result of a driver's call, with a time-out} */
    static <T> CompletableFuture<T> within(Duration patience, CompletionStage<T> call) {
        CompletableFuture<T> result = call.toCompletableFuture();
        return patience.isZero() ? result : result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return a result with these rows} */
    public static QueryResult of(List<MapAccessor> rows) {
        return new QueryResult(CompletableFuture.completedFuture(rows));
    }

    /** {@return all rows} */
    public List<MapAccessor> list() {
        return await(rows);
    }

    /** {@return all rows, mapped} */
    public <T> List<T> list(Function<MapAccessor, T> mapping) {
        return list().stream().map(mapping).toList();
    }

    public Stream<MapAccessor> stream() {
        return list().stream();
    }

    public void forEachRemaining(Consumer<MapAccessor> action) {
        list().forEach(action);
    }

    /** {@return the single row} */
    public MapAccessor single() {
        List<MapAccessor> all = list();
        if (all.size() != 1) {
            throw new IllegalStateException("a statement that returns one row returned %d".formatted(all.size()));
        }
        return all.getFirst();
    }

    /** Blocks until the statement was executed. */
    public void consume() {
        list();
    }

    /** {@return the result of a driver's call} Throws what the driver throws. */
    public static <T> T await(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new GraphUnavailable("it does not answer", e);
            }
            throw e;
        }
    }
}
