package interlock.neo4j;

import interlock.model.NewPlan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * A plan's graph.
 *
 * @param revision the plan's revision before it was read: later changes may show already
 * @param nodes its actions
 * @param edges its dependencies, and what undoes what
 * @param paths its alternative paths
 */
public record Drawing(long revision, List<Node> nodes, List<Edge> edges, List<Path> paths) {
    private static final Cypher NODES = Cypher.of("read/graph-nodes");
    private static final Cypher EDGES = Cypher.of("read/graph-edges");
    private static final Cypher PATHS = Cypher.of("read/alternative-paths");

    /**
     * A node of a plan's graph.
     *
     * @param path the uuid of the alternative path that it belongs to, if it belongs to one
     * @param reverts the uuid of the action that it undoes, if it undoes one
     */
    public record Node(
            String uuid,
            String id,
            String actionType,
            String state,
            int layer,
            int attempt,
            @Nullable String path,
            @Nullable String reverts) {
        private static Node of(MapAccessor row) {
            return new Node(
                    row.get("uuid").asString(),
                    row.get("id").asString(),
                    row.get("actionType").asString(),
                    row.get("state").asString(),
                    row.get("layer").asInt(),
                    row.get("attempt").asInt(),
                    row.get("path").asString(null),
                    row.get("reverts").asString(null));
        }
    }

    /**
     * An edge of a plan's graph.
     *
     * @param kind {@code depends_on}: the child waits for the parent; {@code alternative}: so it does since an alternative
     *     path took the place of others; {@code replaced}: so it did before; {@code reverts}: the child undoes the parent
     * @param path the uuid of that path, if there is one
     */
    public record Edge(
            String parent,
            String child,
            String kind,
            @Nullable String path) {
        private static Edge of(MapAccessor row) {
            return new Edge(
                    row.get("parent").asString(),
                    row.get("child").asString(),
                    row.get("kind").asString(),
                    row.get("path").asString(null));
        }
    }

    /**
     * An alternative path: what it stands in for, what called for it, and how it ended.
     *
     * @param rank its place among those that replace the same action; the lowest is tried first
     * @param replaces the uuids of the actions that it stands in for
     * @param actions the uuids of its own
     * @param enclosing the uuids of the paths within which it stands in
     * @param failedAction the uuid of the action in whose place it was activated
     * @param reason what called for it
     * @param replacedBy the uuid of the path that took over from it
     */
    public record Path(
            String uuid,
            String name,
            int rank,
            String state,
            boolean abortRunning,
            boolean revert,
            List<String> replaces,
            List<String> actions,
            List<String> enclosing,
            @Nullable String failedAction,
            @Nullable String reason,
            @Nullable String statusMessage,
            @Nullable Instant activatedAt,
            @Nullable Instant finishedAt,
            @Nullable String replacedBy) {
        private static Path of(MapAccessor row) {
            Value path = row.get("path");
            return new Path(
                    path.get("uuid").asString(),
                    path.get("name").asString(),
                    path.get("rank").asInt(),
                    path.get("state").asString(),
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

    /** {@return how a plan would look if it were stored} Its own actions come first, in their order. */
    public static Drawing of(NewPlan plan) {
        PlanRows rows = new PlanRows(plan);
        return new Drawing(1, rows.nodes(), rows.drawnEdges(), rows.drawnPaths());
    }

    /** {@return the plan as it is at a revision that can be seen whole, or later} */
    static Drawing read(Transaction tx, UUID plan, long revision) {
        Map<String, Object> parameters = Map.of("plan", plan.toString());
        return new Drawing(
                revision,
                tx.run(NODES, parameters).list(Node::of),
                tx.run(EDGES, parameters).list(Edge::of),
                paths(tx, plan));
    }

    static List<Path> paths(Transaction tx, UUID plan) {
        return tx.run(PATHS, Map.of("plan", plan.toString())).list(Path::of);
    }
}
