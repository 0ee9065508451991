package interlock.web;

import interlock.neo4j.PlanReader.Drawing;
import interlock.neo4j.PlanReader.Edge;
import interlock.neo4j.PlanReader.Node;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A plan's graph in the languages of Graphviz and Mermaid, coloured by state. */
final class GraphText {
    private static final Map<String, String> COLOURS = Map.of(
            "PENDING", "#d9d9d9",
            "ONGOING", "#4c8eda",
            "SUCCEEDED", "#57a639",
            "FAILED", "#d9403a",
            "SKIPPED", "#c9b458",
            "CANCELLED", "#8c8c8c",
            "STANDBY", "#f2f2f2");

    private GraphText() {}

    /** {@return the graph in the DOT language of Graphviz} */
    static String dot(String name, Drawing drawing) {
        StringBuilder text =
                new StringBuilder("digraph \"").append(quoted(name)).append("\" {\n");
        text.append("  rankdir=LR\n  node [shape=box style=\"rounded,filled\" fontname=\"Helvetica\"]\n");
        for (Node node : drawing.nodes()) {
            text.append("  \"%s\" [label=\"%s\\n%s %s\" fillcolor=\"%s\"]\n"
                    .formatted(
                            node.uuid(),
                            quoted(node.id()),
                            quoted(node.actionType()),
                            node.state(),
                            COLOURS.getOrDefault(node.state(), "#ffffff")));
        }
        for (Edge edge : drawing.edges()) {
            text.append("  \"%s\" -> \"%s\"\n".formatted(edge.parent(), edge.child()));
        }
        return text.append("}\n").toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
    }

    /** {@return the graph in the flowchart language of Mermaid} */
    static String mermaid(Drawing drawing) {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        Map<String, Integer> places = HashMap.newHashMap(drawing.nodes().size());
        for (Node node : drawing.nodes()) {
            int place = places.size();
            places.put(node.uuid(), place);
            text.append("  a%d[\"%s<br/>%s\"]:::%s\n"
                    .formatted(
                            place,
                            escaped(node.id()),
                            escaped(node.actionType()),
                            node.state().toLowerCase(Locale.ROOT)));
        }
        for (Edge edge : drawing.edges()) {
            text.append("  a%d --> a%d\n".formatted(places.get(edge.parent()), places.get(edge.child())));
        }
        COLOURS.keySet().stream()
                .sorted()
                .forEach(state -> text.append(
                        "  classDef %s fill:%s\n".formatted(state.toLowerCase(Locale.ROOT), COLOURS.get(state))));
        return text.toString();
    }

    /** Mermaid takes character codes between # and ; in labels. */
    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("&", "#amp;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
