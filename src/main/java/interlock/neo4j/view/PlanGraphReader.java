package interlock.neo4j.view;

import interlock.model.ActionState;
import interlock.model.PathState;
import interlock.model.PlanGraphView;
import interlock.model.PlanGraphView.Edge;
import interlock.model.PlanGraphView.Node;
import interlock.model.PlanGraphView.Path;
import interlock.model.StoredState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** Reads the graphs of plans. */
final class PlanGraphReader {
    private static final Cypher NODES = Cypher.of("read/graph-nodes");
    private static final Cypher EDGES = Cypher.of("read/graph-edges");
    private static final Cypher PATHS = Cypher.of("read/alternative-paths");

    private PlanGraphReader() {}

    /** {@return the plan's graph at a revision that is completely visible, or later} */
    static PlanGraphView read(Transaction tx, UUID plan, long revision) {
        Map<String, Object> parameters = Map.of("plan", plan.toString());
        return new PlanGraphView(
                revision,
                tx.run(NODES, parameters).list(PlanGraphReader::node),
                tx.run(EDGES, parameters).list(PlanGraphReader::edge),
                paths(tx, plan));
    }

    static List<Path> paths(Transaction tx, UUID plan) {
        return tx.run(PATHS, Map.of("plan", plan.toString())).list(PlanGraphReader::path);
    }

    private static Node node(MapAccessor row) {
        return new Node(
                row.get("uuid").asString(),
                row.get("id").asString(),
                row.get("actionType").asString(),
                StoredState.of(ActionState.class, row.get("state").asString()),
                row.get("layer").asInt(),
                row.get("attempt").asInt(),
                row.get("path").asString(null),
                row.get("reverts").asString(null),
                row.get("reverted").asBoolean(false));
    }

    private static Edge edge(MapAccessor row) {
        return new Edge(
                row.get("parent").asString(),
                row.get("child").asString(),
                row.get("kind").asString(),
                row.get("path").asString(null));
    }

    private static Path path(MapAccessor row) {
        Value path = row.get("path");
        return new Path(
                path.get("uuid").asString(),
                path.get("name").asString(),
                path.get("rank").asInt(),
                StoredState.of(PathState.class, path.get("state").asString()),
                path.get("abortRunning").asBoolean(),
                path.get("revert").asBoolean(),
                row.get("replaces").asList(Value::asString),
                row.get("actions").asList(Value::asString),
                path.get("enclosing").asList(Value::asString),
                row.get("failedAction").asString(null),
                path.get("reason").asString(null),
                path.get("statusMessage").asString(null),
                time(path.get("activatedAt")),
                time(path.get("finishedAt")),
                path.get("replacedBy").asString(null));
    }

    private static @Nullable Instant time(Value value) {
        return value.isNull() ? null : value.asZonedDateTime().toInstant();
    }
}
