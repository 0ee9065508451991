package interlock.web.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.drawing.Layout;
import interlock.model.PlanGraphView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan's layout for the page, in a compact form because plans may have many actions.
 *
 * @param nodes in the order of the plan
 * @param edges for each kind, the indexes of parent and child in {@code nodes}, one edge after the other
 * @param bends the points at which edges cross the layers between their ends, if any
 */
record LayoutJson(
        List<Node> nodes,
        Map<String, List<Integer>> edges,
        List<Bend> bends,
        List<GraphJson.Path> paths,
        long revision) {
    private static final double PRECISION = 100;

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Node(
            String uuid,
            String id,
            String actionType,
            String state,
            int attempt,
            int layer,
            double x,
            double y,
            @Nullable String path,
            @Nullable String reverts,
            boolean reverted) {}

    record Bend(int from, int to, List<Double> rows) {}

    static LayoutJson of(PlanGraphView drawing) {
        Layout layout = Layout.of(drawing);
        List<Node> nodes = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (PlanGraphView.Node node : drawing.nodes()) {
            int place = nodes.size();
            places.put(node.uuid(), place);
            nodes.add(new Node(
                    node.uuid(),
                    node.id(),
                    node.actionType(),
                    node.state().name(),
                    node.attempt(),
                    layout.layer(place),
                    rounded(layout.x(place)),
                    rounded(layout.y(place)),
                    node.path(),
                    node.reverts(),
                    node.reverted()));
        }
        return new LayoutJson(
                nodes,
                edges(drawing, places),
                layout.bends().entrySet().stream()
                        .map(bend -> new Bend(
                                bend.getKey().from(),
                                bend.getKey().to(),
                                bend.getValue().stream()
                                        .map(LayoutJson::rounded)
                                        .toList()))
                        .toList(),
                drawing.paths().stream().map(GraphJson.Path::of).toList(),
                drawing.revision());
    }

    private static Map<String, List<Integer>> edges(PlanGraphView drawing, Map<String, Integer> places) {
        Map<String, List<Integer>> edges = new LinkedHashMap<>();
        for (PlanGraphView.Edge edge : drawing.edges()) {
            Integer parent = places.get(edge.parent());
            Integer child = places.get(edge.child());
            if (parent != null && child != null) {
                List<Integer> ends = edges.computeIfAbsent(edge.kind(), _ -> new ArrayList<>());
                ends.add(parent);
                ends.add(child);
            }
        }
        return edges;
    }

    private static double rounded(double number) {
        return Math.round(number * PRECISION) / PRECISION;
    }
}
