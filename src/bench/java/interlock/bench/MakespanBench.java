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

/** How long recorded workflows take, against what no schedule can beat, and against the weight planner's barriers. */
@Command(
        name = "makespan",
        description = "Applies recorded workflows, against the lower bound, the best list schedule and barriers.",
        sortOptions = false)
final class MakespanBench implements Runnable {
    private static final int PARALLELIZATION = 10;

    /** The service is to have learnt to hop before it is measured. */
    private static final int WARM_UPS = 20;

    /** So short that applying takes the time, and schedules are looked for all the same. */
    private static final double WARM_UP_SCALE = 0.001;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--workflows",
            split = ",",
            defaultValue = "1000genome-chameleon-10ch-100k-001,bwa-chameleon-small-001,rnaseq-dirt02-001",
            description = "Which (default: ${DEFAULT-VALUE}).")
    private List<String> workflows;

    @Option(
            names = "--several-slots",
            split = ",",
            defaultValue = "4,16,64",
            description = "How many slots the services have, one after the other (default: ${DEFAULT-VALUE}).")
    private List<Integer> severalSlots;

    @Option(
            names = "--scale",
            split = ",",
            defaultValue = "10,100,10",
            description = {
                "How many times as long as in the files the tasks of each workflow last: there, hours are seconds",
                "(default: ${DEFAULT-VALUE}, because bwa's last a few milliseconds there).",
                "The last number holds for the workflows that follow, too."
            })
    private List<Double> scales;

    @Override
    public void run() {
        Results results = options.results("makespan", spec);
        results.note("Lower bound: the longer of the critical path and of all work divided by the slots.");
        results.note("Barriers: the same actions, ordered by the weight planner, %d at once.".formatted(PARALLELIZATION));
        results.note("Barriers / lower bound: how many times shorter than they any plan could be.");
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
