package interlock.web;

import interlock.neo4j.Drawing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the actions of a plan stand when they are drawn: in columns, so that every dependency in force leads from left to
 * right, and alternative paths stand behind what they replace; within a column in the order that the neighbours suggest, so
 * that few lines cross (the barycenter method of Sugiyama, Tagawa and Toda, 1981, with ties in the order of the plan). Takes
 * time in proportion to the edges, whatever the size.
 */
final class Layout {
    private static final int SWEEPS = 6;

    private final int[] columns;
    private final double[] rows;

    private Layout(int[] columns) {
        this.columns = columns;
        this.rows = new double[columns.length];
    }

    /** {@return the column of the action at {@code place} among the drawing's nodes, from 0} */
    int column(int place) {
        return columns[place];
    }

    /** {@return the action's place in its column; columns stand with their middles at 0} */
    double row(int place) {
        return rows[place];
    }

    /** {@return the places of a drawing's nodes} */
    static Layout of(Drawing drawing) {
        int count = drawing.nodes().size();
        Map<String, Integer> places = HashMap.newHashMap(count);
        drawing.nodes().forEach(node -> places.put(node.uuid(), places.size()));
        List<List<Integer>> before = lists(count);
        List<List<Integer>> after = lists(count);
        for (Arrow arrow : arrows(drawing)) {
            Integer from = places.get(arrow.from());
            Integer to = places.get(arrow.to());
            if (from != null && to != null) {
                after.get(from).add(to);
                before.get(to).add(from);
            }
        }
        Layout layout = new Layout(columns(before, after));
        layout.sort(before, after);
        return layout;
    }

    private record Arrow(String from, String to) {}

    /** What is in force, and what leads from the replaced to what stands in for it. */
    private static List<Arrow> arrows(Drawing drawing) {
        Map<String, String> pathOf = new HashMap<>();
        drawing.nodes().stream()
                .filter(node -> node.path() != null)
                .forEach(node -> pathOf.put(node.uuid(), String.valueOf(node.path())));
        List<Arrow> arrows = new ArrayList<>();
        Set<String> within = new HashSet<>();
        for (Drawing.Edge edge : drawing.edges()) {
            if (!edge.kind().equals("replaced")) {
                arrows.add(new Arrow(edge.parent(), edge.child()));
                if (Objects.equals(pathOf.get(edge.parent()), pathOf.get(edge.child()))) {
                    within.add(edge.child());
                }
            }
        }
        for (Drawing.Path path : drawing.paths()) {
            path.actions().stream()
                    .filter(first -> !within.contains(first))
                    .forEach(first -> path.replaces().forEach(replaced -> arrows.add(new Arrow(replaced, first))));
        }
        return arrows;
    }

    /** {@return for each place the length of the longest chain of arrows to it} */
    private static int[] columns(List<List<Integer>> before, List<List<Integer>> after) {
        int[] columns = new int[before.size()];
        int[] open = before.stream().mapToInt(List::size).toArray();
        Deque<Integer> free = new ArrayDeque<>();
        for (int place = 0; place < open.length; place++) {
            if (open[place] == 0) {
                free.add(place);
            }
        }
        for (Integer place = free.poll(); place != null; place = free.poll()) {
            for (Integer next : after.get(place)) {
                columns[next] = Math.max(columns[next], columns[place] + 1);
                open[next]--;
                if (open[next] == 0) {
                    free.add(next);
                }
            }
        }
        return columns;
    }

    private void sort(List<List<Integer>> before, List<List<Integer>> after) {
        List<List<Integer>> byColumn = lists(Arrays.stream(columns).max().orElse(-1) + 1);
        for (int place = 0; place < columns.length; place++) {
            byColumn.get(columns[place]).add(place);
        }
        byColumn.forEach(this::place);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forth = sweep % 2 == 0;
            List<List<Integer>> order = forth ? byColumn : byColumn.reversed();
            order.forEach(column -> sortColumn(column, forth ? before : after));
        }
    }

    private void sortColumn(List<Integer> column, List<List<Integer>> neighbours) {
        Map<Integer, Double> middleOf = HashMap.newHashMap(column.size());
        for (Integer place : column) {
            middleOf.put(
                    place,
                    neighbours.get(place).stream()
                            .mapToDouble(neighbour -> rows[neighbour])
                            .average()
                            .orElse(rows[place]));
        }
        column.sort(Comparator.comparingDouble((Integer place) -> middleOf.getOrDefault(place, 0.0))
                .thenComparingInt(place -> place));
        place(column);
    }

    private void place(List<Integer> column) {
        double first = (column.size() - 1) / -2.0;
        for (int index = 0; index < column.size(); index++) {
            rows[column.get(index)] = first + index;
        }
    }

    private static List<List<Integer>> lists(int count) {
        List<List<Integer>> lists = new ArrayList<>(count);
        for (int place = 0; place < count; place++) {
            lists.add(new ArrayList<>(2));
        }
        return lists;
    }
}
