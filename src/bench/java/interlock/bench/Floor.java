package interlock.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/**
 * The floor: a program that only writes the results of a drain. It writes the same properties and relationships, in
 * batches, with one transaction per wave (the outcomes of the previous wave, and the next claims), through a driver to
 * the same kind of database. It has the graph in memory, reads nothing, runs nothing, takes no gate and checks no
 * fencing token.
 */
final class Floor implements Contestant {
    static final String NAME = "floor";

    private static final Statement ACTIONS = Statement.of("actions");
    private static final Statement JOIN = Statement.of("join");
    private static final Statement WAVE = Statement.of("wave");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Service database;
    private final int batch;

    /**
     * Creates the floor.
     *
     * @param database a service without an applier, of which the database is used
     * @param batch how many actions are claimed at once
     */
    Floor(Service database, int batch) {
        this.database = database;
        this.batch = batch;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Drained drain(Workload workload) {
        UUID plan = database.create(workload.document("nop"));
        Drain drain = new Drain(database.driver(), plan, workload, batch);
        database.vitals().resetPeakHeap();
        Duration cpu = database.vitals().cpu().plus(Vitals.ownCpu());
        long began = System.nanoTime();

        drain.run();

        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        return new Drained(
                workload.size(),
                wall,
                database.vitals().cpu().plus(Vitals.ownCpu()).minus(cpu),
                OptionalLong.of(database.vitals().peakHeap()),
                OptionalLong.of(drain.commits));
    }

    @Override
    public void close() {
        database.close();
    }

    /** The writes of one plan's drain, computed in memory. */
    private static final class Drain {
        private final Driver driver;
        private final String plan;
        private final int batch;
        private final String applier = UUID.randomUUID().toString();
        private final List<String> uuids;
        private final List<List<Integer>> children = new ArrayList<>();
        private final int[] unmet;
        private final Deque<Integer> ready = new ArrayDeque<>();
        private List<Integer> running = List.of();
        private int commits;

        Drain(Driver driver, UUID plan, Workload workload, int batch) {
            this.driver = driver;
            this.plan = plan.toString();
            this.batch = batch;
            this.uuids = ACTIONS.run(driver, Map.of("plan", this.plan)).stream()
                    .map((Record row) -> row.get("uuid").asString())
                    .toList();
            this.unmet = new int[workload.size()];
            for (int action = 0; action < workload.size(); action++) {
                children.add(new ArrayList<>());
                unmet[action] = workload.parents().get(action).length;
                for (int parent : workload.parents().get(action)) {
                    children.get(parent).add(action);
                }
            }
        }

        void run() {
            try (Session session = driver.session()) {
                JOIN.run(session, Map.of("plan", plan, "applier", applier, "now", now()));
                List<Integer> first = new ArrayList<>();
                for (int action = 0; action < unmet.length; action++) {
                    if (unmet[action] == 0) {
                        first.add(action);
                    }
                }
                wave(session, List.of(), first, List.of());
                while (!running.isEmpty()) {
                    List<Integer> ended = running;
                    List<Integer> freed = new ArrayList<>();
                    List<Integer> touched = new ArrayList<>();
                    ended.forEach(action -> unlock(action, freed, touched));
                    wave(session, ended, freed, touched);
                }
            }
        }

        private void unlock(int action, List<Integer> freed, List<Integer> touched) {
            for (int child : children.get(action)) {
                unmet[child]--;
                (unmet[child] == 0 ? freed : touched).add(child);
            }
        }

        private void wave(Session session, List<Integer> ended, List<Integer> freed, List<Integer> touched) {
            List<Integer> claimed = new ArrayList<>();
            while (claimed.size() < batch && !ready.isEmpty()) {
                claimed.add(ready.poll());
            }
            int now = Math.min(batch - claimed.size(), freed.size());
            claimed.addAll(freed.subList(0, now));
            List<Integer> later = freed.subList(now, freed.size());
            ready.addAll(later);
            List<Map<String, Object>> waiting = touched.stream()
                    .distinct()
                    .filter(child -> unmet[child] > 0)
                    .map(child -> Map.<String, Object>of("action", uuids.get(child), "unmet", unmet[child]))
                    .toList();
            WAVE.run(
                    session,
                    Map.of(
                            "plan", plan,
                            "applier", applier,
                            "now", now(),
                            "ended", uuids(ended),
                            "waiting", waiting,
                            "ready", uuids(later),
                            "claimed", uuids(claimed),
                            "done", claimed.isEmpty(),
                            "changes", changes(ended, claimed)));
            running = claimed;
            commits++;
        }

        private static ZonedDateTime now() {
            return ZonedDateTime.now(ZoneOffset.UTC);
        }

        private List<String> uuids(List<Integer> actions) {
            return actions.stream().map(uuids::get).toList();
        }

        /** {@return the changes of a wave, as stored with the revision} */
        private String changes(List<Integer> ended, List<Integer> claimed) {
            ArrayNode rows = JSON.createArrayNode();
            ended.forEach(action -> change(rows, action, "ONGOING", "SUCCEEDED"));
            claimed.forEach(action -> change(rows, action, "PENDING", "ONGOING"));
            return rows.toString();
        }

        private void change(ArrayNode rows, int action, String from, String to) {
            rows.addObject()
                    .put("uuid", uuids.get(action))
                    .put("id", Workload.id(action))
                    .put("old_state", from)
                    .put("state", to)
                    .put("attempt", 1);
        }
    }
}
