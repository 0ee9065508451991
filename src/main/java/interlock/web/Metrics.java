package interlock.web;

import interlock.applier.Advance;
import interlock.applier.Claim;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Settlement;
import interlock.neo4j.PlanReader;
import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What the service counts, at {@code /metrics} in the words of Prometheus. */
public final class Metrics implements WebServer.Routes, AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PlanReader reader;
    private final AtomicReference<Double> ready = new AtomicReference<>(Double.NaN);
    private final AtomicReference<Double> ongoing = new AtomicReference<>(Double.NaN);
    private final AtomicInteger running = new AtomicInteger();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Timer advances;
    private final DistributionSummary batches;
    private final Timer claimLatency;
    private final Counter lost;
    private final Counter refused;

    /** Takes the reader that knows how much there is to do. */
    public Metrics(PlanReader reader) {
        this.reader = reader;
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        gauge("interlock.actions.ready", "Actions that are ready to run", ready);
        gauge("interlock.actions.ongoing", "Actions that run, on all appliers", ongoing);
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

    private void gauge(String name, String description, AtomicReference<Double> value) {
        Gauge.builder(name, value, AtomicReference::get)
                .description(description)
                .register(registry);
    }

    /** Asked once a scrape, not once a gauge: an unreachable database makes one wait. */
    private void lookAtFrontier() {
        try {
            PlanReader.Frontier frontier = reader.frontier();
            ready.set((double) frontier.ready());
            ongoing.set((double) frontier.running());
        } catch (GraphUnavailable _) {
            ready.set(Double.NaN);
            ongoing.set(Double.NaN);
        }
    }

    /** Counts what an advance did. */
    public void count(Advance advance) {
        running.set(advance.running());
        advances.record(advance.took());
        batches.record(advance.settled().size() + advance.claims().size());
        lost.increment(advance.lost());
        refused.increment(advance.refused().size());
        advance.settled().forEach(this::count);
        advance.claims().stream().map(Claim::waited).forEach(claimLatency::record);
    }

    private void count(Settlement settlement) {
        Counter.builder("interlock.actions")
                .description("Attempts that ended, by action type and outcome")
                .tag("type", settlement.claim().actionType())
                .tag("outcome", settlement.outcome().word())
                .register(registry)
                .increment();
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
