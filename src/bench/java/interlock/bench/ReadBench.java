package interlock.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The time that the service takes to answer reads. */
@Command(
        name = "read",
        description = "Reads a large plan, alone in the database and with many finished actions.",
        sortOptions = false)
final class ReadBench implements Runnable {
    private static final String ALONE = "alone";
    private static final int WARM_UPS = 3;
    private static final double MEGABYTE = 1024.0 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--size",
            defaultValue = "100000",
            description = "Size of the large plan, in actions (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--finished",
            defaultValue = "1000000",
            description = "Number of finished actions in the full database (default: ${DEFAULT-VALUE}).")
    private int finished;

    @Override
    public void run() {
        Results results = options.results("read", spec);
        results.note("Complete answers over HTTP, without parsing their JSON.");
        Chart chart = new Chart("read", "milliseconds", "");
        List<List<Object>> rows = new ArrayList<>();
        try (Service service = options.service()) {
            UUID large = service.create(Workload.of(Shape.LAYERED, size).document("nop"));
            measure(service, ALONE, questions("plan of %,d".formatted(size), large), rows, chart);

            FinishedPlans plans = FinishedPlans.fill(service, finished);
            String full = "beside %,d finished actions".formatted(finished);
            measure(service, full, questions("plan of %,d".formatted(size), large), rows, chart);
            measure(service, full, questions("finished plan", plans.template()), rows, chart);
        }
        results.add(new Results.Table(
                "read", List.of("what", "database", "p50 ms", "p99 ms", "max ms", "answer MB"), rows));
        results.write(options.out, chart);
    }

    private static Map<String, String> questions(String of, UUID plan) {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("list of plans", "/v1/action_plans?limit=100");
        paths.put("list of actions", "/v1/actions?limit=100");
        paths.put("latest actions", "/v1/actions?limit=100&sort_dir=desc");
        paths.put("show, " + of, "/v1/action_plans/" + plan);
        paths.put("list of actions, " + of, "/v1/actions?limit=100&action_plan_uuid=" + plan);
        paths.put("graph, " + of, "/v1/action_plans/%s/graph".formatted(plan));
        return paths;
    }

    private void measure(
            Service service, String database, Map<String, String> questions, List<List<Object>> rows, Chart chart) {
        questions.forEach((name, path) -> {
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                service.sizeOf(path);
            }
            long bytes = 0;
            List<Double> times = new ArrayList<>();
            for (int round = 0; round < 4 * options.rounds; round++) {
                long began = System.nanoTime();
                bytes = service.sizeOf(path);
                times.add((System.nanoTime() - began) / 1e6);
            }
            List<Double> sorted = times.stream().sorted().toList();
            rows.add(List.of(
                    name,
                    database,
                    Spread.quantile(sorted, 0.5),
                    Spread.quantile(sorted, 0.99),
                    sorted.getLast(),
                    bytes / MEGABYTE));
            chart.add(database, name, Spread.of(times));
        });
    }
}
