package interlock.neo4j;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.GraphDatabaseSettings.LogQueryLevel;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.connectors.HttpConnector;
import org.neo4j.configuration.connectors.HttpsConnector;
import org.neo4j.configuration.helpers.PortBindException;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.DatabaseStateService;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.fleetmanagement.FleetManagementSettings;
import org.neo4j.io.ByteUnit;
import org.neo4j.io.locker.FileLockException;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.server.configuration.ConfigurableServerModules;
import org.neo4j.server.configuration.ServerSettings;

/**
 * A Neo4j Community server inside this process, for those who bring none: Bolt for everybody, Neo4j Browser to look at
 * the graph.
 *
 * <p>Nobody has to log in, because nobody else gets in: both ports listen on the loopback interface only, where whoever
 * can connect can also read the files. For the same reason Cypher is kept from the file system ({@code LOAD CSV}), and
 * HTTP serves Neo4j Browser and nothing else.
 *
 * <p>Beside {@link EmbeddedTransactions}, with which the applier spares itself the way over Bolt, the only class that knows
 * Neo4j's server, which is GPLv3 and lies apart from Interlock. The rest speaks Bolt.
 */
public final class EmbeddedNeo4j implements AutoCloseable {
    private static final String LOOPBACK = "localhost";

    /** As Neo4j's own, less its hosts on the internet: Neo4j Browser is to ask this machine only. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data: http://localhost:* http://127.0.0.1:*; "
            + "connect-src 'self' ws://localhost:* ws://127.0.0.1:* http://localhost:* http://127.0.0.1:*; "
            + "base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    private final DatabaseManagementService server;
    private final URI boltUri;
    private final URI browserUri;

    private EmbeddedNeo4j(DatabaseManagementService server, ConnectorPortRegister ports) {
        this.server = server;
        this.boltUri = URI.create("bolt://%s:%d"
                .formatted(LOOPBACK, ports.getLocalAddress(ConnectorType.BOLT).getPort()));
        this.browserUri = URI.create("http://%s:%d/browser"
                .formatted(LOOPBACK, ports.getLocalAddress(ConnectorType.HTTP).getPort()));
    }

    /**
     * Starts the server on its data, recovering what a killed process has left.
     *
     * @throws CannotStart if the data or a port cannot be had
     */
    public static EmbeddedNeo4j start(Settings settings) {
        try {
            return start(settings, configure(settings));
        } catch (NoClassDefFoundError missing) {
            throw new CannotStart(
                    "the libraries of the embedded database are not installed; name a server with --neo4j-uri",
                    missing);
        }
    }

    private static EmbeddedNeo4j start(Settings settings, DatabaseManagementServiceBuilder builder) {
        requireWritable(settings.data());
        DatabaseManagementService server;
        try {
            server = builder.build();
        } catch (RuntimeException failure) {
            throw explain(failure, settings);
        }
        // A database that cannot be opened does not keep the server from starting.
        var database = (GraphDatabaseAPI) server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
        var common = ((GraphDatabaseAPI) server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME))
                .getDependencyResolver();
        DatabaseStateService<?> states = common.resolveDependency(DatabaseStateService.class);
        var failure = states.causeOfFailure(database.databaseId());
        if (failure.isPresent()) {
            server.shutdown();
            throw explain(failure.get(), settings);
        }
        return new EmbeddedNeo4j(server, common.resolveDependency(ConnectorPortRegister.class));
    }

    /** {@return transactions that do without a driver, for a thread that nobody interrupts} */
    public Transactions transactions(TransactionTimeouts timeouts) {
        return new EmbeddedTransactions(
                server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME), Optional.empty(), timeouts);
    }

    /** {@return the same, for any thread: they run where {@code executor} has them run} Nobody may interrupt its threads. */
    public Transactions transactions(TransactionTimeouts timeouts, Executor executor) {
        return new OnExecutor(transactions(timeouts), executor);
    }

    /** {@return where drivers connect, without authentication} */
    public URI boltUri() {
        return boltUri;
    }

    /** {@return the page of Neo4j Browser} */
    public URI browserUri() {
        return browserUri;
    }

    /** Ends open transactions after a few seconds, writes a checkpoint and gives the data and the ports back. */
    @Override
    public void close() {
        server.shutdown();
    }

    private static DatabaseManagementServiceBuilder configure(Settings settings) {
        var bolt = new SocketAddress(LOOPBACK, settings.boltPort());
        var http = new SocketAddress(LOOPBACK, settings.browserPort());
        var builder = new DatabaseManagementServiceBuilder(settings.data())
                .setConfig(GraphDatabaseSettings.data_directory, settings.data())
                .setConfig(GraphDatabaseSettings.logs_directory, settings.logs())
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, bolt)
                // Port 0 is advertised as the port it became; the default would send Neo4j Browser to 7687.
                .setConfig(BoltConnector.advertised_address, bolt)
                .setConfig(HttpConnector.enabled, true)
                .setConfig(HttpConnector.listen_address, http)
                .setConfig(HttpConnector.advertised_address, http)
                .setConfig(HttpsConnector.enabled, false)
                .setConfig(GraphDatabaseSettings.auth_enabled, false)
                .setConfig(GraphDatabaseSettings.allow_file_urls, false);
        keepQuiet(builder);
        keepSmall(builder);
        serveBrowser(builder, settings.browserCommands());
        return closeSoon(builder);
    }

    /** Nothing is reported to anybody; queries are not logged. */
    private static void keepQuiet(DatabaseManagementServiceBuilder builder) {
        builder.setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(FleetManagementSettings.fleet_manager_enabled, false)
                .setConfig(BoltConnector.enable_discovery, false)
                .setConfig(GraphDatabaseSettings.log_queries, LogQueryLevel.OFF);
    }

    /** A plan of 100,000 actions fits the page cache. Logs are pruned at a checkpoint: none may be large or kept long. */
    private static void keepSmall(DatabaseManagementServiceBuilder builder) {
        builder.setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "256M size")
                .setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, ByteUnit.mebiBytes(64))
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                // A statement is planned once: neither longer lists nor a database that is no longer empty have it
                // planned anew in the middle of a plan. Every statement's plan begins at an index, whatever the sizes.
                .setConfig(GraphDatabaseInternalSettings.cypher_size_hint_parameters, false)
                .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofHours(1));
    }

    private static void serveBrowser(DatabaseManagementServiceBuilder builder, String commands) {
        builder.setConfig(ServerSettings.http_enabled_modules, Set.of(ConfigurableServerModules.BROWSER))
                .setConfig(ServerSettings.http_static_content_security_policy, CONTENT_SECURITY_POLICY)
                .setConfig(ServerSettings.browser_remote_content_hostname_whitelist, "localhost,127.0.0.1")
                .setConfig(ServerSettings.browser_post_connect_cmd, commands)
                .setConfig(ServerSettings.allow_telemetry, false);
    }

    /** By default Neo4j takes ten seconds to close, and seventy if some transaction was left open. */
    private static DatabaseManagementServiceBuilder closeSoon(DatabaseManagementServiceBuilder builder) {
        return builder.setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, Duration.ZERO)
                .setConfig(GraphDatabaseSettings.shutdown_transaction_end_timeout, Duration.ofSeconds(2))
                .setConfig(
                        GraphDatabaseInternalSettings.shutdown_terminated_transaction_wait_timeout,
                        Duration.ofSeconds(2));
    }

    /** Asked before Neo4j is, because its logging answers an unwritable directory with pages on standard error. */
    private static void requireWritable(Path data) {
        for (var directory :
                List.of(data, data.resolve("logs"), data.resolve("databases"), data.resolve("transactions"))) {
            try {
                Files.createDirectories(directory);
            } catch (IOException failure) {
                throw unwritable(directory, failure);
            }
            if (!Files.isWritable(directory)) {
                throw unwritable(directory, null);
            }
        }
    }

    private static CannotStart unwritable(Path directory, @Nullable IOException cause) {
        return new CannotStart(
                "cannot write to the directory %s; change its owner, or choose another --data".formatted(directory),
                cause);
    }

    private static CannotStart explain(Throwable failure, Settings settings) {
        if (causes(failure).anyMatch(FileLockException.class::isInstance)) {
            return new CannotStart(
                    "the database in %s is in use by another process; stop it, or choose another --data"
                            .formatted(settings.data()),
                    failure);
        }
        return causes(failure)
                .filter(PortBindException.class::isInstance)
                .findFirst()
                .map(bind -> portTaken(bind, failure, settings))
                .orElseGet(() -> unreadable(failure, settings));
    }

    private static CannotStart portTaken(Throwable bind, Throwable failure, Settings settings) {
        var isBrowser = String.valueOf(bind.getMessage()).matches(".*:%d\\b.*".formatted(settings.browserPort()));
        var port = isBrowser ? settings.browserPort() : settings.boltPort();
        var option = isBrowser ? "--browser-port" : "--bolt-port";
        return new CannotStart("port %d is in use (%s)".formatted(port, option), failure);
    }

    private static CannotStart unreadable(Throwable failure, Settings settings) {
        var root = causes(failure).reduce(failure, (outer, inner) -> inner);
        var reason = Optional.ofNullable(root.getMessage())
                .flatMap(text -> text.lines().findFirst());
        return new CannotStart(
                "the database in %s cannot be opened: %s%s; see %s, restore a copy, or choose another --data"
                        .formatted(
                                settings.data(),
                                root.getClass().getSimpleName(),
                                reason.map(text -> " (" + text + ")").orElse(""),
                                settings.logs().resolve("debug.log")),
                failure);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /**
     * Where the data lies and which ports to listen on; port 0 is any free one.
     *
     * @param browserCommands what Neo4j Browser does when it has connected: its commands without their colons, with
     *     semicolons between them
     */
    public record Settings(Path data, int boltPort, int browserPort, String browserCommands) {
        /** Takes a relative path as one from the working directory. */
        public Settings {
            data = data.toAbsolutePath().normalize();
        }

        /** Neo4j Browser does nothing of its own accord. */
        public Settings(Path data, int boltPort, int browserPort) {
            this(data, boltPort, browserPort, "");
        }

        private Path logs() {
            return data.resolve("logs");
        }
    }

    /** The database did not start; the message is one line for the person who tried. */
    public static final class CannotStart extends RuntimeException {
        private static final long serialVersionUID = 1;

        private CannotStart(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
