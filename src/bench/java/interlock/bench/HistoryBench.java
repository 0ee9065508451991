package interlock.bench;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a long history makes a service slower. */
@Command(
        name = "history",
        description = "Applies a plan on an empty database and on one with many finished actions.",
        sortOptions = false)
final class HistoryBench implements Runnable {
    private static final String EMPTY = "empty database";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--finished",
            defaultValue = "1000000",
            description = "Number of finished actions (default: ${DEFAULT-VALUE}).")
    private int finished;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "1000",
            description = "Size of the plan, in actions (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Override
    public void run() {
        Results results = options.results("history", spec);
        Chart chart = new Chart("history", "actions a second", "");
        DrainTable table = new DrainTable(EMPTY);
        try (Contestants contestants = new Contestants()) {
            contestants.add(new Interlock(EMPTY, List.of(options.service())));
            Service full = options.service();
            contestants.add(new Interlock("%,d finished actions".formatted(finished), List.of(full)));
            FinishedPlans.fill(full, finished);
            contestants.warmUp();
            for (int size : sizes) {
                Workload workload = Workload.of(Shape.LAYERED, size);
                Map<String, List<Drained>> drained = contestants.drain(workload, options.rounds);
                table.add(workload, drained);
                drained.forEach((name, rounds) ->
                        chart.add(workload.toString(), name, Spread.of(rounds, Drained::actionsPerSecond)));
            }
        }
        results.add(table.table("history"));
        results.write(options.out, chart);
    }
}
