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
 * A Neo4j Community server inside this process, for those who bring none: Bolt for everybody, Neo4j Browser to look at
 * the graph.
 *
 * <p>Both ports listen on the loopback interface only. Even there a password is asked for, because a page of any origin may
 * open a WebSocket to Bolt: {@link EmbeddedNeo4jPassword}. Cypher is kept from files and from other machines ({@code LOAD
 * CSV}), of the procedures there are only those that somebody needs, and HTTP serves Neo4j Browser and nothing else.
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
     * Starts the server on its data, recovering what a killed process has left.
     *
     * @throws CannotStart if the data or a port cannot be had
     */
    public static EmbeddedNeo4j start(Settings settings) {
        return start(settings, _ -> {});
    }

    /**
     * Starts it, as {@link #start(Settings)}.
     *
     * @param onEnd is told why the database stores nothing any more, once, by the thread that met the error: on a full disk, for
     *     one. What was stored is recovered when it is started again, by another process
     * @throws CannotStart if the data or a port cannot be had
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
                    "the database in %s cannot be opened: %s; make room, and start again"
                            .formatted(settings.data(), failure.getMessage()),
                    failure);
        }
    }

    /** {@return transactions that do without a driver, for a thread that nobody interrupts} */
    public Transactions transactions(TransactionTimeouts timeouts) {
        return new EmbeddedTransactions(
                server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME), Optional.empty(), timeouts);
    }

    /** {@return the same, for any thread: they run where {@code executor} has them run} Nobody may interrupt its threads. */
    public Transactions transactions(TransactionTimeouts timeouts, Executor executor) {
        return new ExecutorTransactions(transactions(timeouts), executor);
    }

    /** {@return where drivers connect, as {@link #user} with the {@link #password}} */
    public URI boltUri() {
        return boltUri;
    }

    /** {@return the user that drivers and Neo4j Browser log in as} */
    public String user() {
        return EmbeddedNeo4jPassword.USER;
    }

    /** {@return the user's password} Not for logs. */
    public String password() {
        return password;
    }

    /** {@return the file with the user's password} */
    public Path passwordFile() {
        return EmbeddedNeo4jPassword.file(data);
    }

    /** {@return the page of Neo4j Browser, which knows where and as whom to connect: only the password is left to type} */
    public URI browserUri() {
        return browserUri;
    }

    /** {@return how much room there is for its files} */
    public DiskSpace disk() {
        return disk;
    }

    /** {@return why it cannot be relied on, for a person to read; empty if it can} It is not asked anything for that. */
    public Optional<String> whyNotHealthy() {
        return health.end()
                .or(() -> server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME)
                                .isAvailable()
                        ? Optional.empty()
                        : Optional.of("the embedded database is not available"))
                .or(disk::shortage);
    }

    /** Looks after its disk; to be called every second or so, by a thread that nobody interrupts. */
    public void lookAfterDisk() {
        if (!closed) {
            keeper.look();
        }
    }

    /** Ends open transactions after a few seconds, writes a checkpoint and gives the data and the ports back. */
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
                // Port 0 is advertised as the port it became; the default would send Neo4j Browser to 7687.
                .setConfig(BoltConnector.advertised_address, bolt)
                .setConfig(HttpConnector.enabled, true)
                .setConfig(HttpConnector.listen_address, http)
                .setConfig(HttpConnector.advertised_address, http)
                .setConfig(HttpsConnector.enabled, false)
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                // Nobody guesses the password; but who tries would keep Interlock out, too.
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

    /** Nothing is reported to anybody; queries are not logged. */
    private static void keepQuiet(DatabaseManagementServiceBuilder builder) {
        builder.setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(FleetManagementSettings.fleet_manager_enabled, false)
                .setConfig(BoltConnector.enable_discovery, false)
                .setConfig(GraphDatabaseSettings.log_queries, LogQueryLevel.OFF);
    }

    /** A plan of 100,000 actions fits the page cache. */
    private static void keepSmall(DatabaseManagementServiceBuilder builder) {
        builder.setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(256))
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
     * Where the data lies and which ports to listen on; port 0 is any free one.
     *
     * @param browserCommands what Neo4j Browser does when it has connected: its commands without their colons, with
     *     semicolons between them
     * @param diskFloor see {@link DiskFloor}; the usual one, if empty
     */
    public record Settings(Path data, int boltPort, int browserPort, String browserCommands, OptionalLong diskFloor) {
        /** Takes a relative path as one from the working directory. */
        public Settings {
            data = data.toAbsolutePath().normalize();
        }

        /** Neo4j Browser does nothing of its own accord. */
        public Settings(Path data, int boltPort, int browserPort) {
            this(data, boltPort, browserPort, "", OptionalLong.empty());
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
