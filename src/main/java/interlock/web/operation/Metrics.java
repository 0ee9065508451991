package interlock.web.operation;

import interlock.applier.AdvanceSummary;
import interlock.applier.Attempt;
import interlock.applier.Claim;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Settlement;
import interlock.model.PlanState;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The service's metrics, at {@code /metrics} in the Prometheus text format. */
public final class Metrics implements WebServer.Routes, AutoCloseable {
    /**
     * The states of plans that have not ended. Plans in other states are not exported, because counting them would take
     * too long.
     */
    private static final List<String> OPEN_STATES = Stream.of(PlanState.values())
            .filter(state -> !state.ended())
            .map(PlanState::name)
            .toList();

    /**
     * From the shortest attempts to migrations of several hours. Few buckets, because each type and outcome has all of
     * them.
     */
    private static final Duration[] BUCKETS = Stream.of(
                    "PT0.1S", "PT1S", "PT5S", "PT15S", "PT30S", "PT1M", "PT2M", "PT5M", "PT15M", "PT1H", "PT4H")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PlanReader reader;
    private final LongSupplier nanoTime;
    private volatile Optional<PlanReader.Frontier> frontier = Optional.empty();

    /** The start of running attempts; used by the advancing thread only. */
    private final Map<Attempt, Long> begun = new HashMap<>();

    private final AtomicInteger running = new AtomicInteger();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Timer advances;
    private final DistributionSummary batches;
    private final Timer claimLatency;
    private final Counter lost;
    private final Counter refused;

    /** The meters by action type and outcome, cached because every attempt uses them. */
    private final Map<Ending, Meters> endings = new HashMap<>();

    private record Ending(String actionType, String outcome) {}

    private record Meters(Counter attempts, Timer durations) {}

    /**
     * Creates the registry.
     *
     * @param reader counts the open work at each scrape
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public Metrics(PlanReader reader, LongSupplier nanoTime) {
        this.reader = reader;
        this.nanoTime = nanoTime;
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        gauges();
        Gauge.builder("interlock.applier.running", running, AtomicInteger::get)
                .description("Actions running on this applier")
                .register(registry);
        advances = Timer.builder("interlock.advance")
                .description("Duration of advances, the transactions that store outcomes and claim actions")
                .publishPercentileHistogram()
                .register(registry);
        batches = DistributionSummary.builder("interlock.advance.batch")
                .description("Outcomes stored and actions claimed by one advance")
                .publishPercentileHistogram()
                .maximumExpectedValue(1024.0)
                .register(registry);
        claimLatency = Timer.builder("interlock.claim.latency")
                .description("Time from an action becoming ready to its claim")
                .publishPercentileHistogram()
                .register(registry);
        lost = Counter.builder("interlock.leases.lost.actions")
                .description("Running actions taken back from appliers with an expired lease")
                .register(registry);
        refused = Counter.builder("interlock.outcomes.refused")
                .description("Outcomes refused because they arrived too late")
                .register(registry);
    }

    private void gauges() {
        Gauge.builder("interlock.database.up", this, it -> it.frontier.isPresent() ? 1 : 0)
                .description("Whether this service can reach the database: 1 or 0")
                .register(registry);
        gauge("interlock.actions.ready", "Actions ready to run", PlanReader.Frontier::ready)
                .register(registry);
        gauge("interlock.actions.blocked", "Ready actions waiting for a resource", PlanReader.Frontier::blocked)
                .register(registry);
        gauge("interlock.actions.ongoing", "Actions running on all appliers", PlanReader.Frontier::running)
                .register(registry);
        for (String state : OPEN_STATES) {
            gauge(
                            "interlock.plans",
                            "Plans that have not ended, by state",
                            it -> it.plans().getOrDefault(state, 0L))
                    .tag("state", state)
                    .register(registry);
        }
        gauge(
                        "interlock.plans.unchanged",
                        "Time since the last change of the active plan unchanged for longest; 0 if there is none",
                        PlanReader.Frontier::unchanged)
                .baseUnit("seconds")
                .register(registry);
        gauge("interlock.appliers", "Appliers with a valid lease", PlanReader.Frontier::appliers)
                .register(registry);
        gauge("interlock.slots", "Actions that all appliers together can run at once", PlanReader.Frontier::slots)
                .register(registry);
        gauge("interlock.slots.used", "Slots of all appliers that are running an action", PlanReader.Frontier::used)
                .register(registry);
    }

    private Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<PlanReader.Frontier> value) {
        return Gauge.builder(
                        name, this, it -> it.frontier.map(value::applyAsDouble).orElse(Double.NaN))
                .description(description);
    }

    /** Reads all gauges at once per scrape, because every read of an unreachable database waits for its time-out. */
    private void lookAtFrontier() {
        try {
            frontier = Optional.of(reader.frontier());
        } catch (GraphUnavailable _) {
            frontier = Optional.empty();
        }
    }

    /** Counts the results of an advance. */
    public void count(AdvanceSummary advance) {
        running.set(advance.running());
        advances.record(advance.took());
        batches.record(advance.settled().size() + advance.claims().size());
        lost.increment(advance.lost());
        refused.increment(advance.refused().size());
        advance.settled().forEach(this::count);
        advance.refused().forEach(settlement -> begun.remove(Attempt.of(settlement.claim())));
        advance.claims().forEach(claim -> begun.put(Attempt.of(claim), nanoTime.getAsLong()));
        advance.claims().stream().map(Claim::waited).forEach(claimLatency::record);
    }

    private void count(Settlement settlement) {
        Ending ending = new Ending(
                settlement.claim().actionType(), settlement.outcome().kind().name());
        Meters meters = endings.computeIfAbsent(ending, this::register);
        meters.attempts().increment();
        Long since = begun.remove(Attempt.of(settlement.claim()));
        if (since != null) {
            meters.durations().record(Duration.ofNanos(nanoTime.getAsLong() - since));
        }
    }

    private Meters register(Ending ending) {
        Tags tags = Tags.of("type", ending.actionType(), "outcome", ending.outcome());
        return new Meters(
                Counter.builder("interlock.actions")
                        .description("Ended attempts, by action type and outcome")
                        .tags(tags)
                        .register(registry),
                Timer.builder("interlock.attempt.duration")
                        .description(
                                "Time from the claim of an attempt to the storing of its outcome, by action type and outcome")
                        .tags(tags)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/metrics", ctx -> {
            lookAtFrontier();
            ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
        });
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
