package interlock.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan's graph as it is shown.
 *
 * @param revision the plan's revision before the read: the graph may already contain later changes
 * @param nodes its actions
 * @param edges its dependencies and reverts
 * @param paths its alternative paths
 */
public record PlanGraphView(long revision, List<Node> nodes, List<Edge> edges, List<Path> paths) {
    /**
     * An action in a plan's graph.
     *
     * @param path the uuid of its alternative path, if it belongs to one
     * @param reverts the uuid of the action that it reverts, if it is a revert
     * @param reverted whether it had succeeded and was reverted
     */
    public record Node(
            String uuid,
            String id,
            String actionType,
            StoredState<ActionState> state,
            int layer,
            int attempt,
            @Nullable String path,
            @Nullable String reverts,
            boolean reverted) {}

    /**
     * An edge of a plan's graph.
     *
     * @param kind {@code depends_on}: the child depends on the parent; {@code alternative}: so it does since an
     *     alternative path was activated; {@code replaced}: so it did before; {@code reverts}: the child reverts the
     *     parent
     * @param path the uuid of that alternative path, if there is one
     */
    public record Edge(
            String parent,
            String child,
            String kind,
            @Nullable String path) {}

    /**
     * An alternative path: the actions that it replaces, the cause of its activation, and its outcome.
     *
     * @param rank its position among the paths that replace the same action; the lowest is tried first
     * @param replaces the uuids of the actions that it replaces
     * @param actions the uuids of its own actions
     * @param enclosing the uuids of the paths that contain it
     * @param failedAction the uuid of the failed action that activated it
     * @param reason why it was activated
     * @param replacedBy the uuid of the path that replaced it
     */
    public record Path(
            String uuid,
            String name,
            int rank,
            StoredState<PathState> state,
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
            @Nullable String replacedBy) {}
}
