package interlock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a purge makes running plans slower, and whether the space of purged plans is used again. */
@Command(
        name = "purge",
        description = "Applies plans beside a purge of many ended actions, and stores as many again.",
        sortOptions = false)
final class PurgeBench implements Runnable {
    private static final Statement TOUCH = Statement.of("touch");

    /** Enough for the log of the database to be so long that a checkpoint follows. */
    private static final int TOUCHES = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--finished",
            defaultValue = "1000000",
            description = "Number of ended actions (default: ${DEFAULT-VALUE}).")
    private int finished;

    @Option(
            names = "--size",
            defaultValue = "1000",
            description = "Size of the running plans, in actions (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--warm-ups",
            defaultValue = "20",
            description = "Number of plans before the measurements (default: ${DEFAULT-VALUE}).")
    private int warmUps;

    @Override
    public void run() {
        Results results = options.results("purge", spec);
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        try (Service service = options.service()) {
            UUID first = FinishedPlans.fill(service, finished).template();
            for (int round = 0; round < warmUps; round++) {
                seconds(service);
            }
            for (int round = 0; round < options.rounds; round++) {
                alone.add(seconds(service));
            }
            long before = storeSize(service, first);
            long began = System.nanoTime();
            String purge = service.post("/v1/purge", "{\"older_than\": \"0s\"}")
                    .path("id")
                    .asText();
            while (goesOn(service, purge)) {
                double its = seconds(service);
                if (goesOn(service, purge)) {
                    beside.add(its);
                }
            }
            double took = (System.nanoTime() - began) / 1e9;
            JsonNode ended = service.get("/v1/purge/" + purge);
            for (int round = 0; round < options.rounds; round++) {
                alone.add(seconds(service));
            }
            UUID second = FinishedPlans.fill(service, finished).template();
            long again = storeSize(service, second);
            results.note("The running plans are layered plans of %,d no-op actions, one after the other.".formatted(size));
            results.add(new Results.Table(
                    "running plans",
                    List.of("", "plans", "seconds, median", "slower"),
                    List.of(
                            List.of("alone", alone.size(), Spread.of(alone).median(), 1.0),
                            List.of(
                                    "beside the purge",
                                    beside.size(),
                                    beside.isEmpty() ? 0.0 : Spread.of(beside).median(),
                                    beside.isEmpty()
                                            ? 0.0
                                            : Spread.of(beside).median()
                                                    / Spread.of(alone).median()))));
            results.add(new Results.Table(
                    "the purge",
                    List.of("actions", "seconds", "actions/s", "MB before", "MB after as many again", "growth"),
                    List.of(List.of(
                            ended.path("removed_actions").asLong(),
                            took,
                            ended.path("removed_actions").asLong() / took,
                            before / 1e6,
                            again / 1e6,
                            (double) again / before))));
        }
        Chart chart = new Chart("purge", "seconds of a plan: median, minimum to maximum", "");
        chart.add("plan", "alone", Spread.of(alone));
        if (!beside.isEmpty()) {
            chart.add("plan", "beside the purge", Spread.of(beside));
        }
        results.write(options.out, chart);
    }

    /** {@return the size of the store after a checkpoint} Pages in memory do not count before. */
    private static long storeSize(Service service, UUID plan) {
        for (int touch = 0; touch < TOUCHES; touch++) {
            TOUCH.run(service.driver(), Map.of("plan", plan.toString(), "value", touch + 0.5));
        }
        return service.storeSize();
    }

    private double seconds(Service service) {
        UUID plan = service.create(Workload.of(Shape.LAYERED, size).document("nop"));
        return service.secondsOf(plan);
    }

    private static boolean goesOn(Service service, String purge) {
        return !service.get("/v1/purge/" + purge).hasNonNull("finished_at");
    }
}
