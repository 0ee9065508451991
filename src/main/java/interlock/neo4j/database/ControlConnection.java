package interlock.neo4j.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.ResultCursor;
import org.neo4j.driver.types.MapAccessor;

/**
 * Connections to the database that are separate from those of requests: health checks and the termination of reads do
 * not wait for the pool. Calls have short time-outs.
 */
public final class ControlConnection implements AutoCloseable {
    private static final Cypher ANSWERS = Cypher.of("read/answers");
    private static final Cypher TERMINATE = Cypher.of("read/terminate");

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 3;

    private final Driver driver;
    private final SessionConfig sessions;

    /** Connects with the first call. */
    public ControlConnection(Graph.Settings settings) {
        this.driver = GraphDatabase.driver(
                settings.uri(),
                Graph.auth(settings),
                Config.builder()
                        .withMaxConnectionPoolSize(CONNECTIONS)
                        .withMaxTransactionRetryTime(0, TimeUnit.SECONDS)
                        .withConnectionAcquisitionTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .withConnectionTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .withUserAgent("interlock")
                        .build());
        this.sessions = settings.database().isEmpty()
                ? SessionConfig.defaultConfig()
                : SessionConfig.forDatabase(settings.database());
    }

    /** {@return why the database is unavailable; empty if it is available} */
    public Optional<String> whyDown() {
        try {
            run(ANSWERS, Map.of());
            return Optional.empty();
        } catch (TimeoutException _) {
            return Optional.of("the database has not answered within %d s".formatted(PATIENCE.toSeconds()));
        } catch (ExecutionException | RuntimeException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            String message =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            return Optional.of("the database is out of reach: " + message);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of("the database was not checked: the service is stopping");
        }
    }

    /** {@return the number of terminated reads} */
    int terminate(List<String> reads) throws InterruptedException, ExecutionException, TimeoutException {
        return run(TERMINATE, Map.of("reads", reads)).size();
    }

    private List<MapAccessor> run(Cypher cypher, Map<String, Object> parameters)
            throws InterruptedException, ExecutionException, TimeoutException {
        AsyncSession session = driver.session(AsyncSession.class, sessions);
        try {
            return session.runAsync(
                            cypher.text(),
                            parameters,
                            TransactionConfig.builder().withTimeout(PATIENCE).build())
                    .thenCompose((ResultCursor cursor) -> cursor.<MapAccessor>listAsync(row -> row))
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            session.closeAsync();
        }
    }

    @Override
    public void close() {
        driver.closeAsync();
    }
}
