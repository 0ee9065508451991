package interlock.web.operation;

import interlock.applier.AdvanceSummary;
import interlock.applier.Attempt;
import interlock.applier.Claim;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Settlement;
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

/** What the service counts, at {@code /metrics} in the words of Prometheus. */
public final class Metrics implements WebServer.Routes, AutoCloseable {
    /** Those of plans that are not over: how many are over would have to be counted each time. */
    private static final List<String> OPEN_STATES = List.of("RECOMMENDED", "PENDING", "ONGOING", "CANCELLING");

    /** From what takes no time to a migration that takes hours; a few, since there are as many for each type and outcome. */
    private static final Duration[] BUCKETS = Stream.of(
                    "PT0.1S", "PT1S", "PT5S", "PT15S", "PT30S", "PT1M", "PT2M", "PT5M", "PT15M", "PT1H", "PT4H")
            .map(Duration::parse)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PlanReader reader;
    private final LongSupplier nanoTime;
    private volatile Optional<PlanReader.Frontier> frontier = Optional.empty();

    /** Only the thread that advances touches it. */
    private final Map<Attempt, Long> begun = new HashMap<>();

    private final AtomicInteger running = new AtomicInteger();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Timer advances;
    private final DistributionSummary batches;
    private final Timer claimLatency;
    private final Counter lost;
    private final Counter refused;

    /** Of what there is one for each action type and outcome; found once, since every attempt counts. */
    private final Map<Ending, Meters> endings = new HashMap<>();

    private record Ending(String actionType, String outcome) {}

    private record Meters(Counter attempts, Timer durations) {}

    /**
     * Takes the reader that knows how much there is to do.
     *
     * @param nanoTime a clock that only goes forward
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
                .description("Actions that run on this applier")
                .register(registry);
        advances = Timer.builder("interlock.advance")
                .description("Advances: transactions that settle and claim")
                .publishPercentileHistogram()
                .register(registry);
        batches = DistributionSummary.builder("interlock.advance.batch")
                .description("Outcomes stored and actions claimed by one advance")
                .publishPercentileHistogram()
                .maximumExpectedValue(1024.0)
                .register(registry);
        claimLatency = Timer.builder("interlock.claim.latency")
                .description("From an action's being ready to its being claimed")
                .publishPercentileHistogram()
                .register(registry);
        lost = Counter.builder("interlock.leases.lost.actions")
                .description("Running actions taken back from appliers whose lease ran out")
                .register(registry);
        refused = Counter.builder("interlock.outcomes.refused")
                .description("Outcomes that came too late")
                .register(registry);
    }

    private void gauges() {
        Gauge.builder("interlock.database.up", this, it -> it.frontier.isPresent() ? 1 : 0)
                .description("Whether the database answers this service: 1 or 0")
                .register(registry);
        gauge("interlock.actions.ready", "Actions that are ready to run", PlanReader.Frontier::ready)
                .register(registry);
        gauge("interlock.actions.blocked", "Ready actions that wait for a resource", PlanReader.Frontier::blocked)
                .register(registry);
        gauge("interlock.actions.ongoing", "Actions that run, on all appliers", PlanReader.Frontier::running)
                .register(registry);
        for (String state : OPEN_STATES) {
            gauge(
                            "interlock.plans",
                            "Plans that are not over, by state",
                            it -> it.plans().getOrDefault(state, 0L))
                    .tag("state", state)
                    .register(registry);
        }
        gauge(
                        "interlock.plans.unchanged",
                        "How long ago the plan last changed that is to run and has not changed for longest; 0: there is none",
                        PlanReader.Frontier::unchanged)
                .baseUnit("seconds")
                .register(registry);
        gauge("interlock.appliers", "Appliers whose lease is valid", PlanReader.Frontier::appliers)
                .register(registry);
        gauge("interlock.slots", "Actions that all appliers may run at once", PlanReader.Frontier::slots)
                .register(registry);
        gauge("interlock.slots.used", "Slots of all appliers in which an action runs", PlanReader.Frontier::used)
                .register(registry);
    }

    private Gauge.Builder<?> gauge(String name, String description, ToDoubleFunction<PlanReader.Frontier> value) {
        return Gauge.builder(
                        name, this, it -> it.frontier.map(value::applyAsDouble).orElse(Double.NaN))
                .description(description);
    }

    /** Asked once a scrape, not once a gauge: an unreachable database makes one wait. */
    private void lookAtFrontier() {
        try {
            frontier = Optional.of(reader.frontier());
        } catch (GraphUnavailable _) {
            frontier = Optional.empty();
        }
    }

    /** Counts what an advance did. */
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
        Ending ending =
                new Ending(settlement.claim().actionType(), settlement.outcome().word());
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
                        .description("Attempts that ended, by action type and outcome")
                        .tags(tags)
                        .register(registry),
                Timer.builder("interlock.attempt.duration")
                        .description(
                                "Attempts, from their being claimed to their end's being stored, by action type and outcome")
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
