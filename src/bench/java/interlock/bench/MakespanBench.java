package interlock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long recorded workflows take, against what no schedule can beat, and against the weight planner's barriers. */
@Command(
        name = "makespan",
        description = "Applies recorded workflows, against the lower bound and against barriers.",
        sortOptions = false)
final class MakespanBench implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARALLELIZATION = 10;

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

    @Override
    public void run() {
        Results results = options.results("makespan", spec);
        results.note("Lower bound: the longer of the critical path and of all work divided by the slots.");
        results.note("Barriers: the same actions, ordered by the weight planner, %d at once.".formatted(PARALLELIZATION));
        Chart chart = new Chart("makespan", "seconds", "");
        List<List<Object>> rows = new ArrayList<>();
        for (int slots : severalSlots) {
            try (Service service = options.service(slots)) {
                workflows.forEach(name -> measure(service, name, slots, rows, chart));
            }
        }
        results.add(new Results.Table(
                "makespan",
                List.of(
                        "workflow",
                        "slots",
                        "lower bound s",
                        "interlock s",
                        "barriers s",
                        "interlock / lower bound",
                        "barriers / interlock"),
                rows));
        results.write(options.out, chart);
    }

    private void measure(Service service, String name, int slots, List<List<Object>> rows, Chart chart) {
        ObjectNode workflow = read(name);
        double bound = lowerBound(workflow, slots);
        seconds(service, workflow); // has the statements planned
        List<Double> interlock = new ArrayList<>();
        List<Double> barriers = new ArrayList<>();
        for (int round = 0; round < options.rounds; round++) {
            interlock.add(seconds(service, workflow));
            barriers.add(seconds(service, withBarriers(workflow)));
        }
        List<Double> gains = new ArrayList<>();
        for (int round = 0; round < interlock.size(); round++) {
            gains.add(barriers.get(round) / interlock.get(round));
        }
        rows.add(List.of(
                name,
                slots,
                bound,
                Spread.of(interlock),
                Spread.of(barriers),
                Spread.of(interlock, each -> each / bound),
                Spread.of(gains)));
        String point = "%s, %d slots".formatted(name.replaceFirst("-.*", ""), slots);
        chart.add("lower bound", point, Spread.of(List.of(bound)));
        chart.add("interlock", point, Spread.of(interlock));
        chart.add("barriers", point, Spread.of(barriers));
        System.err.printf("%s: %s s, barriers %s s%n", point, Spread.of(interlock), Spread.of(barriers));
    }

    private static ObjectNode read(String name) {
        try {
            return (ObjectNode) JSON.readTree(Resources.text("/plans/%s.json".formatted(name)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double seconds(Service service, JsonNode document) {
        UUID plan = service.create(document.toString());
        int stored = service.get("/v1/actions?limit=1000&action_plan_uuid=" + plan).path("actions").size();
        if (stored != document.path("actions").size()) {
            throw new IllegalStateException("%d of %d actions were stored".formatted(stored, document.path("actions").size()));
        }
        long began = System.nanoTime();
        service.start(plan);
        service.awaitEnd(plan);
        return (System.nanoTime() - began) / 1e9;
    }

    /** {@return the workflow as one would have it planned who knows no dependencies} */
    private static ObjectNode withBarriers(ObjectNode workflow) {
        ObjectNode document = workflow.deepCopy();
        document.put("planner", "weight");
        document.putObject("planner_options").putObject("parallelization").put("sleep", PARALLELIZATION);
        for (JsonNode action : document.path("actions")) {
            ((ObjectNode) action).remove("parents");
            // or planners take those that last as long for one
            ((ObjectNode) action.path("input_parameters"))
                    .put("resource_id", action.path("id").asText());
        }
        return document;
    }

    private static double lowerBound(JsonNode workflow, int slots) {
        double work = 0;
        Map<String, Double> ends = new HashMap<>();
        Map<String, JsonNode> actions = new LinkedHashMap<>();
        for (JsonNode action : workflow.path("actions")) {
            actions.put(action.path("id").asText(), action);
            work += duration(action);
        }
        double critical = actions.keySet().stream()
                .mapToDouble(id -> end(id, actions, ends))
                .max()
                .orElse(0);
        return Math.max(critical, work / slots);
    }

    private static double end(String id, Map<String, JsonNode> actions, Map<String, Double> ends) {
        Double known = ends.get(id);
        if (known != null) {
            return known;
        }
        double start = 0;
        for (JsonNode parent : actions.get(id).path("parents")) {
            start = Math.max(start, end(parent.asText(), actions, ends));
        }
        double end = start + duration(actions.get(id));
        ends.put(id, end);
        return end;
    }

    private static double duration(JsonNode action) {
        return action.path("input_parameters").path("duration").asDouble();
    }
}
