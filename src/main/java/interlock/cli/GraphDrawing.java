package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.ApiAnswers.Edge;
import interlock.cli.client.ApiAnswers.Node;
import interlock.cli.client.ApiAnswers.Path;
import interlock.cli.terminal.Branches;
import interlock.cli.terminal.StateMark;
import interlock.cli.terminal.Table;
import interlock.cli.terminal.TerminalStyle;
import interlock.cli.terminal.Text;
import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * A plan's graph as text, drawn from top to bottom: actions stand below the actions they depend on. Each alternative
 * path and the rollback have a frame of their own. On a terminal, the drawing is limited to a readable length.
 */
final class GraphDrawing {
    /** How many parents of an action are named; further ones are counted. */
    private static final int PARENTS_NAMED = 6;

    /** How many rows a terminal gets, not counting the rows about omitted actions. */
    private static final int MOST_ROWS = 200;

    /** How many levels of nested branches are drawn; deeper ones are omitted. */
    private static final int DEEPEST = 12;

    private final ApiAnswers.Graph graph;
    private final TerminalStyle style;
    private final boolean all;
    private final Map<String, String> names;
    private final Map<String, List<String>> waitsFor = new HashMap<>();
    private final Map<String, List<String>> drawnBelow = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private sealed interface Row {
        record Action(String prefix, Node node, List<String> parents) implements Row {}

        /** The first or last row of a frame. */
        record Frame(Text text) implements Row {}
    }

    /**
     * Creates a drawing of a graph.
     *
     * @param all whether a terminal gets the whole drawing, regardless of its length
     */
    GraphDrawing(ApiAnswers.Graph graph, TerminalStyle style, boolean all) {
        this.graph = graph;
        this.style = style;
        this.all = all || !style.terminal();
        this.names = graph.names();
        for (Edge edge : graph.edges()) {
            if (edge.inForce()) {
                waitsFor.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge.from());
            }
            if (edge.inForce() || edge.kind().equals("replaced")) {
                drawnBelow.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge.from());
            }
        }
    }

    @Override
    public String toString() {
        List<Node> planned = graph.nodes().stream()
                .filter(node -> node.path() == null && node.reverts() == null)
                .toList();
        Map<String, List<Node>> byPath = graph.nodes().stream()
                .filter(node -> node.path() != null)
                .collect(Collectors.groupingBy(node -> String.valueOf(node.path())));
        List<Node> rollBack = graph.nodes().stream()
                .filter(node -> node.path() == null && node.reverts() != null)
                .toList();
        part("", planned);
        graph.paths().forEach(path -> frame(heading(path), byPath.getOrDefault(path.uuid(), List.of())));
        if (!rollBack.isEmpty()) {
            frame(Text.of("roll-back", Style.bold), rollBack);
        }
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add(fitted(title(planned)));
        text.add(fitted(states(graph.nodes().stream().map(Node::state).toList())));
        text.add(drawn());
        return text.toString();
    }

    private Text title(List<Node> planned) {
        long layers = planned.stream().mapToInt(Node::layer).distinct().count();
        int dependencies = planned.stream()
                .mapToInt(node -> waitsFor.getOrDefault(node.uuid(), List.of()).size())
                .sum();
        int paths = graph.paths().size();
        return Text.of("%d actions in %d layers, %d dependencies%s"
                .formatted(
                        planned.size(),
                        layers,
                        dependencies,
                        paths == 0 ? "" : ", %d alternative path%s".formatted(paths, paths == 1 ? "" : "s")));
    }

    private Text states(List<ActionState> states) {
        Map<ActionState, Integer> counts = new EnumMap<>(ActionState.class);
        states.forEach(state -> counts.merge(state, 1, Integer::sum));
        Text text = Text.EMPTY;
        for (Map.Entry<ActionState, Integer> entry : counts.entrySet()) {
            StateMark mark = StateMark.of(entry.getKey());
            text = text.plus(text.parts().isEmpty() ? "" : "  ")
                    .plus(
                            "%s %d %s"
                                    .formatted(
                                            mark.shown(style),
                                            entry.getValue(),
                                            entry.getKey().name().toLowerCase(Locale.ROOT)),
                            mark.colour());
        }
        return text;
    }

    private Text heading(Path path) {
        StateMark mark = StateMark.of(ActionState.valueOf(path.state()));
        return Text.of(mark.shown(style) + " " + path.state(), mark.colour())
                .plus(" path '%s' instead of %s"
                        .formatted(Table.printable(path.name()), Table.printable(path.insteadOf(names))));
    }

    private void frame(Text heading, List<Node> framed) {
        rows.add(new Row.Frame(Text.of(style.drawing() ? "╭─ " : "+- ").plus(heading)));
        part(style.drawing() ? "│  " : "|  ", framed);
        rows.add(new Row.Frame(Text.of(style.drawing() ? "╰─" : "+-")));
    }

    private void part(String column, List<Node> part) {
        Map<String, Node> byUuid = part.stream().collect(Collectors.toMap(Node::uuid, Function.identity()));
        Branches branches = new Branches(part.stream().map(Node::uuid).toList(), drawnBelow);
        for (Branches.Row row : branches.rows(style.drawing())) {
            Node node = Objects.requireNonNull(byUuid.get(row.node()));
            List<String> parents = waitsFor.getOrDefault(row.node(), List.of());
            boolean plain = Set.copyOf(parents).equals(branches.shown(row.node()));
            rows.add(new Row.Action(column + shortened(row.prefix()), node, plain ? List.of() : parents));
        }
    }

    private String shortened(String prefix) {
        int excess = prefix.length() - 3 * DEEPEST;
        return excess <= 0 || !style.terminal()
                ? prefix
                : style.ellipsis() + prefix.substring(excess + style.ellipsis().length());
    }

    private String drawn() {
        boolean[] kept = kept();
        Table table = Table.withoutHeaders(4).dispensable(2, 1).flexible(28, 0, 3);
        List<ActionState> leftOut = new ArrayList<>();
        for (int place = 0; place < rows.size(); place++) {
            if (kept[place]) {
                more(table, leftOut);
                add(table, rows.get(place));
            } else if (rows.get(place) instanceof Row.Action action) {
                leftOut.add(action.node().state());
            }
        }
        more(table, leftOut);
        return table.drawn(style);
    }

    /** Keeps running and failed actions first, then rows from the top. */
    private boolean[] kept() {
        boolean[] kept = new boolean[rows.size()];
        int most = all ? rows.size() : MOST_ROWS;
        int half = all ? rows.size() : MOST_ROWS / 2;
        IntStream.range(0, kept.length).filter(this::matters).limit(half).forEach(place -> kept[place] = true);
        long left = most
                - IntStream.range(0, kept.length).filter(place -> kept[place]).count();
        IntStream.range(0, kept.length)
                .filter(place -> !kept[place])
                .limit(left)
                .forEach(place -> kept[place] = true);
        return kept;
    }

    private boolean matters(int place) {
        return rows.get(place) instanceof Row.Action action
                && (action.node().state() == ActionState.FAILED || action.node().state() == ActionState.ONGOING);
    }

    private void more(Table table, List<ActionState> leftOut) {
        if (!leftOut.isEmpty()) {
            Text text = Text.of((style.drawing() ? "┆  " : ":  ") + "%d more: ".formatted(leftOut.size()), Style.faint)
                    .plus(states(leftOut))
                    .plus("; use --all to show them", Style.faint);
            table.line(text);
            leftOut.clear();
        }
    }

    private void add(Table table, Row row) {
        switch (row) {
            case Row.Frame frame -> table.line(frame.text());
            case Row.Action(String prefix, Node node, List<String> parents) -> {
                StateMark mark = node.reverted() ? StateMark.REVERTED : StateMark.of(node.state());
                table.row(
                        Text.of(prefix, Style.faint)
                                .plus(mark.shown(style), mark.colour())
                                .plus(" " + Table.printable(node.id())),
                        Text.of(node.shownState(), mark.colour()),
                        Text.of(Table.printable(node.actionType()), Style.faint),
                        Text.of(named(parents)));
            }
        }
    }

    private String named(List<String> parents) {
        if (parents.isEmpty()) {
            return "";
        }
        String named = parents.stream()
                .limit(PARENTS_NAMED)
                .map(uuid -> Table.printable(names.getOrDefault(uuid, uuid)))
                .collect(Collectors.joining(", "));
        int more = parents.size() - PARENTS_NAMED;
        return (style.drawing() ? "← " : "after ") + named + (more > 0 ? " and %d more".formatted(more) : "");
    }

    private String fitted(Text text) {
        return text.readable(style)
                .clipped(style.width().orElse(Integer.MAX_VALUE), style)
                .shown(style);
    }
}
