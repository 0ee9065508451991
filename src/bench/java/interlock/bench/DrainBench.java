package interlock.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The speed of applying plans of no-op actions. */
@Command(
        name = "drain",
        description = "Applies plans of no-op actions, with a durable outcome for each.",
        sortOptions = false)
final class DrainBench implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--shapes",
            split = ",",
            defaultValue = "wide,chain,layered,watcher",
            description = "Shapes of plans (default: ${DEFAULT-VALUE}).")
    private List<Shape> shapes;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "100,1000,10000,100000",
            description = "Sizes of plans, in actions (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(
            names = "--yardsticks",
            split = ",",
            defaultValue = "floor,db-scheduler,taskflow",
            description = "Systems that are measured in turn with Interlock (default: ${DEFAULT-VALUE}).")
    private Set<String> yardsticks;

    @Override
    public void run() {
        Results results = options.results("drain", spec);
        Chart chart = new Chart("drain", "actions a second", "actions in the plan");
        DrainTable table = new DrainTable(Floor.NAME);
        Yardsticks others = new Yardsticks(options, yardsticks, results);
        for (int size : sizes) {
            try (Contestants contestants = new Contestants()) {
                contestants.add(new Interlock(options.service()));
                others.addTo(contestants, size);
                contestants.warmUp();
                for (Shape shape : shapes) {
                    Workload workload = Workload.of(shape, size);
                    Map<String, List<Drained>> drained = contestants.drain(workload, options.rounds);
                    table.add(workload, drained);
                    drained.forEach((name, rounds) ->
                            chart.add(shape + ", " + name, size, Spread.of(rounds, Drained::actionsPerSecond)));
                }
            }
        }
        results.add(table.table("drain"));
        results.write(options.out, chart);
    }
}
