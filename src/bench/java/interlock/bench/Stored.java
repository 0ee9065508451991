package interlock.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/**
 * A plan as Interlock stored it, to be written again by bare {@code UNWIND}s: the same nodes, properties and edges.
 *
 * @param plan the properties of the plan
 * @param actions the properties of its actions, in order
 */
record Stored(Map<String, Object> plan, List<Map<String, Object>> actions) {
    private static final Statement PROPERTIES = Statement.of("properties");
    private static final Statement WRITE_PLAN = Statement.of("write-plan");
    private static final Statement WRITE_ACTIONS = Statement.of("write-actions");
    private static final Statement WRITE_EDGES = Statement.of("write-edges");

    static Stored read(Driver driver, UUID plan) {
        Record row = PROPERTIES.run(driver, Map.of("plan", plan.toString())).getFirst();
        return new Stored(row.get("plan").asMap(), row.get("actions").asList(action -> action.asMap()));
    }

    /**
     * Writes the plan with new uuids.
     *
     * @param batch the number of rows per transaction
     * @return how long it took
     */
    Duration write(Driver driver, Workload workload, int batch) {
        String uuid = UUID.randomUUID().toString();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Map<String, Object> action : actions) {
            Map<String, Object> row = new HashMap<>(action);
            row.put("uuid", UUID.randomUUID().toString());
            row.put("planUuid", uuid);
            rows.add(row);
        }
        List<Map<String, Object>> edges = new ArrayList<>();
        for (int child = 0; child < workload.size(); child++) {
            for (int parent : workload.parents().get(child)) {
                edges.add(Map.of(
                        "child", rows.get(child).get("uuid"),
                        "parent", rows.get(parent).get("uuid")));
            }
        }
        Map<String, Object> properties = new HashMap<>(plan);
        properties.put("uuid", uuid);

        long began = System.nanoTime();
        try (Session session = driver.session()) {
            WRITE_PLAN.run(session, Map.of("plan", properties));
            for (int from = 0; from < rows.size(); from += batch) {
                List<Map<String, Object>> some = rows.subList(from, Math.min(from + batch, rows.size()));
                WRITE_ACTIONS.run(session, Map.of("plan", uuid, "actions", some));
            }
            for (int from = 0; from < edges.size(); from += batch) {
                List<Map<String, Object>> some = edges.subList(from, Math.min(from + batch, edges.size()));
                WRITE_EDGES.run(session, Map.of("edges", some));
            }
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
