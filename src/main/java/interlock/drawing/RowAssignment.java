package interlock.drawing;

import interlock.drawing.Links.Arrow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Assigns rows to the vertices of a layered drawing. First, vertices are ordered in each layer by the mean rows of
 * their neighbours, so that few lines cross. Then distances are chosen: the rows of a layer have the least squared
 * distance from those means while they keep the order and a minimum distance (isotonic regression by pooling adjacent
 * violators; Ayer et al., 1955).
 */
final class RowAssignment {
    private static final int SWEEPS = 8;
    private static final double BETWEEN_ACTIONS = 1;
    private static final double BESIDE_LINES = 0.6;

    /** Favours straight lines over aligned actions. */
    private static final double WEIGHT_OF_LINES = 4;

    private final List<List<Integer>> layers;
    private final int actions;
    private final Links before;
    private final Links after;
    private final double[] rows;

    /**
     * Takes the vertices of each layer and the edges between layers. The first {@code actions} vertices are actions,
     * the others are bends of lines.
     */
    RowAssignment(List<List<Integer>> layers, List<Arrow> arrows, int actions) {
        this.layers = layers;
        this.actions = actions;
        int vertices = layers.stream().mapToInt(List::size).sum();
        this.before = Links.of(vertices, arrows.stream().map(Arrow::reversed).toList());
        this.after = Links.of(vertices, arrows);
        this.rows = new double[vertices];
    }

    /** {@return the row of each vertex} */
    double[] all() {
        layers.forEach(this::placeInOrder);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forth = sweep % 2 == 0;
            (forth ? layers : layers.reversed()).forEach(layer -> order(layer, forth ? before : after));
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forth = sweep % 2 == 0;
            (forth ? layers : layers.reversed()).forEach(layer -> space(layer, forth ? before : after));
        }
        return Arrays.copyOf(rows, rows.length);
    }

    private void placeInOrder(List<Integer> layer) {
        for (int index = 0; index < layer.size(); index++) {
            rows[layer.get(index)] = index - (layer.size() - 1) / 2.0;
        }
    }

    private void order(List<Integer> layer, Links neighbours) {
        double[] wanted = wanted(layer, neighbours);
        List<Integer> indices = new java.util.ArrayList<>(layer.size());
        for (int index = 0; index < layer.size(); index++) {
            indices.add(index);
        }
        indices.sort(
                Comparator.comparingDouble((Integer index) -> wanted[index]).thenComparingInt(layer::get));
        List<Integer> ordered = indices.stream().map(layer::get).toList();
        for (int index = 0; index < ordered.size(); index++) {
            layer.set(index, ordered.get(index));
        }
        placeInOrder(layer);
    }

    private double[] wanted(List<Integer> layer, Links neighbours) {
        return layer.stream()
                .mapToDouble(vertex -> neighbours.mean(vertex, rows, rows[vertex]))
                .toArray();
    }

    /** Moves each vertex as near to its wanted row as the others allow. */
    private void space(List<Integer> layer, Links neighbours) {
        double[] wanted = wanted(layer, neighbours);
        double[] offset = new double[wanted.length];
        double[] means = new double[wanted.length];
        double[] weights = new double[wanted.length];
        int[] ends = new int[wanted.length];
        int blocks = 0;
        for (int index = 0; index < wanted.length; index++) {
            offset[index] = index == 0 ? 0 : offset[index - 1] + distance(layer.get(index - 1), layer.get(index));
            means[blocks] = wanted[index] - offset[index];
            weights[blocks] = layer.get(index) < actions ? 1 : WEIGHT_OF_LINES;
            ends[blocks] = index + 1;
            blocks++;
            while (blocks > 1 && means[blocks - 2] >= means[blocks - 1]) {
                blocks--;
                double both = weights[blocks - 1] + weights[blocks];
                means[blocks - 1] = (means[blocks - 1] * weights[blocks - 1] + means[blocks] * weights[blocks]) / both;
                weights[blocks - 1] = both;
                ends[blocks - 1] = ends[blocks];
            }
        }
        int index = 0;
        for (int block = 0; block < blocks; block++) {
            for (; index < ends[block]; index++) {
                rows[layer.get(index)] = means[block] + offset[index];
            }
        }
    }

    private double distance(int one, int other) {
        return one < actions && other < actions ? BETWEEN_ACTIONS : BESIDE_LINES;
    }
}
