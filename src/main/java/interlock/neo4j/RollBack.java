package interlock.neo4j;

import interlock.model.ActionGraph;
import interlock.model.ActionState;
import interlock.model.PlannedAction;
import interlock.model.RevertGraph;
import interlock.model.RevertGraph.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** Stores what undoes what has succeeded, as a graph of actions like any other. */
final class RollBack {
    private static final Cypher ROLL_BACKS_WAITING = Cypher.of("applier/roll-backs-waiting");
    private static final Cypher BEGIN_ROLL_BACK = Cypher.of("applier/begin-roll-back");
    private static final Cypher SUCCEEDED_IN_PLAN = Cypher.of("applier/succeeded-in-plan");
    private static final Cypher SUCCEEDED_BEFORE_PATH = Cypher.of("applier/succeeded-before-path");
    private static final Cypher ORDER_OF = Cypher.of("applier/order-of");
    private static final Cypher ORDER_BY_PATHS = Cypher.of("applier/order-by-paths");
    private static final Cypher STORE_REVERTS = Cypher.of("applier/store-reverts");
    private static final Cypher LINK = Cypher.of("applier/link");
    private static final Cypher PATH_AFTER_REVERTS = Cypher.of("applier/path-after-reverts");
    private static final Cypher MAKE_READY = Cypher.of("applier/make-ready");

    private final Step step;

    RollBack(Step step) {
        this.step = step;
    }

    /** Begins to roll back those of the waiting plans of which nothing runs any more. */
    void beginWaiting() {
        List<String> quiet = step.run(ROLL_BACKS_WAITING, Map.of()).stream()
                .filter(row -> row.get("ongoing").asInt() + running(row) == 0)
                .map(row -> row.get("plan").asString())
                .toList();
        quiet.forEach(this::begin);
    }

    private int running(MapAccessor row) {
        return step.changes().difference(row.get("plan").asString(), ActionState.ONGOING);
    }

    private void begin(String plan) {
        step.send(BEGIN_ROLL_BACK, Map.of("plan", plan));
        step.changes().plan(plan);
        List<MapAccessor> started =
                step.run(SUCCEEDED_IN_PLAN, Map.of("plan", plan)).list();
        ActionGraph reverts = reverts(started);
        store(plan, null, reverts);
    }

    /** Stores what undoes what a path replaces, and lets the path wait for it. */
    void beforePath(String plan, String path) {
        List<MapAccessor> replaced =
                step.run(SUCCEEDED_BEFORE_PATH, Map.of("path", path)).list();
        ActionGraph reverts = reverts(replaced);
        List<String> last = store(plan, path, reverts);
        if (!last.isEmpty()) {
            step.send(PATH_AFTER_REVERTS, Map.of("path", path, "reverts", last));
        }
    }

    private ActionGraph reverts(List<MapAccessor> actions) {
        List<String> undone = actions.stream()
                .filter(row -> row.get("undo").asBoolean())
                .map(row -> row.get("action").asString())
                .toList();
        List<String> all =
                actions.stream().map(row -> row.get("action").asString()).toList();
        List<String> paths = actions.stream()
                .map(row -> row.get("path").asString(null))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<Order> orders = new ArrayList<>();
        if (!undone.isEmpty()) {
            step.run(ORDER_OF, Map.of("actions", all)).forEachRemaining(row -> orders.add(order(row)));
            step.run(ORDER_BY_PATHS, Map.of("paths", paths)).forEachRemaining(row -> orders.add(order(row)));
        }
        return RevertGraph.of(undone, orders);
    }

    private static Order order(MapAccessor row) {
        return new Order(row.get("later").asString(), row.get("earlier").asString());
    }

    /** Stores the reverts, and returns the uuids of those that no other waits for. */
    private List<String> store(String plan, @Nullable String path, ActionGraph reverts) {
        List<PlannedAction> actions = reverts.actions();
        if (actions.isEmpty()) {
            return List.of();
        }
        Map<String, String> uuids = new HashMap<>();
        actions.forEach(action -> uuids.put(action.id(), UUID.randomUUID().toString()));
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", plan);
        parameters.put("path", path);
        parameters.put(
                "reverts",
                IntStream.range(0, actions.size())
                        .mapToObj(place -> row(reverts, place, uuids))
                        .toList());
        step.run(STORE_REVERTS, parameters)
                .forEachRemaining(row -> step.changes().newAction(Changes.OfAction.of(row, null), ActionState.PENDING));
        List<String> last = new ArrayList<>(uuids.values());
        List<Map<String, Object>> edges = new ArrayList<>();
        for (PlannedAction action : actions) {
            for (String parent : action.parents()) {
                Object before = uuids.get(parent);
                edges.add(Map.of("child", uuids.get(action.id()), "parent", before));
                last.remove(before);
            }
        }
        step.runFor(LINK, "edges", edges);
        step.runFor(MAKE_READY, "actions", List.copyOf(uuids.values()));
        return last;
    }

    private static Map<String, Object> row(ActionGraph reverts, int place, Map<String, String> uuids) {
        PlannedAction revert = reverts.actions().get(place);
        Map<String, Object> row = new HashMap<>();
        row.put("uuid", uuids.get(revert.id()));
        row.put("of", revert.id());
        row.put("unmetParents", reverts.parentCount(place));
        row.put("layer", reverts.layer(place));
        row.put("priority", reverts.remainingSeconds(place));
        return row;
    }
}
