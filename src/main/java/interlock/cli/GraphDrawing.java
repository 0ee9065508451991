package interlock.cli;

import interlock.cli.Wire.Edge;
import interlock.cli.Wire.Node;
import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan's graph in plain text: layer by layer, each action with those that it waits for. */
final class GraphDrawing {
    /** How many of an action's parents are named; what goes beyond is counted. */
    private static final int PARENTS_NAMED = 6;

    private final Wire.Graph graph;
    private final boolean drawing;
    private final Map<String, List<String>> parents = new HashMap<>();

    GraphDrawing(Wire.Graph graph, boolean drawing) {
        this.graph = graph;
        this.drawing = drawing;
        Map<String, String> names = graph.nodes().stream().collect(Collectors.toMap(Node::uuid, Node::id));
        for (Edge edge : graph.edges()) {
            parents.computeIfAbsent(edge.to(), _ -> new ArrayList<>())
                    .add(Table.printable(names.getOrDefault(edge.from(), edge.from())));
        }
    }

    @Override
    public String toString() {
        Map<Integer, List<Node>> layers =
                graph.nodes().stream().collect(Collectors.groupingBy(Node::layer, TreeMap::new, Collectors.toList()));
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add("%d actions in %d layers, %d dependencies"
                .formatted(graph.nodes().size(), layers.size(), graph.edges().size()));
        layers.forEach((layer, nodes) -> {
            text.add(heading(layer, nodes.size()));
            rows(nodes).lines().forEach(row -> text.add((drawing ? "│ " : "| ") + row));
        });
        text.add(drawing ? "└─" : "+-");
        return text.toString();
    }

    private String heading(int layer, int size) {
        String corner = layer == 0 ? "┌" : "├";
        return (drawing ? corner + "─" : "+-") + " layer %d (%d)".formatted(layer, size);
    }

    private String rows(List<Node> nodes) {
        Table table = Table.withoutHeaders(5);
        for (Node node : nodes) {
            table.row(
                    mark(node.state()),
                    node.id(),
                    node.actionType(),
                    node.state().name(),
                    waitsFor(node));
        }
        return table.toString();
    }

    private String mark(ActionState state) {
        return switch (state) {
            case SUCCEEDED -> drawing ? "✓" : "+";
            case FAILED -> drawing ? "✗" : "x";
            case ONGOING -> drawing ? "▸" : ">";
            case SKIPPED -> "-";
            case CANCELLED -> "/";
            case PENDING -> drawing ? "·" : ".";
            case STANDBY -> "?";
        };
    }

    private String waitsFor(Node node) {
        List<String> all = parents.getOrDefault(node.uuid(), List.of());
        if (all.isEmpty()) {
            return "";
        }
        String named = all.stream().limit(PARENTS_NAMED).collect(Collectors.joining(", "));
        int more = all.size() - PARENTS_NAMED;
        return (drawing ? "← " : "after ") + named + (more > 0 ? " and %d more".formatted(more) : "");
    }
}
