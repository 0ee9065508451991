package interlock.neo4j.retention;

import java.time.Duration;

/**
 * The number of nodes that one transaction of a purge removes. It adapts, so that a transaction takes about as long as
 * intended: other transactions wait for it at most that long. Used by one thread.
 */
final class Portion {
    private static final int LEAST = 10;
    private static final int MOST = 2_000;
    private static final int FIRST = 200;

    private final Duration intended;
    private int size = FIRST;

    Portion(Duration intended) {
        this.intended = intended;
    }

    int size() {
        return size;
    }

    /** Learns from a transaction of that many nodes. */
    void took(int nodes, Duration time) {
        if (nodes * 2 >= size || time.compareTo(intended) > 0) {
            double fitting = nodes * (double) intended.toNanos() / Math.max(1, time.toNanos());
            // halfway, so that one outlier changes little
            size = Math.clamp(Math.round((size + Math.min(fitting, 2.0 * size)) / 2), LEAST, MOST);
        }
    }
}
