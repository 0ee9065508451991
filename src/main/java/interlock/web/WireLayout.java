package interlock.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.neo4j.Drawing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan's graph as the page draws it: as few bytes as there can be, since there may be many actions.
 *
 * @param nodes in the order of the plan
 * @param edges places of parent and child among the nodes
 */
record WireLayout(List<Node> nodes, List<Edge> edges, List<WireGraph.Path> paths, long revision) {
    @JsonNaming(SnakeCaseStrategy.class)
    record Node(
            String uuid,
            String id,
            String actionType,
            String state,
            int attempt,
            int column,
            double row,
            @Nullable String path,
            @Nullable String reverts) {}

    record Edge(int from, int to, String kind) {}

    static WireLayout of(Drawing drawing) {
        Layout layout = Layout.of(drawing);
        List<Node> nodes = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (Drawing.Node node : drawing.nodes()) {
            int place = nodes.size();
            places.put(node.uuid(), place);
            nodes.add(new Node(
                    node.uuid(),
                    node.id(),
                    node.actionType(),
                    node.state(),
                    node.attempt(),
                    layout.column(place),
                    layout.row(place),
                    node.path(),
                    node.reverts()));
        }
        List<Edge> edges = drawing.edges().stream()
                .filter(edge -> places.containsKey(edge.parent()) && places.containsKey(edge.child()))
                .map(edge -> new Edge(
                        places.getOrDefault(edge.parent(), 0), places.getOrDefault(edge.child(), 0), edge.kind()))
                .toList();
        return new WireLayout(
                nodes, edges, drawing.paths().stream().map(WireGraph.Path::of).toList(), drawing.revision());
    }
}
