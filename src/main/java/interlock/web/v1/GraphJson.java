package interlock.web.v1;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.model.PlanGraphView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan's graph, as the API shows it. */
record GraphJson(List<Node> nodes, List<Edge> edges, List<Path> paths, long revision) {
    static GraphJson of(PlanGraphView drawing) {
        return new GraphJson(
                drawing.nodes().stream().map(Node::of).toList(),
                drawing.edges().stream().map(Edge::of).toList(),
                drawing.paths().stream().map(Path::of).toList(),
                drawing.revision());
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Node(
            String uuid,
            String id,
            String actionType,
            String state,
            int layer,
            int attempt,
            @Nullable String path,
            @Nullable String reverts,
            boolean reverted) {
        static Node of(PlanGraphView.Node node) {
            return new Node(
                    node.uuid(),
                    node.id(),
                    node.actionType(),
                    node.state().name(),
                    node.layer(),
                    node.attempt(),
                    node.path(),
                    node.reverts(),
                    node.reverted());
        }
    }

    record Edge(
            String from, String to, String kind, @Nullable String path) {
        static Edge of(PlanGraphView.Edge edge) {
            return new Edge(edge.parent(), edge.child(), edge.kind(), edge.path());
        }
    }

    /** An alternative path and its state. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Path(
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
        static Path of(PlanGraphView.Path path) {
            return new Path(
                    path.uuid(),
                    path.name(),
                    path.rank(),
                    path.state().name(),
                    path.abortRunning(),
                    path.revert(),
                    path.replaces(),
                    path.actions(),
                    path.enclosing(),
                    path.failedAction(),
                    path.reason(),
                    path.statusMessage(),
                    path.activatedAt(),
                    path.finishedAt(),
                    path.replacedBy());
        }
    }
}
