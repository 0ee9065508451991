package interlock.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The time from a parent's outcome to its child's start. */
@Command(
        name = "latency",
        description = "Measures the time from a parent's outcome to its child's start, compared with bare commits.",
        sortOptions = false)
final class LatencyBench implements Runnable {
    private static final Statement STAMPS = Statement.of("stamps");
    private static final int COMMITS = 100;

    /** Enough for the code of both to be compiled. */
    private static final int WARM_UPS = 20;

    private static final int LOADED_WARM_UPS = 8;

    /** The number of actions of each plan of the load. */
    private static final int LOAD = 10_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--hops",
            defaultValue = "200",
            description = "Length of the chain in each round (default: ${DEFAULT-VALUE}).")
    private int hops;

    /** All rounds under one condition, in milliseconds. */
    private record Times(List<Double> hops, List<Double> commits, List<Double> syncs) {
        Times() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        List<Object> row(String condition) {
            List<Double> sorted = hops.stream().sorted().toList();
            double median = Spread.of(commits).median();
            double half = Spread.quantile(sorted, 0.5);
            double almostAll = Spread.quantile(sorted, 0.99);
            return List.of(
                    condition,
                    half,
                    almostAll,
                    sorted.getLast(),
                    median,
                    Spread.of(syncs).median(),
                    half / median,
                    almostAll / median);
        }
    }

    @Override
    public void run() {
        Results results = options.results("latency", spec);
        Times idle = new Times();
        Times loaded = new Times();
        try (Service service = options.stamping()) {
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                measure(service, new Times());
            }
            for (int warmUp = 0; warmUp < LOADED_WARM_UPS; warmUp++) {
                underLoad(service, new Times());
            }
            for (int round = 0; round < options.rounds; round++) {
                measure(service, idle);
                underLoad(service, loaded);
            }
        }
        results.note("A bare commit is a transaction that creates one empty node, over Bolt. They run sequentially, between the"
                + " rounds of the same condition.");
        results.note("Load: sequential plans of %,d independent no-op actions.".formatted(LOAD));
        results.add(new Results.Table(
                "latency",
                List.of(
                        "service",
                        "p50 ms",
                        "p99 ms",
                        "max ms",
                        "median bare commit ms",
                        "median fdatasync ms",
                        "p50 / bare commit",
                        "p99 / bare commit"),
                List.of(idle.row("idle"), loaded.row("loaded"))));
        results.write(options.out, chart(idle, loaded));
    }

    private void measure(Service service, Times times) {
        UUID plan = service.create(Workload.of(Shape.CHAIN, hops).document(Stamp.NAME));
        times.commits().addAll(BareCommits.ofDatabase(service.driver(), COMMITS));
        times.syncs().addAll(BareCommits.ofDisk(options.out, COMMITS));
        service.start(plan);
        service.awaitEnd(plan);
        STAMPS.run(service.driver(), Map.of("plan", plan.toString()))
                .forEach(row -> times.hops()
                        .add(Stamp.latency(
                                row.get("parent").asString(), row.get("child").asString())));
    }

    private void underLoad(Service service, Times times) {
        String document = Workload.of(Shape.WIDE, LOAD).document("nop");
        AtomicBoolean over = new AtomicBoolean();
        UUID first = service.create(document);
        service.start(first);
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            UUID before = first;
            while (!over.get()) {
                UUID next = service.create(document);
                service.start(next);
                service.awaitEnd(before);
                before = next;
            }
            service.awaitEnd(before);
        });
        measure(service, times);
        over.set(true);
        load.join();
    }

    private static Chart chart(Times idle, Times loaded) {
        Chart chart = new Chart("latency", "milliseconds: median, minimum to maximum", "");
        chart.add("outcome to start", "idle", Spread.of(idle.hops()));
        chart.add("outcome to start", "loaded", Spread.of(loaded.hops()));
        chart.add("bare commit", "idle", Spread.of(idle.commits()));
        chart.add("bare commit", "loaded", Spread.of(loaded.commits()));
        return chart;
    }
}
