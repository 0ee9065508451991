package interlock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.api.ActionType;
import interlock.applier.AdvanceSummary;
import interlock.applier.Applier;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.applier.Workers;
import interlock.model.DocumentLimits;
import interlock.model.StackTraceOnly;
import interlock.neo4j.AuditStore;
import interlock.neo4j.ControlConnection;
import interlock.neo4j.EmbeddedNeo4j;
import interlock.neo4j.Graph;
import interlock.neo4j.History;
import interlock.neo4j.Neo4jPlanGraph;
import interlock.neo4j.PlanControl;
import interlock.neo4j.PlanReader;
import interlock.neo4j.PlanStore;
import interlock.neo4j.Questions;
import interlock.neo4j.Schema;
import interlock.neo4j.TransactionTimeouts;
import interlock.neo4j.Transactions;
import interlock.neo4j.WebhookStore;
import interlock.neo4j.Writers;
import interlock.notification.Deliveries;
import interlock.notification.Delivery;
import interlock.notification.Receiver;
import interlock.openstack.CloudDocuments;
import interlock.openstack.CloudHosts;
import interlock.openstack.Clouds;
import interlock.openstack.OpenStackTypes;
import interlock.planner.Planners;
import interlock.plugin.Plugins;
import interlock.simulator.Simulator;
import interlock.web.ActionRoutes;
import interlock.web.AuditRoutes;
import interlock.web.AuditRuns;
import interlock.web.AuditTemplateRoutes;
import interlock.web.CatalogueRoutes;
import interlock.web.Discovery;
import interlock.web.DocsRoutes;
import interlock.web.Doors;
import interlock.web.DrawingRoutes;
import interlock.web.EventStream;
import interlock.web.Forecasts;
import interlock.web.GuideRoutes;
import interlock.web.Health;
import interlock.web.HealthRoutes;
import interlock.web.Metrics;
import interlock.web.PlanControlRoutes;
import interlock.web.PlanDocument;
import interlock.web.PlanRoutes;
import interlock.web.PlanSubscriptions;
import interlock.web.PlannerRoutes;
import interlock.web.QuestionRoutes;
import interlock.web.RoomRoutes;
import interlock.web.ScoringEngineRoutes;
import interlock.web.StrategyRoutes;
import interlock.web.WebServer;
import interlock.web.WebhookRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: builds everything, owns every thread, and closes what it opened in reverse order.
 *
 * <p>Its threads: the applier's driver, the one that renews its lease and the one that watches its time-outs, a virtual thread for each
 * running attempt (a platform thread if its type is a plug-in), a virtual thread for each request (Jetty's; a simulated cloud's, too),
 * one that sweeps up, one that feeds those who follow plans, one that looks for reads whose callers have gone, one that tells what a start
 * waits for, those that store plans in an embedded database, one that watches its disk, and those of the database and its driver.
 */
public final class App implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(App.class);
    private static final Duration DISK = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    /** How often time-outs are looked at, and, in each lease, whether that is to be renewed. */
    private static final Duration WATCH = Duration.ofMillis(200);

    private static final int LOOKS_IN_A_LEASE = 10;

    /** The lease of a service that has no applier, for the bounds of its transactions. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** What a cold database needs for its first transactions, however short the lease. */
    private static final Duration SHORTEST_WRITE = Duration.ofSeconds(5);

    private static final Duration SHORTEST_EMBEDDED_WRITE = Duration.ofSeconds(20);

    /** How often it is looked for reads whose callers have gone. */
    private static final Duration LOOK_FOR_CALLERS = Duration.ofSeconds(1);

    /** The addresses that are also called localhost, or listened on together with it. */
    private static final Set<String> ON_LOCALHOST = Set.of("localhost", "127.0.0.1", "::1", "0.0.0.0", "::");

    /** How long a webhook's receiver may take to take a connection. */
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    /** How long the start may take to warm up: on a busy machine the rest is left for later. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Config config;
    private final Startup startup;
    private final Optional<Simulator> simulator;
    private final Optional<EmbeddedNeo4j> embedded;
    private final WebServer web;

    private App(Config config, Consumer<String> onEnd) {
        this.config = config;
        try {
            InstantSource clock = InstantSource.system();
            simulator = config.simulation().map(simulation -> startSimulator(simulation, clock));
            startup = startup();
            embedded = config.database().isPresent() ? Optional.empty() : Optional.of(startDatabase(onEnd));
            Graph.Settings database =
                    config.database().map(Config.Server::settings).orElseGet(this::embeddedDatabase);
            ControlConnection connection = opened(new ControlConnection(database));
            try (Graph untimed = new Graph(database)) {
                startup.during("waiting for an answer of the database " + database, untimed::verify);
                startup.during("migrating the schema of the database", new Schema(untimed)::migrate);
            }
            Graph graph = opened(new Graph(database, Optional.empty(), timeouts()));

            Clouds clouds = opened(new Clouds(
                    clouds(), clock, () -> ThreadLocalRandom.current().nextDouble()));
            List<ActionType> cloudTypes = OpenStackTypes.on(clouds);
            Workers attempts = attemptThreads();
            ActionTypes ownTypes =
                    new ActionTypes(cloudTypes).with(ActionTypes.own().all());
            Planners ownPlanners = Planners.own(config.planners(), new CloudHosts(clouds, Thread::sleep)::of);
            Plugins plugins =
                    opened(Plugins.load(config.plugins(), attempts.calls(), ownTypes.names(), ownPlanners.names()));
            ActionTypes types = ownTypes.with(plugins.actionTypes());
            Planners planners = ownPlanners.with(plugins.planners());
            Writers writers = new Writers();
            Transactions requests = writers.counting(graph);
            PlanStore store = new PlanStore(
                    embedded.map(it -> writers.counting(it.transactions(timeouts(), storing())))
                            .orElse(requests),
                    config.capacities(),
                    this::requireRoom);
            startup.during(
                    "storing the capacities of resources",
                    () -> store.setCapacities(config.capacities().byResource()));
            PlanControl control = new PlanControl(requests);
            PlanReader reader = new PlanReader(graph);
            PlanDocument documents = new PlanDocument(types, planners, config.capacities(), DocumentLimits.ACTIONS);
            AuditStore audits = new AuditStore(requests);
            Signal anyChange = new Signal();
            PlanSubscriptions followers = feedFollowers(reader, anyChange);
            WebhookStore webhooks = new WebhookStore(requests);
            tellWebhooks(webhooks, new History(graph), anyChange, clock);
            Metrics metrics = opened(new Metrics(reader, System::nanoTime));

            Optional<Applier> applier = config.applier()
                    .map(limits -> startApplier(limits, graph, writers, types, attempts, followers, metrics, clock));
            sweepNowAndThen(store, followers);
            endReadsWhoseCallersHaveGone(graph, connection);
            PlanControlRoutes.Changed changed = plan -> {
                followers.changed(Set.of(plan));
                applier.ifPresent(Applier::wake);
            };
            web = opened(WebServer.start(
                    config.web().host(),
                    config.web().port(),
                    new Doors(config.web().host(), hostName(), config.web().publicUrls()),
                    requestThreads("http", "request-"),
                    List.of(
                            new RoomRoutes(this::diskShortage),
                            new PlanRoutes(
                                    documents,
                                    store,
                                    reader,
                                    new EventStream(reader, followers),
                                    new Forecasts(config.capacities(), reader, System::nanoTime)),
                            new DrawingRoutes(reader),
                            new PlanControlRoutes(control, reader, changed),
                            new ActionRoutes(reader, types, control, changed),
                            new QuestionRoutes(new Questions(graph), reader),
                            new CatalogueRoutes(
                                    types, reader, simulator.isPresent() ? names(cloudTypes) : Set.of(), plugins),
                            new PlannerRoutes(planners, DocumentLimits.ACTIONS, plugins),
                            new HealthRoutes(
                                    new Health(List.of(() -> applier.flatMap(Applier::complaint)), clock),
                                    ready(connection, clock)),
                            new AuditRoutes(audits, new AuditRuns(audits, documents, store, control, changed), clock),
                            new AuditTemplateRoutes(audits),
                            new WebhookRoutes(webhooks),
                            new StrategyRoutes(reader, clock, hostName()),
                            new ScoringEngineRoutes(),
                            new Discovery(simulator.isPresent(), neo4jBrowser()),
                            new DocsRoutes(),
                            new GuideRoutes(),
                            metrics)));
            opened(followers);
            if (config.sample()) {
                startup.during(
                        "storing the sample plan", () -> applySample(documents, store, control, reader, applier));
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
     * @throws EmbeddedNeo4j.CannotStart when the embedded database does not come up
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database server is out of reach
     * @throws Schema.SchemaMismatch when the database belongs to another version
     * @throws WebServer.CannotListen when the address is taken
     */
    public static App start(Config config) {
        return start(config, reason -> log.error("{}", reason));
    }

    /**
     * Starts the service, as {@link #start(Config)}.
     *
     * @param onEnd is told, once, why the embedded database stores nothing any more: then the process has to end
     */
    public static App start(Config config, Consumer<String> onEnd) {
        return new App(config, onEnd);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    /** It tells until the service is up. */
    private Startup startup() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("startup").daemon().factory());
        opened(timer::shutdownNow);
        Startup begun = new Startup(
                System::nanoTime, Thread::sleep, log::info, config.database().map(Config.Server::startupTimeout));
        repeat(timer, begun::tell, Startup.EVERY);
        return begun;
    }

    private EmbeddedNeo4j startDatabase(Consumer<String> onEnd) {
        Config.Embedded where = config.embedded();
        EmbeddedNeo4j.Settings settings = new EmbeddedNeo4j.Settings(
                where.data(), where.boltPort(), where.browserPort(), browserCommands(), where.diskFloor());
        EmbeddedNeo4j database = opened(startup.during(
                "starting the embedded database in " + settings.data(), () -> EmbeddedNeo4j.start(settings, onEnd)));
        repeat(threads("disk"), database::lookAfterDisk, DISK);
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

    private Graph.Settings embeddedDatabase() {
        EmbeddedNeo4j own = embedded.orElseThrow();
        return new Graph.Settings(own.boltUri(), own.user(), own.password(), "");
    }

    /** Of a server only the address for drivers is known; unless somebody moved it, Neo4j Browser is beside it. */
    private URI neo4jBrowser() {
        return embedded.map(EmbeddedNeo4j::browserUri)
                .orElseGet(() -> config.database().orElseThrow().settings().neo4jBrowser());
    }

    /** Plans are stored by half of the processors: what runs meanwhile has the others. */
    private Executor storing() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return opened(Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("storing-", 1).factory()));
    }

    /** Platform threads: code of plug-ins that computes without end would keep a virtual thread's carrier from all others. */
    private Workers attemptThreads() {
        ExecutorService own = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("attempt-", 1).factory());
        opened(own::shutdownNow);
        ExecutorService plugins = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("plugin-", 1).daemon().factory());
        opened(plugins::shutdownNow);
        return new Workers(own, plugins, Thread::sleep, new PluginCalls(plugins));
    }

    private Applier startApplier(
            Applier.Limits limits,
            Graph graph,
            Writers writers,
            ActionTypes types,
            Workers attempts,
            PlanSubscriptions followers,
            Metrics metrics,
            InstantSource clock) {
        Transactions transactions =
                embedded.map(it -> it.transactions(timeouts())).orElse(graph);
        Neo4jPlanGraph plans = new Neo4jPlanGraph(
                transactions,
                new Neo4jPlanGraph.Member(
                        hostName(), ProcessHandle.current().pid(), limits.maxConcurrentActions(), limits.lease()),
                threads("revert-graphs"));
        if (embedded.isPresent()) {
            startup.during(
                    "ending the leases of ended processes", () -> plans.expireTheDead(App::isAnotherLiveProcess));
        }
        long enough = System.nanoTime() + WARM_UP.toNanos();
        AtomicBoolean warm = new AtomicBoolean();
        Consumer<String> rehearsals =
                plans.warmingUp(() -> writers.anyWaits() || (!warm.get() && System.nanoTime() > enough));
        startup.during("warming up", () -> warmUp(rehearsals));
        warm.set(true);
        CountDownLatch looked = new CountDownLatch(1);
        Applier applier = new Applier(
                limits.claimingWhile(() -> diskShortage().isEmpty()),
                plans,
                types,
                attempts,
                clock,
                advance -> {
                    tell(advance, followers, metrics);
                    looked.countDown();
                },
                rehearsals);
        repeat(threads("lease"), applier::renew, limits.lease().dividedBy(LOOKS_IN_A_LEASE));
        repeat(threads("watch"), applier::watch, WATCH);
        Thread driver = Thread.ofPlatform().name("applier").start(applier::run);
        opened(() -> {
            applier.stop();
            driver.join();
        });
        startup.during("looking at the plans for the first time", () -> await(looked, limits.lease()));
        return applier;
    }

    /** One thread, which nobody interrupts: it may be in the middle of a transaction. */
    private ScheduledExecutorService threads(String name) {
        return opened(Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory()));
    }

    /** What goes wrong once does not end it. */
    private void repeat(ScheduledExecutorService thread, Runnable task, Duration every) {
        Runnable safe = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.warn("something that is done again and again went wrong; it goes on", StackTraceOnly.of(e));
            }
        };
        var repeated = thread.scheduleWithFixedDelay(safe, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        opened(() -> repeated.cancel(false));
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

    /** Who creates the first plan does not wait until the database has learnt the statements. Without it, the service is slower. */
    private static void warmUp(Consumer<String> rehearsals) {
        try {
            rehearsals.accept("");
        } catch (RuntimeException e) {
            log.info("cannot warm up: {}", e.getMessage());
        }
    }

    /** An applier that cannot advance does not keep the service from starting: by it one finds out why. */
    private static void await(CountDownLatch latch, Duration atMost) {
        try {
            if (!latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn("the applier has not advanced yet");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Health ready(ControlConnection connection, InstantSource clock) {
        return new Health(List.of(() -> embedded.flatMap(EmbeddedNeo4j::whyNotHealthy), connection::whyDown), clock);
    }

    private PlanSubscriptions feedFollowers(PlanReader reader, Signal anyChange) {
        PlanSubscriptions followers = new PlanSubscriptions(reader, anyChange, PlanSubscriptions.Limits.DEFAULT);
        Thread feeder = Thread.ofPlatform().name("events").start(followers::run);
        opened(() -> {
            feeder.interrupt();
            feeder.join();
        });
        return followers;
    }

    private void tellWebhooks(WebhookStore webhooks, History history, Signal changed, InstantSource clock) {
        if (embedded.isPresent()) {
            startup.during("releasing webhooks", webhooks::releaseAll); // by a process that is no more
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        opened(client::shutdownNow);
        ExecutorService deliveries = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("webhook-", 1).factory());
        opened(deliveries::shutdownNow);
        String holder = "%s:%d".formatted(hostName(), ProcessHandle.current().pid());
        Delivery delivery = new Delivery(
                webhooks,
                history,
                new Receiver(client, clock, hostName()),
                clock,
                RandomGenerator.getDefault(),
                holder);
        Deliveries told = new Deliveries(webhooks, delivery, new Workers(deliveries, Thread::sleep), changed);
        Thread driver = Thread.ofPlatform().name("webhooks").start(told::run);
        opened(() -> {
            driver.interrupt();
            driver.join();
        });
    }

    private static boolean isAnotherLiveProcess(long pid) {
        return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
    }

    private static void tell(AdvanceSummary advance, PlanSubscriptions followers, Metrics metrics) {
        metrics.count(advance);
        followers.changed(advance.plans());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            log.debug("this machine does not know its own name", StackTraceOnly.of(e));
            return "localhost";
        }
    }

    private void sweepNowAndThen(PlanStore store, PlanSubscriptions followers) {
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("sweeper").daemon().factory());
        opened(sweeper::shutdownNow);
        var sweeping =
                sweeper.scheduleWithFixedDelay(() -> sweep(store, followers), 0, SWEEP.toSeconds(), TimeUnit.SECONDS);
        opened(() -> sweeping.cancel(false));
    }

    private void endReadsWhoseCallersHaveGone(Graph graph, ControlConnection connection) {
        repeat(threads("read-watch"), () -> graph.endAbandonedReads(connection), LOOK_FOR_CALLERS);
    }

    private void sweep(PlanStore store, PlanSubscriptions followers) {
        try {
            if (diskShortage().isEmpty()) {
                store.sweepDrafts();
            }
            if (!config.actionPlanExpiry().isZero()) {
                followers.changed(store.supersedeExpired(config.actionPlanExpiry()));
            }
        } catch (GraphUnavailable e) {
            log.warn(
                    "cannot sweep up half-stored plans and those that nobody has started: {}. It is tried again in a"
                            + " minute",
                    e.getMessage());
        } catch (RuntimeException e) {
            log.error("sweeping up went wrong; it is tried again in a minute", StackTraceOnly.of(e));
        }
    }

    private Optional<String> diskShortage() {
        return embedded.flatMap(it -> it.disk().shortage());
    }

    private void requireRoom() {
        embedded.ifPresent(it -> it.disk().require());
    }

    private Simulator startSimulator(Config.Simulation simulation, InstantSource clock) {
        return opened(Simulator.start(
                simulation.topology(),
                config.embedded().data().resolve("simulation.json"),
                clock,
                requestThreads("simulation", "simulated-")));
    }

    private CloudDocuments clouds() {
        return simulator
                .map(it -> new CloudDocuments(
                        Map.of(Simulator.NAME, it.cloud()),
                        Optional.of(Simulator.NAME),
                        "nowhere: this is a simulation"))
                .orElseGet(config::clouds);
    }

    private static Set<String> names(List<ActionType> types) {
        return types.stream().map(ActionType::name).collect(Collectors.toSet());
    }

    private static QueuedThreadPool requestThreads(String name, String each) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName(name);
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(each, 1).factory()));
        return threads;
    }

    private static void applySample(
            PlanDocument documents,
            PlanStore store,
            PlanControl control,
            PlanReader reader,
            Optional<Applier> applier) {
        if (!reader.plans(PlanReader.PlanFilter.ANY, PlanReader.Page.first(1)).isEmpty()) {
            return;
        }
        try (InputStream in = App.class.getResourceAsStream("/examples/drain-rack.yaml")) {
            JsonNode sample = new YAMLMapper().readTree(in);
            UUID plan = store.create(documents.read(sample, Optional.empty()));
            control.start(plan, OptionalLong.empty());
            applier.ifPresent(Applier::wake);
            log.info("applying the sample plan {}", plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where the service is to be reached} */
    public URI uri() {
        String host = config.web().host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        return URI.create("http://%s:%d".formatted(everywhere ? "localhost" : host, web.port()));
    }

    /** {@return what answers requests} */
    public WebServer web() {
        return web;
    }

    /** {@return the cloud inside the service, if it has one} */
    Optional<Simulator> simulator() {
        return simulator;
    }

    /** {@return the embedded database, if the service has one} */
    public Optional<EmbeddedNeo4j> embedded() {
        return embedded;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                log.warn("cannot close cleanly", StackTraceOnly.of(e));
            }
        }
    }
}
