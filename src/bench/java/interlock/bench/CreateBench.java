package interlock.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The speed of storing plans. */
@Command(
        name = "create",
        description = "Stores plans, compared with bare UNWINDs that write the same nodes, properties and edges.",
        sortOptions = false)
final class CreateBench implements Runnable {
    /** The number of rows per transaction of the bare writes. */
    private static final int BATCH = 5_000;

    private static final int WARM_UP_SIZE = 1_000;
    private static final int WARM_UPS = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "layered",
            description = "Of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private List<Shape> shapes;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "100,1000,10000,100000",
            description = "Sizes of plans, in actions (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Override
    public void run() {
        Results results = options.results("create", spec);
        Chart chart = new Chart("create", "actions a second", "actions in the plan");
        List<List<Object>> rows = new ArrayList<>();
        try (Service interlock = options.database();
                Service bare = options.database()) {
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                measure(Workload.of(Shape.LAYERED, WARM_UP_SIZE), interlock, bare, 1);
            }
            for (int size : sizes) {
                for (Shape shape : shapes) {
                    Workload workload = Workload.of(shape, size);
                    Times times = measure(workload, interlock, bare, options.rounds);
                    rows.add(times.row(workload));
                    chart.add(shape + ", interlock", size, Spread.of(times.interlock(), seconds -> size / seconds));
                    chart.add(shape + ", bare UNWIND", size, Spread.of(times.bare(), seconds -> size / seconds));
                }
            }
        }
        results.add(new Results.Table(
                "create",
                List.of("plan", "interlock s", "bare UNWIND s", "interlock actions/s", "interlock / bare UNWIND"),
                rows));
        results.write(options.out, chart);
    }

    /** The rounds of both, in seconds. */
    private record Times(List<Double> interlock, List<Double> bare) {
        List<Object> row(Workload workload) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < interlock.size(); round++) {
                ratios.add(interlock.get(round) / bare.get(round));
            }
            return List.of(
                    workload.toString(),
                    Spread.of(interlock),
                    Spread.of(bare),
                    Spread.of(interlock, seconds -> workload.size() / seconds),
                    Spread.of(ratios));
        }
    }

    private static Times measure(Workload workload, Service interlock, Service bare, int rounds) {
        String document = workload.document("nop");
        Times times = new Times(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            UUID plan = interlock.create(document);
            times.interlock().add((System.nanoTime() - began) / 1e9);
            Duration written = Stored.read(interlock.driver(), plan).write(bare.driver(), workload, BATCH);
            times.bare().add(written.toNanos() / 1e9);
        }
        return times;
    }
}
