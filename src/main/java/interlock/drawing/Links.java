package interlock.drawing;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** The edges of a drawing by their start, in two arrays, because there may be hundreds of thousands. */
public final class Links {
    private final int[] first;
    private final int[] ends;

    private Links(int[] first, int[] ends) {
        this.first = first;
        this.ends = ends;
    }

    /** An edge from one vertex to another. */
    public record Arrow(int from, int to) {
        Arrow reversed() {
            return new Arrow(to, from);
        }
    }

    /** {@return the edges by their start, in the given order} */
    static Links of(int vertices, List<Arrow> arrows) {
        int[] first = new int[vertices + 1];
        for (Arrow arrow : arrows) {
            first[arrow.from() + 1]++;
        }
        for (int vertex = 0; vertex < vertices; vertex++) {
            first[vertex + 1] += first[vertex];
        }
        int[] next = Arrays.copyOf(first, vertices);
        int[] ends = new int[arrows.size()];
        for (Arrow arrow : arrows) {
            ends[next[arrow.from()]++] = arrow.to();
        }
        return new Links(first, ends);
    }

    int count(int vertex) {
        return first[vertex + 1] - first[vertex];
    }

    void each(int vertex, IntConsumer action) {
        for (int at = first[vertex]; at < first[vertex + 1]; at++) {
            action.accept(ends[at]);
        }
    }

    /** {@return the mean of the values at the ends of a vertex's edges, or {@code otherwise} if it has no edges} */
    double mean(int vertex, double[] values, double otherwise) {
        double sum = 0;
        for (int at = first[vertex]; at < first[vertex + 1]; at++) {
            sum += values[ends[at]];
        }
        return count(vertex) == 0 ? otherwise : sum / count(vertex);
    }
}
