package interlock;

import interlock.applier.Applier;
import interlock.neo4j.database.ControlConnection;
import interlock.neo4j.database.EmbeddedNeo4j;
import interlock.neo4j.database.EntityTransactions;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.PendingWrites;
import interlock.neo4j.database.Schema;
import interlock.neo4j.database.TransactionTimeouts;
import interlock.neo4j.database.Transactions;
import interlock.web.operation.GuideRoutes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The database of the service: embedded, or a server. Migrates its schema first. */
final class Database {
    private static final Duration DISK = Duration.ofSeconds(1);

    /** The lease assumed for transaction time-outs if the service has no applier. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** The shortest time-out of writes, which a cold database needs for its first transactions. */
    private static final Duration SHORTEST_WRITE = Duration.ofSeconds(5);

    private static final Duration SHORTEST_EMBEDDED_WRITE = Duration.ofSeconds(20);

    /** How often reads for disconnected clients are searched for. */
    private static final Duration LOOK_FOR_CALLERS = Duration.ofSeconds(1);

    /** The addresses that {@code localhost} reaches. */
    private static final Set<String> ON_LOCALHOST = Set.of("localhost", "127.0.0.1", "::1", "0.0.0.0", "::");

    private final Config config;
    private final Startup startup;
    private final ProcessResources resources;
    private final Optional<EmbeddedNeo4j> embedded;
    private final ControlConnection connection;
    private final Graph graph;
    private final PendingWrites writers = new PendingWrites();
    private final EntityTransactions entities;

    /**
     * Starts the embedded database, or connects to the server.
     *
     * @param onEnd called once, with the reason, when the embedded database can no longer store anything
     */
    Database(Config config, Startup startup, ProcessResources resources, Consumer<String> onEnd) {
        this.config = config;
        this.startup = startup;
        this.resources = resources;
        embedded = config.database().isPresent() ? Optional.empty() : Optional.of(start(onEnd));
        Graph.Settings settings = config.database().map(Config.Server::settings).orElseGet(this::ofEmbedded);
        connection = resources.add(new ControlConnection(settings));
        try (Graph untimed = new Graph(settings)) {
            startup.during("connecting to the database " + settings, untimed::verify);
            startup.during("migrating the database schema", new Schema(untimed)::migrate);
        }
        graph = resources.add(new Graph(settings, Optional.empty(), timeouts()));
        entities = new EntityTransactions(graph, writers);
        resources.repeat(resources.thread("read-watch"), () -> graph.endAbandonedReads(connection), LOOK_FOR_CALLERS);
    }

    private EmbeddedNeo4j start(Consumer<String> onEnd) {
        Config.Embedded where = config.embedded();
        EmbeddedNeo4j.Settings settings = new EmbeddedNeo4j.Settings(
                where.data(), where.boltPort(), where.browserPort(), browserCommands(), where.diskFloor());
        EmbeddedNeo4j database = resources.add(startup.during(
                "starting the embedded database in " + settings.data(), () -> EmbeddedNeo4j.start(settings, onEnd)));
        resources.repeat(resources.thread("disk"), database::lookAfterDisk, DISK);
        return database;
    }

    /**
     * Commands that load the style sheet and the guide. Only fixed URLs can be given; otherwise users load them
     * themselves.
     */
    private String browserCommands() {
        Config.Web web = config.web();
        return web.port() == 0 || !ON_LOCALHOST.contains(web.host())
                ? ""
                : "style http://localhost:%1$d%2$s; play http://localhost:%1$d%3$s"
                        .formatted(web.port(), GuideRoutes.STYLE, GuideRoutes.GUIDE);
    }

    private Graph.Settings ofEmbedded() {
        EmbeddedNeo4j own = embedded.orElseThrow();
        return new Graph.Settings(own.boltUri(), own.user(), own.password(), "");
    }

    /**
     * Limits how long a transaction waits for the gate or holds it, because no outcomes are stored meanwhile. The limit
     * matters most when another process may freeze while it holds the gate; no other process uses the embedded
     * database.
     */
    private TransactionTimeouts timeouts() {
        Duration lease = config.applier().map(Applier.Limits::lease).orElse(LEASE);
        Duration share = lease.multipliedBy(2).dividedBy(3);
        Duration shortest = embedded.isPresent() ? SHORTEST_EMBEDDED_WRITE : SHORTEST_WRITE;
        return new TransactionTimeouts(
                TransactionTimeouts.DEFAULT.read(), share.compareTo(shortest) < 0 ? shortest : share);
    }

    /** {@return the embedded database; empty if a server is used} */
    Optional<EmbeddedNeo4j> embedded() {
        return embedded;
    }

    /** {@return the graph for reads} */
    Graph graph() {
        return graph;
    }

    /** {@return the pending writes of requests} */
    PendingWrites writers() {
        return writers;
    }

    /** {@return the transactions that load and save entities} */
    EntityTransactions entities() {
        return entities;
    }

    /** {@return the transactions for changes by requests} */
    Transactions requests() {
        return writers.counting(graph);
    }

    /** {@return the transactions for advances} */
    Transactions advances() {
        return embedded.<Transactions>map(it -> it.transactions(timeouts())).orElse(graph);
    }

    /**
     * {@return the transactions for storing plans} They use half of the processors, so that the running plans have the
     * others.
     */
    Transactions storing() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return embedded.map(it -> writers.counting(it.transactions(timeouts(), resources.pool(threads, "storing-"))))
                .orElseGet(this::requests);
    }

    /** {@return the transactions of purges, for any thread} */
    Transactions purging() {
        return embedded.<Transactions>map(it -> it.transactions(timeouts(), resources.pool(1, "purging-")))
                .orElse(graph);
    }

    /** {@return why no new work may begin, if the disk is almost full} */
    Optional<String> diskShortage() {
        return embedded.flatMap(it -> it.disk().shortage());
    }

    /** Throws if the disk is almost full. */
    void requireRoom() {
        embedded.ifPresent(it -> it.disk().require());
    }

    /** {@return health checks; each returns why the database is unhealthy or unreachable} */
    List<Supplier<Optional<String>>> health() {
        return List.of(() -> embedded.flatMap(EmbeddedNeo4j::whyNotHealthy), connection::whyDown);
    }

    /** The URL of Neo4j Browser; for a server it is derived from the Bolt address, with the default port. */
    URI neo4jBrowser() {
        return embedded.map(EmbeddedNeo4j::browserUri)
                .orElseGet(() -> config.database().orElseThrow().settings().neo4jBrowser());
    }
}
