package interlock.drawing;

import interlock.model.ActionState;
import interlock.model.PlanGraphView;
import interlock.model.PlanGraphView.Edge;
import interlock.model.PlanGraphView.Node;
import interlock.model.PlanGraphView.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan's graph in the languages of Graphviz and Mermaid, coloured by state; each alternative path has a frame. */
public final class GraphText {
    private static final Map<ActionState, String> COLOURS = Map.of(
            ActionState.PENDING, "#d9d9d9",
            ActionState.ONGOING, "#4c8eda",
            ActionState.SUCCEEDED, "#57a639",
            ActionState.FAILED, "#d9403a",
            ActionState.SKIPPED, "#c9b458",
            ActionState.CANCELLED, "#8c8c8c",
            ActionState.STANDBY, "#f2f2f2");

    /** The number of replaced actions that a path lists by name. */
    private static final int NAMED = 5;

    /** The DOT attributes of edges, by kind. */
    private static final Map<String, String> DOT_EDGES = Map.of(
            "depends_on", "",
            "alternative", " [style=dashed]",
            "replaced", " [style=dotted color=\"#c0c0c0\"]",
            "reverts", " [style=dotted color=\"#4c8eda\" label=\"reverts\"]");

    private static final Map<String, String> MERMAID_EDGES = Map.of(
            "depends_on", "-->",
            "alternative", "==>",
            "replaced", "-. replaced .->",
            "reverts", "-. reverts .->");

    private final PlanGraphView drawing;
    private final Map<String, List<Node>> byPath;
    private final Map<String, Node> byUuid = new LinkedHashMap<>();

    private GraphText(PlanGraphView drawing) {
        this.drawing = drawing;
        drawing.nodes().forEach(node -> byUuid.put(node.uuid(), node));
        byPath = drawing.nodes().stream()
                .filter(node -> node.path() != null)
                .collect(Collectors.groupingBy(node -> Objects.toString(node.path())));
    }

    private Stream<Node> withoutPath() {
        return drawing.nodes().stream().filter(node -> node.path() == null);
    }

    private List<Node> nodes(Path path) {
        return byPath.getOrDefault(path.uuid(), List.of());
    }

    private String insteadOf(Path path) {
        String named = path.replaces().stream()
                .limit(NAMED)
                .flatMap(uuid -> Stream.ofNullable(byUuid.get(uuid)))
                .map(Node::id)
                .collect(Collectors.joining(", "));
        int more = path.replaces().size() - NAMED;
        return "instead of " + named + (more > 0 ? " and %d more".formatted(more) : "");
    }

    /** {@return the graph in the DOT language of Graphviz} */
    public static String dot(String name, PlanGraphView drawing) {
        return new GraphText(drawing).dot(name);
    }

    private String dot(String name) {
        StringBuilder text =
                new StringBuilder("digraph \"").append(quoted(name)).append("\" {\n");
        text.append("  rankdir=LR\n  node [shape=box style=\"rounded,filled\" fontname=\"Helvetica\"]\n");
        withoutPath().forEach(node -> text.append("  ").append(dot(node)));
        for (Path path : drawing.paths()) {
            text.append("  subgraph \"cluster_%s\" {\n".formatted(path.uuid()));
            text.append("    label=\"%s %s\\n%s\" style=\"rounded,dashed\" fontname=\"Helvetica\"\n"
                    .formatted(quoted(path.name()), path.state(), quoted(insteadOf(path))));
            nodes(path).forEach(node -> text.append("    ").append(dot(node)));
            text.append("  }\n");
        }
        for (Edge edge : drawing.edges()) {
            text.append("  \"%s\" -> \"%s\"%s\n"
                    .formatted(edge.parent(), edge.child(), DOT_EDGES.getOrDefault(edge.kind(), "")));
        }
        return text.append("}\n").toString();
    }

    private static String dot(Node node) {
        return "\"%s\" [label=\"%s\\n%s %s\" fillcolor=\"%s\"]\n"
                .formatted(
                        node.uuid(),
                        quoted(node.id()),
                        quoted(node.actionType()),
                        node.state(),
                        node.state().known().map(COLOURS::get).orElse("#ffffff"));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

    /** {@return the graph in the flowchart language of Mermaid} */
    public static String mermaid(PlanGraphView drawing) {
        return new GraphText(drawing).mermaid();
    }

    private String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        Map<String, Integer> places = HashMap.newHashMap(byUuid.size());
        byUuid.keySet().forEach(uuid -> places.put(uuid, places.size()));
        withoutPath().forEach(node -> text.append("  ").append(mermaid(node, places)));
        for (int place = 0; place < drawing.paths().size(); place++) {
            Path path = drawing.paths().get(place);
            text.append("  subgraph p%d[\"%s %s<br/>%s\"]\n"
                    .formatted(place, escaped(path.name()), path.state(), escaped(insteadOf(path))));
            nodes(path).forEach(node -> text.append("    ").append(mermaid(node, places)));
            text.append("  end\n  style p%d fill:none,stroke-dasharray:5 5\n".formatted(place));
        }
        for (Edge edge : drawing.edges()) {
            text.append("  a%d %s a%d\n"
                    .formatted(
                            places.get(edge.parent()),
                            MERMAID_EDGES.getOrDefault(edge.kind(), "-->"),
                            places.get(edge.child())));
        }
        COLOURS.keySet().stream()
                .sorted(Comparator.comparing(ActionState::name))
                .forEach(state -> text.append("  classDef %s fill:%s\n"
                        .formatted(state.name().toLowerCase(Locale.ROOT), COLOURS.get(state))));
        return text.toString();
    }

    private static String mermaid(Node node, Map<String, Integer> places) {
        return "a%d[\"%s<br/>%s\"]:::%s\n"
                .formatted(
                        places.get(node.uuid()),
                        escaped(node.id()),
                        escaped(node.actionType()),
                        node.state().name().toLowerCase(Locale.ROOT));
    }

    /** Mermaid accepts character codes between # and ; in labels. */
    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
