package interlock.neo4j.database;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.PlanGraph.TransactionTimedOut;
import interlock.applier.PlanGraph.UnstorableValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.AsyncTransactionCallback;
import org.neo4j.driver.async.AsyncTransactionContext;
import org.neo4j.driver.exceptions.Neo4jException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the database over Bolt. Reads go to any member of a cluster and see all earlier writes of this
 * process; writes go to the leader. The object mapper may run its statements in each of these transactions.
 */
public final class Graph implements Transactions, AutoCloseable {
    /** How long a call waits for a database that does not answer. */
    private static final long PATIENCE_SECONDS = 5;

    private static final String TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut";

    /** The code of a transaction that timed out while it waited for a lock. */
    private static final String ENDED_WAITING = "Neo.ClientError.Transaction.LockClientStopped";

    /**
     * How the message for a too long key begins. Over Bolt this error has no code of its own, elsewhere no code at all.
     */
    private static final String TOO_LARGE = "Property value is too large to index";

    private static final String NOT_UNIQUE = "Neo.ClientError.Schema.ConstraintValidationFailed";

    private static final Logger log = LoggerFactory.getLogger(Graph.class);

    /** The codes of errors whose messages may quote values. */
    private static final List<String> ABOUT_VALUES = List.of(
            "Neo.ClientError.Schema", "Neo.ClientError.General", "Neo.ClientError.Procedure", "Neo.DatabaseError");

    private final Driver driver;
    private final SessionConfig sessions;
    private final Optional<InstantSource> clock;
    private final TransactionTimeouts timeouts;
    private final RunningReads reads = new RunningReads();

    /**
     * The address of the database.
     *
     * @param uri {@code bolt://} for one server, {@code neo4j://} for a cluster
     * @param user empty for none
     * @param password empty for none
     * @param database empty for the server's default
     */
    public record Settings(URI uri, String user, String password, String database) {
        private static final int HTTP_PORT = 7474;
        private static final int HTTPS_PORT = 7473;

        /** {@return the address of Neo4j Browser, assuming its default port on the same host} */
        public URI neo4jBrowser() {
            boolean secure = uri.getScheme().contains("+s");
            return URI.create("%s://%s:%d/browser/"
                    .formatted(secure ? "https" : "http", uri.getHost(), secure ? HTTPS_PORT : HTTP_PORT));
        }

        /** Omits the password, for logs. */
        @Override
        public String toString() {
            return uri + (database.isEmpty() ? "" : "/" + database);
        }
    }

    /**
     * Connects with the first call. Stored times come from the database's clock.
     *
     * @throws IllegalArgumentException if the settings are invalid
     */
    public Graph(Settings settings) {
        this(settings, Optional.empty());
    }

    /** Uses {@code clock} instead of the database's clock for stored times, if given. */
    public Graph(Settings settings, Optional<InstantSource> clock) {
        this(settings, clock, TransactionTimeouts.DEFAULT);
    }

    /** Uses other time-outs than the default ones. */
    public Graph(Settings settings, Optional<InstantSource> clock, TransactionTimeouts timeouts) {
        this.driver = GraphDatabase.driver(settings.uri(), auth(settings), config());
        var builder = SessionConfig.builder().withBookmarkManager(driver.executableQueryBookmarkManager());
        this.sessions = settings.database().isEmpty()
                ? builder.build()
                : builder.withDatabase(settings.database()).build();
        this.clock = clock;
        this.timeouts = timeouts;
    }

    static AuthToken auth(Settings settings) {
        return settings.user().isEmpty() ? AuthTokens.none() : AuthTokens.basic(settings.user(), settings.password());
    }

    private static Config config() {
        return Config.builder()
                .withMaxTransactionRetryTime(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .withConnectionAcquisitionTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .withConnectionTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .withUserAgent("interlock")
                .build();
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return transact(
                (session, callback) -> session.executeWriteAsync(callback, timeouts.ofWrites()), work, Duration.ZERO);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return reads.during(
                timeouts.read(),
                config -> transact(
                        (session, callback) -> session.executeReadAsync(callback, config),
                        work,
                        timeouts.patienceOfReads()));
    }

    /** Terminates reads whose callers have gone, if they were already running at the previous call. */
    public void endAbandonedReads(ControlConnection control) {
        List<String> abandoned = reads.abandoned();
        if (abandoned.isEmpty()) {
            return;
        }
        try {
            log.info("{} abandoned reads were terminated", control.terminate(abandoned));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.warn("{} abandoned reads cannot be terminated: {}", abandoned.size(), e.toString());
        }
    }

    private <T extends @Nullable Object> T transact(
            BiFunction<AsyncSession, AsyncTransactionCallback<CompletionStage<T>>, CompletionStage<T>> execute,
            Function<Transaction, T> work,
            Duration patience) {
        AsyncSession session = driver.session(AsyncSession.class, sessions);
        try {
            return new CallerThreadTransaction<>(
                            (AsyncTransactionContext tx) -> MapperDriver.within(
                                    tx, patience, () -> Transaction.run(statements(tx, patience), clock, work)),
                            patience)
                    .in(callback -> execute.apply(session, callback));
        } catch (Neo4jException e) {
            throw unavailable(e);
        } finally {
            session.closeAsync();
        }
    }

    private static Transaction.Statements statements(AsyncTransactionContext tx, Duration patience) {
        return (text, parameters) -> QueryResult.of(tx.runAsync(text, parameters), patience);
    }

    /** Runs a statement that needs a transaction of its own, such as a change of the schema. */
    public void schema(String statement) {
        try (Session session = driver.session(sessions)) {
            session.run(statement).consume();
        } catch (Neo4jException e) {
            throw unavailable(e);
        }
    }

    /** {@return the driver} */
    public Driver driver() {
        return driver;
    }

    /**
     * Checks that the database is available.
     *
     * @throws GraphUnavailable when it is not
     */
    public void verify() {
        try {
            driver.verifyConnectivity();
        } catch (Neo4jException e) {
            throw unavailable(e);
        }
    }

    /** An invalid statement is a defect of Interlock and reported as such. */
    public static RuntimeException unavailable(Neo4jException e) {
        return unavailable(e.code(), String.valueOf(e.getMessage()), e);
    }

    public static RuntimeException unavailable(String code, String message, Throwable e) {
        if (code.startsWith(TIMED_OUT) || code.equals(ENDED_WAITING)) {
            return new TransactionTimedOut(message, e);
        }
        if (message.startsWith(TOO_LARGE)) {
            return new UnstorableValue("a value is too long for an index of the database", e);
        }
        if (code.equals(NOT_UNIQUE)) {
            return new UnstorableValue("a value must be unique, but is already in the database", e);
        }
        return code.startsWith("Neo.ClientError.Statement")
                ? new StatementRefused(code, message, e)
                : new GraphUnavailable(said(code, message, e), e);
    }

    /** Messages about values quote the values, which may be parameters of a plan. */
    private static String said(String code, String message, Throwable e) {
        if (code.isEmpty()) {
            return "the database threw " + e.getClass().getName();
        }
        return ABOUT_VALUES.stream().anyMatch(code::startsWith) ? "the database answered " + code : message;
    }

    @Override
    public void close() {
        driver.close();
    }

    /** {@return a time in the driver's type} */
    public static ZonedDateTime time(Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
    }
}
