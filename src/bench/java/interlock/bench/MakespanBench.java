package interlock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The makespan of recorded workflows, compared with a lower bound and with the barriers of the weight planner. */
@Command(
        name = "makespan",
        description = "Applies recorded workflows, compared with the lower bound, the best list schedule and barriers.",
        sortOptions = false)
final class MakespanBench implements Runnable {
    private static final int PARALLELIZATION = 10;

    /** Warms up the service before the measurement. */
    private static final int WARM_UPS = 20;

    /** Short enough that warm-ups take little time, but are still scheduled. */
    private static final double WARM_UP_SCALE = 0.001;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--workflows",
            split = ",",
            defaultValue = "1000genome-chameleon-10ch-100k-001,bwa-chameleon-small-001,rnaseq-dirt02-001",
            description = "Workflows (default: ${DEFAULT-VALUE}).")
    private List<String> workflows;

    @Option(
            names = "--several-slots",
            split = ",",
            defaultValue = "4,16,64",
            description = "Numbers of slots of the services (default: ${DEFAULT-VALUE}).")
    private List<Integer> severalSlots;

    @Option(
            names = "--scale",
            split = ",",
            defaultValue = "10,100,10",
            description = {
                "Factor of the durations in each workflow's file, where hours are seconds",
                "(default: ${DEFAULT-VALUE}, because bwa's tasks take a few milliseconds there).",
                "The last number applies to all further workflows."
            })
    private List<Double> scales;

    @Override
    public void run() {
        Results results = options.results("makespan", spec);
        results.note("Lower bound: the maximum of the critical path and of the total work divided by the slots.");
        results.note("Barriers: the same actions, planned by the weight planner, %d at once.".formatted(PARALLELIZATION));
        results.note("Barriers / lower bound: the greatest possible improvement over barriers.");
        Chart chart = new Chart("makespan", "seconds", "");
        List<List<Object>> rows = new ArrayList<>();
        for (int slots : severalSlots) {
            try (Service service = options.service(slots)) {
                warmUp(service);
                for (int place = 0; place < workflows.size(); place++) {
                    double scale = scales.get(Math.min(place, scales.size() - 1));
                    measure(service, RecordedWorkflow.read(workflows.get(place), scale), slots, rows, chart);
                }
            }
        }
        results.add(new Results.Table(
                "makespan",
                List.of(
                        "workflow",
                        "slots",
                        "lower bound s",
                        "best list schedule s",
                        "interlock s",
                        "barriers s",
                        "interlock / lower bound",
                        "interlock / best list schedule",
                        "barriers / interlock",
                        "barriers / lower bound"),
                rows));
        results.write(options.out, chart);
    }

    private void warmUp(Service service) {
        for (int round = 0; round < WARM_UPS; round++) {
            RecordedWorkflow workflow = RecordedWorkflow.read(workflows.get(round % workflows.size()), WARM_UP_SCALE);
            seconds(service, workflow.document());
            seconds(service, workflow.withBarriers(PARALLELIZATION));
        }
    }

    private void measure(Service service, RecordedWorkflow workflow, int slots, List<List<Object>> rows, Chart chart) {
        double bound = workflow.lowerBound(slots);
        double schedule = workflow.bestListSchedule(slots);
        List<Double> interlock = new ArrayList<>();
        List<Double> barriers = new ArrayList<>();
        List<Double> gains = new ArrayList<>();
        for (int round = 0; round < options.rounds; round++) {
            interlock.add(seconds(service, workflow.document()));
            barriers.add(seconds(service, workflow.withBarriers(PARALLELIZATION)));
            gains.add(barriers.getLast() / interlock.getLast());
        }
        rows.add(List.of(
                workflow.name(),
                slots,
                bound,
                schedule,
                Spread.of(interlock),
                Spread.of(barriers),
                Spread.of(interlock, each -> each / bound),
                Spread.of(interlock, each -> each / schedule),
                Spread.of(gains),
                Spread.of(barriers, each -> each / bound)));
        String point = "%s, %d slots".formatted(workflow.name().replaceFirst("-.*", ""), slots);
        chart.add("lower bound", point, Spread.of(List.of(bound)));
        chart.add("best list schedule", point, Spread.of(List.of(schedule)));
        chart.add("interlock", point, Spread.of(interlock));
        chart.add("barriers", point, Spread.of(barriers));
        System.err.printf(
                "%s: %s s, best list schedule %.3f s, barriers %s s%n",
                point, Spread.of(interlock), schedule, Spread.of(barriers));
    }

    private static double seconds(Service service, JsonNode document) {
        UUID plan = service.create(document.toString());
        int stored = service.get("/v1/actions?limit=1000&action_plan_uuid=" + plan)
                .path("actions")
                .size();
        int sent = document.path("actions").size();
        if (stored != sent) {
            throw new IllegalStateException("%d of %d actions were stored".formatted(stored, sent));
        }
        return service.secondsOf(plan);
    }
}
