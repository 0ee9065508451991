package interlock.neo4j.database;

import inet.ipaddr.IPAddressString;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.fleetmanagement.FleetManagementSettings;
import org.neo4j.io.ByteUnit;
import org.neo4j.io.locker.FileLockException;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.server.configuration.ConfigurableServerModules;
import org.neo4j.server.configuration.ServerSettings;

/**
 * A Neo4j Community server inside this process, used when no external one is configured. It serves Bolt for all
 * clients, and Neo4j Browser to view the graph.
 *
 * <p>Both ports listen on the loopback interface only. They still require a password, because a page of any origin may
 * open a WebSocket to Bolt: {@link EmbeddedNeo4jPassword}. Cypher cannot read files or other machines ({@code LOAD
 * CSV}), only the needed procedures are installed, and HTTP serves nothing but Neo4j Browser.
 *
 * <p>This class and {@link EmbeddedTransactions}, with which the applier bypasses Bolt, are the only ones that use
 * Neo4j's server, which is under the GPLv3 and kept separate from Interlock. All other code uses Bolt.
 */
public final class EmbeddedNeo4j implements AutoCloseable {
    private static final String LOOPBACK = "localhost";

    /** Neo4j's own policy without its hosts on the internet: Neo4j Browser may connect to this machine only. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data: http://localhost:* http://127.0.0.1:*; "
            + "connect-src 'self' ws://localhost:* ws://127.0.0.1:* http://localhost:* http://127.0.0.1:*; "
            + "base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

    private final DatabaseManagementService server;
    private final Path data;
    private final DiskSpace disk;
    private final EmbeddedNeo4jHealth health;
    private final EmbeddedNeo4jDisk keeper;
    private final String password;
    private final URI boltUri;
    private final URI browserUri;
    private volatile boolean closed;

    private EmbeddedNeo4j(DatabaseManagementService server, Path data, DiskSpace disk, EmbeddedNeo4jHealth health)
            throws IOException {
        this.server = server;
        this.data = data;
        this.disk = disk;
        this.health = health;
        this.keeper = new EmbeddedNeo4jDisk(
                data, disk, health, (GraphDatabaseAPI) server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME));
        GraphDatabaseAPI system = (GraphDatabaseAPI) server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
        EmbeddedNeo4jProcedures.removeOthers(system);
        this.password = EmbeddedNeo4jPassword.of(data, system);
        ConnectorPortRegister ports = system.getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
        this.boltUri = URI.create("bolt://%s:%d"
                .formatted(LOOPBACK, ports.getLocalAddress(ConnectorType.BOLT).getPort()));
        this.browserUri = URI.create("http://%s:%d/browser/?dbms=bolt://%s@%s"
                .formatted(
                        LOOPBACK, ports.getLocalAddress(ConnectorType.HTTP).getPort(), user(), boltUri.getAuthority()));
    }

    /**
     * Starts the server on its data and recovers what a killed process has left.
     *
     * @throws CannotStart if the data or a port cannot be used
     */
    public static EmbeddedNeo4j start(Settings settings) {
        return start(settings, _ -> {});
    }

    /**
     * Starts the server like {@link #start(Settings)}.
     *
     * @param onEnd receives the reason when the database stops storing data, for example on a full disk; called once,
     *     by the thread that met the error. Committed data is recovered at the next start
     * @throws CannotStart if the data or a port cannot be used
     */
    public static EmbeddedNeo4j start(Settings settings, Consumer<String> onEnd) {
        try {
            return start(settings, configure(settings), onEnd);
        } catch (NoClassDefFoundError missing) {
            throw new CannotStart(
                    "the libraries of the embedded database are not installed; name a server with --neo4j-uri",
                    missing);
        }
    }

    private static EmbeddedNeo4j start(
            Settings settings, DatabaseManagementServiceBuilder builder, Consumer<String> onEnd) {
        requireWritable(settings.data());
        DiskSpace disk = prepareDisk(settings, builder);
        EmbeddedNeo4jHealth health = new EmbeddedNeo4jHealth(onEnd);
        health.listenTo(builder);
        EmbeddedNeo4jRecovery.Opened opened;
        try {
            opened = new EmbeddedNeo4jRecovery(settings.data(), builder).open();
        } catch (RuntimeException failure) {
            throw explain(failure, settings);
        }
        if (opened.failure().isPresent()) {
            opened.server().shutdown();
            throw explain(opened.failure().get(), settings);
        }
        try {
            return new EmbeddedNeo4j(opened.server(), settings.data(), disk, health);
        } catch (IOException failure) {
            opened.server().shutdown();
            throw new CannotStart(
                    "cannot keep the database's password in %s: %s"
                            .formatted(EmbeddedNeo4jPassword.file(settings.data()), failure.getMessage()),
                    failure);
        } catch (RuntimeException failure) {
            opened.server().shutdown();
            throw explain(failure, settings);
        }
    }

    private static DiskSpace prepareDisk(Settings settings, DatabaseManagementServiceBuilder builder) {
        try {
            long size = Files.getFileStore(settings.data()).getTotalSpace();
            EmbeddedNeo4jDisk.keepLogs(builder, size);
            DiskSpace disk =
                    DiskSpace.of(settings.data(), DiskFloor.of(settings.diskFloor(), size), InstantSource.system());
            disk.prepare();
            return disk;
        } catch (IOException failure) {
            throw new CannotStart(
                    "the database in %s cannot be opened: %s; free some space and start again"
                            .formatted(settings.data(), failure.getMessage()),
                    failure);
        }
    }

    /** {@return transactions that bypass the driver, for threads that are never interrupted} */
    public Transactions transactions(TransactionTimeouts timeouts) {
        return new EmbeddedTransactions(
                server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME), Optional.empty(), timeouts);
    }

    /**
     * {@return transactions that bypass the driver, for any thread: they run on the executor's threads, which must
     * never be interrupted}
     */
    public Transactions transactions(TransactionTimeouts timeouts, Executor executor) {
        return new ExecutorTransactions(transactions(timeouts), executor);
    }

    /** {@return the URI for drivers; they log in as {@link #user} with {@link #password}} */
    public URI boltUri() {
        return boltUri;
    }

    /** {@return the user that drivers and Neo4j Browser log in as} */
    public String user() {
        return EmbeddedNeo4jPassword.USER;
    }

    /** {@return the user's password} Must not be logged. */
    public String password() {
        return password;
    }

    /** {@return the file with the user's password} */
    public Path passwordFile() {
        return EmbeddedNeo4jPassword.file(data);
    }

    /** {@return the page of Neo4j Browser, with address and user filled in: only the password has to be typed} */
    public URI browserUri() {
        return browserUri;
    }

    /** {@return the disk space for its files} */
    public DiskSpace disk() {
        return disk;
    }

    /** {@return why the database is unreliable; empty if it is healthy} Sends no query. */
    public Optional<String> whyNotHealthy() {
        return health.end()
                .or(() -> server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME)
                                .isAvailable()
                        ? Optional.empty()
                        : Optional.of("the embedded database is not available"))
                .or(disk::shortage);
    }

    /** Maintains the disk; called about every second, by a thread that is never interrupted. */
    public void lookAfterDisk() {
        if (!closed) {
            keeper.look();
        }
    }

    /** Ends open transactions after a few seconds, writes a checkpoint and releases the data and the ports. */
    @Override
    public void close() {
        closed = true;
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
                // Port 0 is advertised as the port that was chosen; by default Neo4j Browser would connect to 7687.
                .setConfig(BoltConnector.advertised_address, bolt)
                .setConfig(HttpConnector.enabled, true)
                .setConfig(HttpConnector.listen_address, http)
                .setConfig(HttpConnector.advertised_address, http)
                .setConfig(HttpsConnector.enabled, false)
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                // The password cannot be guessed; but failed attempts by others would also lock out Interlock.
                .setConfig(GraphDatabaseSettings.auth_max_failed_attempts, 0)
                .setConfig(GraphDatabaseSettings.allow_file_urls, false)
                .setConfig(
                        GraphDatabaseInternalSettings.cypher_ip_blocklist,
                        List.of(new IPAddressString("0.0.0.0/0"), new IPAddressString("::/0")))
                .setConfig(GraphDatabaseSettings.procedure_allowlist, EmbeddedNeo4jProcedures.KEPT);
        keepQuiet(builder);
        keepSmall(builder);
        serveBrowser(builder, settings.browserCommands());
        return closeSoon(builder);
    }

    /** No usage reports, no query log. */
    private static void keepQuiet(DatabaseManagementServiceBuilder builder) {
        builder.setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(FleetManagementSettings.fleet_manager_enabled, false)
                .setConfig(BoltConnector.enable_discovery, false)
                .setConfig(GraphDatabaseSettings.log_queries, LogQueryLevel.OFF);
    }

    /** The page cache holds a plan of 100,000 actions. */
    private static void keepSmall(DatabaseManagementServiceBuilder builder) {
        builder.setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
                // Each statement is planned once: neither longer lists nor a database that is no longer empty trigger
                // replanning in the middle of a plan. Every query plan starts at an index, whatever the sizes.
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

    /** By default Neo4j takes ten seconds to close, and seventy if a transaction is open. */
    private static DatabaseManagementServiceBuilder closeSoon(DatabaseManagementServiceBuilder builder) {
        return builder.setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, Duration.ZERO)
                .setConfig(GraphDatabaseSettings.shutdown_transaction_end_timeout, Duration.ofSeconds(2))
                .setConfig(
                        GraphDatabaseInternalSettings.shutdown_terminated_transaction_wait_timeout,
                        Duration.ofSeconds(2));
    }

    /**
     * Checked before Neo4j starts, because its logging answers an unwritable directory with pages of output on standard error.
     */
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
        EmbeddedNeo4jPassword.shut(data);
    }

    private static CannotStart unwritable(Path directory, @Nullable IOException cause) {
        return new CannotStart(
                "cannot write to the directory %s; change its owner, or choose another --data".formatted(directory),
                cause);
    }

    private static CannotStart explain(Throwable failure, Settings settings) {
        if (EmbeddedNeo4jRecovery.causes(failure).anyMatch(FileLockException.class::isInstance)) {
            return new CannotStart(
                    "the database in %s is in use by another process; stop it, or choose another --data"
                            .formatted(settings.data()),
                    failure);
        }
        return EmbeddedNeo4jRecovery.causes(failure)
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
        var root = EmbeddedNeo4jRecovery.causes(failure).reduce(failure, (outer, inner) -> inner);
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

    /**
     * The location of the data, and the ports; port 0 chooses any free one.
     *
     * @param browserCommands the commands that Neo4j Browser runs after connecting, without colons, separated by
     *     semicolons
     * @param diskFloor see {@link DiskFloor}; the default if empty
     */
    public record Settings(Path data, int boltPort, int browserPort, String browserCommands, OptionalLong diskFloor) {
        /** Resolves a relative path against the working directory. */
        public Settings {
            data = data.toAbsolutePath().normalize();
        }

        /** Neo4j Browser runs no commands. */
        public Settings(Path data, int boltPort, int browserPort) {
            this(data, boltPort, browserPort, "", OptionalLong.empty());
        }

        private Path logs() {
            return data.resolve("logs");
        }
    }

    /** The database did not start; the message is one line for the user. */
    public static final class CannotStart extends RuntimeException {
        private static final long serialVersionUID = 1;

        private CannotStart(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
