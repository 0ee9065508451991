package interlock.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan's graph.
 *
 * @param revision the plan's revision before it was read: later changes may show already
 * @param nodes its actions
 * @param edges its dependencies, and what undoes what
 * @param paths its alternative paths
 */
public record PlanGraphView(long revision, List<Node> nodes, List<Edge> edges, List<Path> paths) {
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
            @Nullable String reverts) {}

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
            @Nullable String path) {}

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
            @Nullable String replacedBy) {}
}
