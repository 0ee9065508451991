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
 * The rows of a statement that has been sent. Who asks for them waits for them; until then other statements may be sent
 * after it, so that the database is asked several things in one round trip.
 */
public final class QueryResult {
    private final CompletableFuture<List<MapAccessor>> rows;

    private QueryResult(CompletableFuture<List<MapAccessor>> rows) {
        this.rows = rows;
    }

    /**
     * {@return the rows that a driver will have}
     *
     * @param patience how long they are waited for at most; zero: for ever
     */
    static QueryResult of(CompletionStage<ResultCursor> cursor, Duration patience) {
        return new QueryResult(within(patience, cursor.thenCompose(it -> it.<MapAccessor>listAsync(row -> row))));
    }

    /** {@return what a call of the driver will come to, in time} */
    static <T> CompletableFuture<T> within(Duration patience, CompletionStage<T> call) {
        CompletableFuture<T> result = call.toCompletableFuture();
        return patience.isZero() ? result : result.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return rows that are there} */
    public static QueryResult of(List<MapAccessor> rows) {
        return new QueryResult(CompletableFuture.completedFuture(rows));
    }

    /** {@return all of them} */
    public List<MapAccessor> list() {
        return await(rows);
    }

    /** {@return what is made of each} */
    public <T> List<T> list(Function<MapAccessor, T> mapping) {
        return list().stream().map(mapping).toList();
    }

    public Stream<MapAccessor> stream() {
        return list().stream();
    }

    public void forEachRemaining(Consumer<MapAccessor> action) {
        list().forEach(action);
    }

    /** {@return the only one} */
    public MapAccessor single() {
        List<MapAccessor> all = list();
        if (all.size() != 1) {
            throw new IllegalStateException("a statement that gives one row gave %d".formatted(all.size()));
        }
        return all.getFirst();
    }

    /** Waits until the statement has been carried out. */
    public void consume() {
        list();
    }

    /** {@return what comes of a call of the driver} Fails as the driver does. */
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
