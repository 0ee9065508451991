package interlock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.schedule.Budget;
import interlock.schedule.Project;
import interlock.schedule.Scheduler;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A recorded run of a workflow, as a plan of sleep actions. */
record RecordedWorkflow(String name, ObjectNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS = 1e9;

    /** The time limit of the search for a better schedule. */
    private static final Duration SEARCH = Duration.ofSeconds(2);

    private static final long SEED = 1;

    /**
     * {@return the workflow of that name}
     *
     * @param scale the factor of the durations in the file
     */
    static RecordedWorkflow read(String name, double scale) {
        try {
            ObjectNode document = (ObjectNode) JSON.readTree(Resources.text("/plans/%s.json".formatted(name)));
            for (JsonNode action : document.path("actions")) {
                double seconds = duration(action) * scale;
                ((ObjectNode) action.path("input_parameters")).put("duration", seconds);
                ((ObjectNode) action)
                        .put(
                                "estimated_duration",
                                Duration.ofNanos(Math.round(seconds * NANOS)).toString());
            }
            return new RecordedWorkflow(name, document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the same actions, planned by the weight planner without knowledge of their dependencies} */
    ObjectNode withBarriers(int parallelization) {
        ObjectNode barriers = document.deepCopy();
        barriers.put("planner", "weight");
        barriers.putObject("planner_options").putObject("parallelization").put("sleep", parallelization);
        for (JsonNode action : barriers.path("actions")) {
            ((ObjectNode) action).remove("parents");
            // otherwise, planners treat actions with the same duration as duplicates
            ((ObjectNode) action.path("input_parameters"))
                    .put("resource_id", action.path("id").asText());
        }
        return barriers;
    }

    /**
     * {@return a lower bound of the makespan in seconds: the maximum of the critical path and of the total work divided
     * by the slots}
     */
    double lowerBound(int slots) {
        return Scheduler.lowerBound(project(slots)) / NANOS;
    }

    /** {@return the makespan of the best list schedule found, in seconds} */
    double bestListSchedule(int slots) {
        return Scheduler.schedule(project(slots), Budget.of(SEARCH, System::nanoTime, SEED))
                        .shortest()
                        .makespan()
                / NANOS;
    }

    private Project project(int slots) {
        Map<String, Integer> places = new HashMap<>();
        document.path("actions")
                .forEach(action -> places.put(action.path("id").asText(), places.size()));
        long[] nanos = new long[places.size()];
        int[][] parents = new int[nanos.length][];
        int[][] demands = new int[nanos.length][];
        for (int place = 0; place < nanos.length; place++) {
            JsonNode action = document.path("actions").path(place);
            nanos[place] = Math.round(duration(action) * NANOS);
            parents[place] = action.path("parents")
                    .valueStream()
                    .mapToInt(parent -> places.getOrDefault(parent.asText(), -1))
                    .toArray();
            demands[place] = new int[] {0, 1};
        }
        return new Project(nanos, parents, demands, new int[] {slots});
    }

    private static double duration(JsonNode action) {
        return action.path("input_parameters").path("duration").asDouble();
    }
}
