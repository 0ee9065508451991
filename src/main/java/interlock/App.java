package interlock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.model.DocumentLimits;
import interlock.neo4j.database.EmbeddedNeo4j;
import interlock.neo4j.database.Page;
import interlock.neo4j.database.Schema;
import interlock.neo4j.retention.PlanExport;
import interlock.neo4j.retention.PlanRestore;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.view.PlanAnalysis;
import interlock.neo4j.view.PlanReader;
import interlock.openstack.CloudDocuments;
import interlock.simulator.Simulator;
import interlock.web.http.RequestGuard;
import interlock.web.http.WebServer;
import interlock.web.operation.Discovery;
import interlock.web.operation.DiskSpaceGuard;
import interlock.web.operation.DocsRoutes;
import interlock.web.operation.GuideRoutes;
import interlock.web.operation.Health;
import interlock.web.operation.HealthRoutes;
import interlock.web.v1.ActionRoutes;
import interlock.web.v1.CatalogueRoutes;
import interlock.web.v1.DrawingRoutes;
import interlock.web.v1.EventStream;
import interlock.web.v1.PlanControlRoutes;
import interlock.web.v1.PlanRoutes;
import interlock.web.v1.PlannerRoutes;
import interlock.web.v1.QuestionRoutes;
import interlock.web.v1.WebhookRoutes;
import interlock.web.v1.forecast.ForecastRoutes;
import interlock.web.v1.forecast.Forecasts;
import interlock.web.v1.resource.ResourceRoutes;
import interlock.web.v1.retention.ArchiveRoutes;
import interlock.web.v1.retention.PurgeRoutes;
import interlock.web.watcher.AuditRuns;
import interlock.web.watcher.WatcherApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service. It builds all parts, owns all threads, and closes everything in reverse order.
 *
 * <p>Its threads: one that drives the applier, one that renews its lease, one that watches time-outs, one virtual
 * thread per running attempt (a platform thread for plug-ins), one virtual thread per request (Jetty's and the
 * simulated cloud's), one that sweeps, one that feeds the followers of plans, one that cancels reads of disconnected
 * clients, one that reports the progress of the start, a pool that stores plans in an embedded database, one that
 * watches its disk, and those of the database and its driver.
 */
public final class App implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(App.class);

    private final ProcessResources resources = new ProcessResources();
    private final Config config;
    private final Optional<Simulator> simulator;
    private final Database database;
    private final Engine engine;
    private final WebServer web;

    private App(Config config, Consumer<String> onEnd) {
        this.config = config;
        try {
            InstantSource clock = InstantSource.system();
            simulator = config.simulation().map(simulation -> startSimulator(simulation, clock));
            Startup startup = startup();
            database = new Database(config, startup, resources, onEnd);
            engine = new Engine(config, startup, resources, database, clouds(), clock);
            web = resources.add(listen(clock));
            resources.add(engine.followers());
            if (config.sample()) {
                startup.during("storing the sample plan", this::applySample);
            }
            startup.over();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts the service.
     *
     * @throws EmbeddedNeo4j.CannotStart when the embedded database does not start
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database server is unreachable
     * @throws Schema.SchemaMismatch when the database has the schema of another version
     * @throws WebServer.CannotListen when the address is in use
     */
    public static App start(Config config) {
        return start(config, reason -> log.error("{}", reason));
    }

    /**
     * Starts the service, as {@link #start(Config)}.
     *
     * @param onEnd called once, with the reason, when the embedded database can no longer store anything; the process
     *     then has to exit
     */
    public static App start(Config config, Consumer<String> onEnd) {
        return new App(config, onEnd);
    }

    /** Begins the progress reports, which end when the service is up. */
    private Startup startup() {
        Startup begun = new Startup(
                System::nanoTime, Thread::sleep, log::info, config.database().map(Config.Server::startupTimeout));
        resources.repeat(resources.interruptedThread("startup"), begun::tell, Startup.EVERY);
        return begun;
    }

    private WebServer listen(InstantSource clock) {
        PlanReader reader = engine.reader();
        Forecasts forecasts = new Forecasts(engine.capacities(), engine.durationKeys(), reader, System::nanoTime);
        Health live = new Health(List.of(engine::complaint), clock);
        Health ready = new Health(
                Stream.concat(database.health().stream(), Stream.of(engine::whyStandingStill))
                        .toList(),
                clock);
        List<WebServer.Routes> own = List.of(
                new DiskSpaceGuard(database::diskShortage),
                new PlanRoutes(
                        engine.documents(),
                        engine.store(),
                        reader,
                        new EventStream(reader, engine.followers()),
                        forecasts),
                new DrawingRoutes(reader),
                new PlanControlRoutes(
                        engine.control(),
                        reader,
                        plan -> forecasts
                                .baseline(plan)
                                .ifPresent(makespan -> engine.store().expect(plan, makespan)),
                        engine::changed),
                new ActionRoutes(reader, engine.types(), engine.actions(), engine::changed),
                new QuestionRoutes(new PlanAnalysis(database.graph()), reader),
                new ForecastRoutes(forecasts, reader),
                new CatalogueRoutes(engine.types(), reader, simulated(), engine.plugins()),
                new PlannerRoutes(engine.planners(), DocumentLimits.ACTIONS, engine.plugins()),
                new HealthRoutes(live, ready),
                new ResourceRoutes(engine.resourceReader(), engine.resourceStore(), engine::changedCapacities),
                new WebhookRoutes(engine.webhooks()),
                new PurgeRoutes(engine.retention().store(), engine.retention()::changed),
                new ArchiveRoutes(
                        new PlanExport(database.graph()),
                        new PlanRestore(database.requests(), engine.capacities(), database::requireRoom),
                        reader),
                new Discovery(
                        simulator.isPresent(),
                        database.neo4jBrowser(),
                        config.web().watcherApi()),
                new DocsRoutes(config.web().watcherApi()),
                new GuideRoutes(),
                engine.metrics());
        return WebServer.start(
                config.web().host(),
                config.web().port(),
                new RequestGuard(
                        config.web().host(), Engine.hostName(), config.web().publicUrls()),
                ProcessResources.requestThreads("http", "request-"),
                config.web().watcherApi()
                        ? Stream.concat(watcherApi(clock).stream(), own.stream())
                                .toList()
                        : own);
    }

    private List<WebServer.Routes> watcherApi(InstantSource clock) {
        AuditRuns runs = new AuditRuns(
                new AuditStore(database.entities()),
                engine.documents(),
                engine.store(),
                engine.control(),
                engine::changed);
        return WatcherApi.routes(runs, engine.reader(), clock, Engine.hostName());
    }

    private Set<String> simulated() {
        return simulator.isPresent() ? engine.cloudTypeNames() : Set.of();
    }

    private Simulator startSimulator(Config.Simulation simulation, InstantSource clock) {
        return resources.add(Simulator.start(
                simulation.topology(),
                config.embedded().data().resolve("simulation.json"),
                clock,
                ProcessResources.requestThreads("simulation", "simulated-")));
    }

    private CloudDocuments clouds() {
        return simulator
                .map(it -> new CloudDocuments(
                        Map.of(Simulator.NAME, it.cloud()),
                        Optional.of(Simulator.NAME),
                        "nowhere, because the cloud is simulated"))
                .orElseGet(config::clouds);
    }

    private void applySample() {
        if (!engine.reader().plans(PlanReader.PlanFilter.ANY, Page.first(1)).isEmpty()) {
            return;
        }
        try (InputStream in = App.class.getResourceAsStream("/examples/drain-rack.yaml")) {
            JsonNode sample = new YAMLMapper().readTree(in);
            UUID plan = engine.store().create(engine.documents().read(sample, Optional.empty()));
            engine.control().start(plan, OptionalLong.empty());
            engine.changed(plan);
            log.info("applying the sample plan {}", plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the URL of the service} */
    public URI uri() {
        String host = config.web().host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        return URI.create("http://%s:%d".formatted(everywhere ? "localhost" : host, web.port()));
    }

    /** {@return the HTTP server} */
    public WebServer web() {
        return web;
    }

    /** {@return the simulated cloud, if the service has one} */
    Optional<Simulator> simulator() {
        return simulator;
    }

    /** {@return the embedded database, if the service has one} */
    public Optional<EmbeddedNeo4j> embedded() {
        return database.embedded();
    }

    @Override
    public void close() {
        resources.close();
    }
}
