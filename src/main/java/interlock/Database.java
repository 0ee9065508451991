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

/** The database of the service: embedded, or a server; its schema is brought up to date first. */
final class Database {
    private static final Duration DISK = Duration.ofSeconds(1);

    /** The lease of a service that has no applier, for the bounds of its transactions. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** What a cold database needs for its first transactions, however short the lease. */
    private static final Duration SHORTEST_WRITE = Duration.ofSeconds(5);

    private static final Duration SHORTEST_EMBEDDED_WRITE = Duration.ofSeconds(20);

    /** How often it is looked for reads whose callers have gone. */
    private static final Duration LOOK_FOR_CALLERS = Duration.ofSeconds(1);

    /** The addresses that are also called localhost, or listened on together with it. */
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
     * Starts the embedded database, or waits for the server.
     *
     * @param onEnd is told, once, why the embedded database stores nothing any more
     */
    Database(Config config, Startup startup, ProcessResources resources, Consumer<String> onEnd) {
        this.config = config;
        this.startup = startup;
        this.resources = resources;
        embedded = config.database().isPresent() ? Optional.empty() : Optional.of(start(onEnd));
        Graph.Settings settings = config.database().map(Config.Server::settings).orElseGet(this::ofEmbedded);
        connection = resources.add(new ControlConnection(settings));
        try (Graph untimed = new Graph(settings)) {
            startup.during("waiting for an answer of the database " + settings, untimed::verify);
            startup.during("migrating the schema of the database", new Schema(untimed)::migrate);
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

    /** Colours by state, and the guide. Where they are to be had is known beforehand, or they have to be asked for. */
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
     * What waits for the gate, or has it, may not do so for long: else nobody's outcomes are stored meanwhile. That counts most where
     * another process may be frozen while it has the gate; no such process shares the embedded database.
     */
    private TransactionTimeouts timeouts() {
        Duration lease = config.applier().map(Applier.Limits::lease).orElse(LEASE);
        Duration share = lease.multipliedBy(2).dividedBy(3);
        Duration shortest = embedded.isPresent() ? SHORTEST_EMBEDDED_WRITE : SHORTEST_WRITE;
        return new TransactionTimeouts(
                TransactionTimeouts.DEFAULT.read(), share.compareTo(shortest) < 0 ? shortest : share);
    }

    /** {@return the embedded database, if there is no server} */
    Optional<EmbeddedNeo4j> embedded() {
        return embedded;
    }

    /** {@return the way for reads} */
    Graph graph() {
        return graph;
    }

    /** {@return who waits for the end of a write} */
    PendingWrites writers() {
        return writers;
    }

    /** {@return the way for what is loaded and saved as entities} */
    EntityTransactions entities() {
        return entities;
    }

    /** {@return the way for what requests change} */
    Transactions requests() {
        return writers.counting(graph);
    }

    /** {@return the way for advances} */
    Transactions advances() {
        return embedded.<Transactions>map(it -> it.transactions(timeouts())).orElse(graph);
    }

    /** {@return the way for plans that are stored} By half of the processors: what runs meanwhile has the others. */
    Transactions storing() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return embedded.map(it -> writers.counting(it.transactions(timeouts(), resources.pool(threads, "storing-"))))
                .orElseGet(this::requests);
    }

    /** {@return why nothing new may begin, if there is too little room} */
    Optional<String> diskShortage() {
        return embedded.flatMap(it -> it.disk().shortage());
    }

    /** Refuses when there is too little room. */
    void requireRoom() {
        embedded.ifPresent(it -> it.disk().require());
    }

    /** {@return why it is not well, or does not answer} */
    List<Supplier<Optional<String>>> health() {
        return List.of(() -> embedded.flatMap(EmbeddedNeo4j::whyNotHealthy), connection::whyDown);
    }

    /** Of a server only the address for drivers is known; unless somebody moved it, Neo4j Browser is beside it. */
    URI neo4jBrowser() {
        return embedded.map(EmbeddedNeo4j::browserUri)
                .orElseGet(() -> config.database().orElseThrow().settings().neo4jBrowser());
    }
}
