package interlock;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.action.TypeDurationKeys;
import interlock.api.ActionType;
import interlock.applier.AdvanceSummary;
import interlock.applier.Applier;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.applier.WorkerThreads;
import interlock.model.Capacities;
import interlock.model.DocumentLimits;
import interlock.model.DurationKeys;
import interlock.model.StackTraceOnly;
import interlock.neo4j.control.ActionControl;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.duration.DurationRecorder;
import interlock.neo4j.store.History;
import interlock.neo4j.store.Neo4jPlanGraph;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.store.ResourceStore;
import interlock.neo4j.store.WebhookStore;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.ResourceReader;
import interlock.notification.Delivery;
import interlock.notification.WebhookClient;
import interlock.notification.WebhookDispatcher;
import interlock.openstack.CloudDocuments;
import interlock.openstack.CloudHosts;
import interlock.openstack.Clouds;
import interlock.openstack.action.OpenStackTypes;
import interlock.plan.PlanDocument;
import interlock.planner.Planners;
import interlock.plugin.Plugins;
import interlock.web.operation.Metrics;
import interlock.web.v1.PlanSubscriptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core of the service: action types, planners, stores, the applier, and the distribution of changes. */
final class Engine {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private static final Duration RECORDING = Duration.ofSeconds(5);

    /** The portions of ended attempts that are recorded at once. */
    private static final int PORTIONS = 20;

    /** How often time-outs are checked. */
    private static final Duration WATCH = Duration.ofMillis(200);

    /** How often per lease the renewal is considered. */
    private static final int LOOKS_IN_A_LEASE = 10;

    /** The time-out for connecting to a webhook's receiver. */
    private static final Duration TO_CONNECT = Duration.ofSeconds(5);

    /** How long the start may spend on warming up; the rest happens later, when the service is idle. */
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private final Config config;
    private final Startup startup;
    private final ProcessResources resources;
    private final Database database;
    private final InstantSource clock;
    private final List<ActionType> cloudTypes;
    private final Plugins plugins;
    private final ActionTypes types;
    private final Planners planners;
    private final Capacities capacities;
    private final PlanStore store;
    private final ResourceStore resourceStore;
    private final ResourceReader resourceReader;
    private final PlanControl control;
    private final ActionControl actions;
    private final PlanReader reader;
    private final PlanDocument documents;
    private final PlanSubscriptions followers;
    private final WebhookStore webhooks;
    private final Retention retention;
    private final DurationKeys durationKeys;
    private final Metrics metrics;
    private final Optional<Applier> applier;

    /**
     * Builds the parts and starts the applier.
     *
     * @param clouds the configuration of the clouds that actions work on
     */
    Engine(
            Config config,
            Startup startup,
            ProcessResources resources,
            Database database,
            CloudDocuments clouds,
            InstantSource clock) {
        this.config = config;
        this.startup = startup;
        this.resources = resources;
        this.database = database;
        this.clock = clock;
        Clouds reached = resources.add(
                new Clouds(clouds, clock, () -> ThreadLocalRandom.current().nextDouble()));
        cloudTypes = OpenStackTypes.on(reached);
        WorkerThreads attempts = attemptThreads();
        ActionTypes ownTypes =
                new ActionTypes(cloudTypes).with(ActionTypes.own().all());
        Planners ownPlanners = Planners.own(config.planners(), new CloudHosts(reached, Thread::sleep)::of);
        plugins =
                resources.add(Plugins.load(config.plugins(), attempts.calls(), ownTypes.names(), ownPlanners.names()));
        types = ownTypes.with(plugins.actionTypes());
        planners = ownPlanners.with(plugins.planners());
        capacities = config.capacities().with(types.resourceKinds());
        durationKeys = new TypeDurationKeys(types);
        store = new PlanStore(database.storing(), capacities, durationKeys, database::requireRoom);
        resourceStore = new ResourceStore(database.requests(), capacities);
        resourceReader = new ResourceReader(database.graph());
        startup.during("storing the resource capacities", resourceStore::applyConfiguration);
        control = new PlanControl(database.requests());
        actions = new ActionControl(database.requests());
        reader = new PlanReader(database.graph(), database.entities());
        documents = new PlanDocument(types, planners, capacities, resourceReader::capacities, DocumentLimits.ACTIONS);
        Signal anyChange = new Signal();
        followers = feedFollowers(anyChange);
        webhooks = new WebhookStore(database.requests(), database.entities());
        tellWebhooks(new History(database.graph(), database.entities()), anyChange);
        retention = new Retention(config.retention(), startup, resources, database, processName());
        metrics = resources.add(new Metrics(reader, System::nanoTime));
        applier = config.applier().map(limits -> startApplier(limits, attempts));
        sweepNowAndThen();
        recordDurations();
    }

    /** Beside the appliers, so that no advance takes longer for it. */
    private void recordDurations() {
        DurationRecorder recorder = new DurationRecorder(database.requests());
        resources.repeat(
                resources.interruptedThread("durations"),
                () -> {
                    if (database.diskShortage().isEmpty()) {
                        recorder.record(PORTIONS);
                    }
                },
                RECORDING);
    }

    /** Plug-ins get platform threads, because endless computations would block the carriers of virtual threads. */
    private WorkerThreads attemptThreads() {
        ExecutorService own = resources.virtualThreads("attempt-");
        ExecutorService foreign = resources.platformThreads("plugin-");
        return new WorkerThreads(own, foreign, Thread::sleep, new PluginCalls(foreign));
    }

    private Applier startApplier(Applier.Limits limits, WorkerThreads attempts) {
        Neo4jPlanGraph plans = new Neo4jPlanGraph(
                database.advances(),
                new Neo4jPlanGraph.Member(
                        hostName(), ProcessHandle.current().pid(), limits.maxConcurrentActions(), limits.lease()),
                resources.thread("revert-graphs"));
        if (database.embedded().isPresent()) {
            startup.during(
                    "expiring the leases of ended processes", () -> plans.expireTheDead(Engine::isAnotherLiveProcess));
        }
        long enough = System.nanoTime() + WARM_UP.toNanos();
        AtomicBoolean warm = new AtomicBoolean();
        Consumer<String> rehearsals =
                plans.warmingUp(() -> database.writers().anyWaits() || (!warm.get() && System.nanoTime() > enough));
        startup.during("warming up", () -> warmUp(rehearsals));
        warm.set(true);
        CountDownLatch looked = new CountDownLatch(1);
        Applier started = new Applier(
                limits.claimingWhile(() -> database.diskShortage().isEmpty()),
                plans,
                types,
                attempts,
                clock,
                advance -> {
                    tell(advance);
                    looked.countDown();
                },
                rehearsals);
        resources.repeat(
                resources.thread("lease"), started::renew, limits.lease().dividedBy(LOOKS_IN_A_LEASE));
        resources.repeat(resources.thread("watch"), started::watch, WATCH);
        resources.run("applier", started::run, _ -> started.stop());
        startup.during("looking at the plans for the first time", () -> await(looked, limits.lease()));
        return started;
    }

    /**
     * Warms the query plans, so that the first plan is not delayed. A failure only makes the service slower at first.
     */
    private static void warmUp(Consumer<String> rehearsals) {
        try {
            rehearsals.accept("");
        } catch (RuntimeException e) {
            log.info("cannot warm up: {}", e.getMessage());
        }
    }

    /**
     * Waits for the applier's first advance. The service starts in any case, so that its health shows what is wrong.
     */
    private static void await(CountDownLatch latch, Duration atMost) {
        try {
            if (!latch.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn("the applier has not advanced yet");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private PlanSubscriptions feedFollowers(Signal anyChange) {
        PlanSubscriptions fed = new PlanSubscriptions(reader, anyChange, PlanSubscriptions.Limits.DEFAULT);
        resources.run("events", fed::run, Thread::interrupt);
        return fed;
    }

    private void tellWebhooks(History history, Signal changed) {
        if (database.embedded().isPresent()) {
            startup.during("releasing webhooks", webhooks::releaseAll); // a process that has ended may still hold some
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TO_CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        resources.add(client::shutdownNow);
        ExecutorService dispatcher = resources.virtualThreads("webhook-");
        Delivery delivery = new Delivery(
                webhooks,
                history,
                new WebhookClient(client, clock, hostName()),
                clock,
                RandomGenerator.getDefault(),
                processName());
        WebhookDispatcher told =
                new WebhookDispatcher(webhooks, delivery, new WorkerThreads(dispatcher, Thread::sleep), changed);
        resources.run("webhooks", told::run, Thread::interrupt);
    }

    private static String processName() {
        return "%s:%d".formatted(hostName(), ProcessHandle.current().pid());
    }

    private static boolean isAnotherLiveProcess(long pid) {
        return pid != ProcessHandle.current().pid() && ProcessHandle.of(pid).isPresent();
    }

    private void tell(AdvanceSummary advance) {
        metrics.count(advance);
        followers.changed(advance.plans());
    }

    private void sweepNowAndThen() {
        ScheduledExecutorService sweeper = resources.interruptedThread("sweeper");
        var sweeping = sweeper.scheduleWithFixedDelay(this::sweep, 0, SWEEP.toSeconds(), TimeUnit.SECONDS);
        resources.add(() -> sweeping.cancel(false));
    }

    private void sweep() {
        try {
            if (database.diskShortage().isEmpty()) {
                store.sweepDrafts();
            }
            if (!config.actionPlanExpiry().isZero()) {
                followers.changed(store.supersedeExpired(config.actionPlanExpiry()));
            }
        } catch (GraphUnavailable e) {
            log.warn(
                    "cannot remove incomplete plans and supersede expired ones: {}. Retrying in a minute",
                    e.getMessage());
        } catch (RuntimeException e) {
            log.error(
                    "removing incomplete plans and superseding expired ones failed; retrying in a minute",
                    StackTraceOnly.of(e));
        }
    }

    /** Announces a change of a plan to its followers and to the applier. */
    void changed(UUID plan) {
        followers.changed(Set.of(plan));
        applier.ifPresent(Applier::wake);
    }

    /** Announces a change of capacities to the applier, and the changed plans to their followers. */
    void changedCapacities(Set<UUID> plans) {
        followers.changed(plans);
        applier.ifPresent(Applier::wake);
    }

    /** {@return why the applier cannot work; empty if it can} */
    Optional<String> complaint() {
        return applier.flatMap(Applier::complaint);
    }

    /** {@return why no changes of plans are being stored, if that has lasted for longer than a lease} */
    Optional<String> whyStandingStill() {
        return applier.flatMap(Applier::whyStandingStill);
    }

    /** {@return the names of the action types that work on clouds} */
    Set<String> cloudTypeNames() {
        return cloudTypes.stream().map(ActionType::name).collect(Collectors.toSet());
    }

    Plugins plugins() {
        return plugins;
    }

    DurationKeys durationKeys() {
        return durationKeys;
    }

    ActionTypes types() {
        return types;
    }

    Planners planners() {
        return planners;
    }

    PlanStore store() {
        return store;
    }

    /** {@return the configured capacities and the defaults for the installed types} */
    Capacities capacities() {
        return capacities;
    }

    ResourceStore resourceStore() {
        return resourceStore;
    }

    ResourceReader resourceReader() {
        return resourceReader;
    }

    PlanControl control() {
        return control;
    }

    ActionControl actions() {
        return actions;
    }

    PlanReader reader() {
        return reader;
    }

    PlanDocument documents() {
        return documents;
    }

    PlanSubscriptions followers() {
        return followers;
    }

    WebhookStore webhooks() {
        return webhooks;
    }

    Retention retention() {
        return retention;
    }

    Metrics metrics() {
        return metrics;
    }

    /** {@return the host name of this machine} */
    static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            log.debug("cannot determine the host name of this machine", StackTraceOnly.of(e));
            return "localhost";
        }
    }
}
