package interlock.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The combined throughput of several services on one database. */
@Command(
        name = "appliers",
        description = "Applies plans of no-op actions by several services on one database server.",
        sortOptions = false)
final class AppliersBench implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--appliers",
            split = ",",
            defaultValue = "1,2,4",
            description = "Numbers of services; ratios are to the first (default: ${DEFAULT-VALUE}).")
    private List<Integer> counts;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "wide,layered",
            description = "Shapes of plans (default: ${DEFAULT-VALUE}).")
    private List<Shape> shapes;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "10000",
            description = "Sizes of plans, in actions (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Override
    public void run() {
        Results results = options.results("appliers", spec);
        results.note("CPU and heap are the totals of all services and the database server.");
        Chart chart = new Chart("appliers", "actions a second", "");
        DrainTable table = new DrainTable(name(counts.getFirst()));
        try (Contestants contestants = new Contestants()) {
            for (int count : counts) {
                contestants.add(new Interlock(name(count), services(count)));
            }
            contestants.warmUp();
            for (int size : sizes) {
                for (Shape shape : shapes) {
                    Workload workload = Workload.of(shape, size);
                    Map<String, List<Drained>> drained = contestants.drain(workload, options.rounds);
                    table.add(workload, drained);
                    drained.forEach((name, rounds) ->
                            chart.add(workload.toString(), name, Spread.of(rounds, Drained::actionsPerSecond)));
                }
            }
        }
        results.add(table.table("appliers"));
        results.write(options.out, chart);
    }

    private static String name(int count) {
        return count == 1 ? "1 applier" : count + " appliers";
    }

    /** {@return services that apply plans, followed by the one that provides the database} */
    private List<Service> services(int count) {
        Service database = options.database();
        List<Service> services = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            services.add(options.another(database));
        }
        services.add(database);
        return services;
    }
}
