package interlock.drawing;

import interlock.drawing.Links.Arrow;
import interlock.model.PlanGraphView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The positions of a plan's actions in a drawing (Sugiyama, Tagawa, Toda, 1981). Actions are in layers, so that every
 * active dependency leads from left to right, and alternative paths are to the right of the actions that they replace.
 * An edge over several layers has a bend in each of them, so that no line crosses an action; very large plans have no
 * bends. A drawing much higher than wide has its layers folded into several columns. Takes time proportional to the
 * number of edges.
 */
public final class Layout {
    /** Above this number of bends, lines cannot be followed by eye anyway. */
    private static final int MOST_BENDS = 20_000;

    private final int[] layers;
    private final double[] x;
    private final double[] y;
    private final Map<Arrow, List<Double>> bends;

    private Layout(int[] layers, double[] x, double[] y, Map<Arrow, List<Double>> bends) {
        this.layers = layers;
        this.x = x;
        this.y = y;
        this.bends = bends;
    }

    /** {@return the layer of the node at {@code place}, from 0} */
    public int layer(int place) {
        return layers[place];
    }

    /** {@return the horizontal position of the node, in columns from the left} */
    public double x(int place) {
        return x[place];
    }

    /** {@return the row of the node} Actions of one column are at least 1 apart. */
    public double y(int place) {
        return y[place];
    }

    /** {@return by edge over several layers: its row in each layer between its ends} */
    public Map<Arrow, List<Double>> bends() {
        return bends;
    }

    /** {@return the layout of a drawing} */
    public static Layout of(PlanGraphView drawing) {
        int count = drawing.nodes().size();
        List<Arrow> arrows = arrows(drawing);
        int[] layers = layers(Links.of(count, arrows), Links.of(count, reversed(arrows)), count);
        FoldedLayers folded = FoldedLayers.of(layers);
        boolean straight = folded.isFolded() || passed(arrows, layers) > MOST_BENDS;
        Routes routes = straight ? Routes.straight(arrows, layers) : Routes.bent(arrows, layers);
        double[] rows = new RowAssignment(routes.layers(), routes.arrows(), count).all();
        Map<Arrow, List<Double>> bends = new LinkedHashMap<>();
        routes.passing()
                .forEach((arrow, vertices) -> bends.put(
                        arrow, vertices.stream().map(vertex -> rows[vertex]).toList()));
        return folded.isFolded()
                ? folded.places(rows)
                : new Layout(
                        layers, Arrays.stream(layers).asDoubleStream().toArray(), Arrays.copyOf(rows, count), bends);
    }

    private static List<Arrow> reversed(List<Arrow> arrows) {
        return arrows.stream().map(Arrow::reversed).toList();
    }

    /** The active dependencies, and edges from replaced actions to the first actions of the path that replaces them. */
    private static List<Arrow> arrows(PlanGraphView drawing) {
        Map<String, Integer> places = new HashMap<>();
        Map<String, String> pathOf = new HashMap<>();
        for (PlanGraphView.Node node : drawing.nodes()) {
            places.put(node.uuid(), places.size());
            if (node.path() != null) {
                pathOf.put(node.uuid(), node.path());
            }
        }
        Set<Arrow> arrows = new HashSet<>();
        Set<String> within = new HashSet<>();
        List<Arrow> ordered = new ArrayList<>();
        for (PlanGraphView.Edge edge : drawing.edges()) {
            if (!edge.kind().equals("replaced")) {
                add(ordered, arrows, places, edge.parent(), edge.child());
                if (Objects.equals(pathOf.get(edge.parent()), pathOf.get(edge.child()))) {
                    within.add(edge.child());
                }
            }
        }
        for (PlanGraphView.Path path : drawing.paths()) {
            path.actions().stream()
                    .filter(first -> !within.contains(first))
                    .forEach(first ->
                            path.replaces().forEach(replaced -> add(ordered, arrows, places, replaced, first)));
        }
        return ordered;
    }

    private static void add(
            List<Arrow> ordered, Set<Arrow> arrows, Map<String, Integer> places, String from, String to) {
        Integer parent = places.get(from);
        Integer child = places.get(to);
        if (parent != null && child != null && arrows.add(new Arrow(parent, child))) {
            ordered.add(new Arrow(parent, child));
        }
    }

    /** {@return for each node the length of the longest path to it} */
    private static int[] layers(Links after, Links before, int count) {
        int[] layers = new int[count];
        int[] open = IntStream.range(0, count).map(before::count).toArray();
        Deque<Integer> free = new ArrayDeque<>();
        IntStream.range(0, count).filter(place -> open[place] == 0).forEach(free::add);
        for (Integer next = free.poll(); next != null; next = free.poll()) {
            int place = next;
            after.each(place, child -> {
                layers[child] = Math.max(layers[child], layers[place] + 1);
                open[child]--;
                if (open[child] == 0) {
                    free.add(child);
                }
            });
        }
        return layers;
    }

    /** {@return the total number of layers that edges pass between their ends} */
    private static long passed(List<Arrow> arrows, int[] layers) {
        return arrows.stream()
                .mapToLong(arrow -> layers[arrow.to()] - layers[arrow.from()] - 1L)
                .sum();
    }

    /**
     * The edges, split so that each leads from one layer to the next, with a vertex in each layer that an edge passes.
     *
     * @param layers the vertices of each layer, actions first
     * @param passing by edge over several layers: the vertices that it passes
     */
    private record Routes(List<List<Integer>> layers, List<Arrow> arrows, Map<Arrow, List<Integer>> passing) {
        static Routes straight(List<Arrow> arrows, int[] layers) {
            return new Routes(byLayer(layers), arrows, Map.of());
        }

        static Routes bent(List<Arrow> arrows, int[] layers) {
            List<List<Integer>> byLayer = byLayer(layers);
            List<Arrow> short_ = new ArrayList<>();
            Map<Arrow, List<Integer>> passing = new LinkedHashMap<>();
            int vertices = layers.length;
            for (Arrow arrow : arrows) {
                int from = arrow.from();
                List<Integer> through = new ArrayList<>();
                for (int layer = layers[arrow.from()] + 1; layer < layers[arrow.to()]; layer++) {
                    byLayer.get(layer).add(vertices);
                    short_.add(new Arrow(from, vertices));
                    through.add(vertices);
                    from = vertices;
                    vertices++;
                }
                short_.add(new Arrow(from, arrow.to()));
                if (!through.isEmpty()) {
                    passing.put(arrow, through);
                }
            }
            return new Routes(byLayer, short_, passing);
        }

        private static List<List<Integer>> byLayer(int[] layers) {
            List<List<Integer>> byLayer = new ArrayList<>();
            for (int layer = Arrays.stream(layers).max().orElse(-1); layer >= 0; layer--) {
                byLayer.add(new ArrayList<>());
            }
            for (int place = 0; place < layers.length; place++) {
                byLayer.get(layers[place]).add(place);
            }
            return byLayer;
        }
    }

    /** Folds the layers of drawings much higher than wide into several columns. */
    private static final class FoldedLayers {
        /** The width of a column in units of the height of a row. */
        private static final double COLUMN_TO_ROW = 4.7;

        private static final double WIDTH_TO_HEIGHT = 2;
        private static final int LOW_ENOUGH = 24;

        /** Columns of one layer are closer together than columns of different layers. */
        private static final double WITHIN = 0.8;

        private final int[] layers;
        private final int[] sizes;
        private final int height;

        private FoldedLayers(int[] layers, int[] sizes, int height) {
            this.layers = layers;
            this.sizes = sizes;
            this.height = height;
        }

        static FoldedLayers of(int[] layers) {
            int[] sizes = new int[Arrays.stream(layers).max().orElse(-1) + 1];
            for (int layer : layers) {
                sizes[layer]++;
            }
            int height = LOW_ENOUGH;
            while (columns(sizes, height) * COLUMN_TO_ROW > WIDTH_TO_HEIGHT * height) {
                height += Math.max(1, height / 16);
            }
            return new FoldedLayers(layers, sizes, height);
        }

        private static long columns(int[] sizes, int height) {
            return Arrays.stream(sizes).mapToLong(size -> columns(size, height)).sum();
        }

        private static int columns(int size, int height) {
            return (size + height - 1) / height;
        }

        boolean isFolded() {
            return Arrays.stream(sizes).anyMatch(size -> size > height);
        }

        Layout places(double[] rows) {
            double[] left = new double[sizes.length];
            for (int layer = 1; layer < sizes.length; layer++) {
                left[layer] = left[layer - 1] + 1 + WITHIN * (columns(sizes[layer - 1], height) - 1);
            }
            double[] x = new double[layers.length];
            double[] y = new double[layers.length];
            int[] placed = new int[sizes.length];
            IntStream.range(0, layers.length)
                    .boxed()
                    .sorted((one, other) -> Double.compare(rows[one], rows[other]))
                    .forEach(place -> {
                        int layer = layers[place];
                        int number = placed[layer]++;
                        int high = Math.min(height, sizes[layer]);
                        int column = number / height;
                        x[place] = left[layer] + WITHIN * column;
                        y[place] = number % height - (high - 1) / 2.0;
                    });
            return new Layout(layers, x, y, Map.of());
        }
    }
}
