package interlock.cli;

import interlock.cli.Wire.Edge;
import interlock.cli.Wire.Node;
import interlock.cli.Wire.Path;
import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan's graph in plain text: layer by layer, each action with those that it waits for; then the alternative paths. */
final class GraphDrawing {
    /** How many of an action's parents are named; what goes beyond is counted. */
    private static final int PARENTS_NAMED = 6;

    private final Wire.Graph graph;
    private final boolean drawing;
    private final Map<String, String> names;
    private final Map<String, List<String>> parents = new HashMap<>();

    GraphDrawing(Wire.Graph graph, boolean drawing) {
        this.graph = graph;
        this.drawing = drawing;
        this.names = graph.names();
        graph.edges().stream()
                .filter(Edge::inForce)
                .forEach(edge -> parents.computeIfAbsent(edge.to(), _ -> new ArrayList<>())
                        .add(Table.printable(names.getOrDefault(edge.from(), edge.from()))));
    }

    @Override
    public String toString() {
        Map<Integer, List<Node>> layers = graph.nodes().stream()
                .filter(node -> node.path() == null && node.reverts() == null)
                .collect(Collectors.groupingBy(Node::layer, TreeMap::new, Collectors.toList()));
        List<Node> rollBack = graph.nodes().stream()
                .filter(node -> node.path() == null && node.reverts() != null)
                .toList();
        Map<String, List<Node>> byPath = graph.nodes().stream()
                .filter(node -> node.path() != null)
                .collect(Collectors.groupingBy(node -> String.valueOf(node.path())));
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(title(layers));
        layers.forEach((layer, nodes) -> part(text, layer == 0, "layer " + layer, nodes));
        graph.paths().forEach(path -> part(text, false, heading(path), byPath.getOrDefault(path.uuid(), List.of())));
        if (!rollBack.isEmpty()) {
            part(text, false, "roll-back", rollBack);
        }
        text.add(drawing ? "└─" : "+-");
        return text.toString();
    }

    private String title(Map<Integer, List<Node>> layers) {
        int actions = layers.values().stream().mapToInt(List::size).sum();
        int dependencies = layers.values().stream()
                .flatMap(List::stream)
                .mapToInt(node -> parents.getOrDefault(node.uuid(), List.of()).size())
                .sum();
        int paths = graph.paths().size();
        return "%d actions in %d layers, %d dependencies%s"
                .formatted(
                        actions,
                        layers.size(),
                        dependencies,
                        paths == 0 ? "" : ", %d alternative path%s".formatted(paths, paths == 1 ? "" : "s"));
    }

    private String heading(Path path) {
        return "%s: path '%s' instead of %s"
                .formatted(path.state(), Table.printable(path.name()), Table.printable(path.insteadOf(names)));
    }

    private void part(StringJoiner text, boolean first, String heading, List<Node> nodes) {
        String corner = first ? "┌" : "├";
        text.add((drawing ? corner + "─" : "+-") + " %s (%d)".formatted(heading, nodes.size()));
        rows(nodes).lines().forEach(row -> text.add((drawing ? "│ " : "| ") + row));
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
