package interlock.schedule;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A resource-constrained project scheduling problem: actions with durations, precedence and resource demands. Actions
 * and resources are numbered from 0.
 */
public final class Project {
    private final long[] nanos;
    private final int[][] parents;
    private final int[][] demands;
    private final int[] capacities;
    private final int slots;

    /**
     * Creates a project from arrays, which must not be modified afterwards. If the durations add up to more than {@link
     * Long#MAX_VALUE} (292 years), each counts with at most an equal share of that, so that no time overflows.
     *
     * @param nanos the duration of each action
     * @param parents the parents of each action
     * @param demands the demands of each action: resource, units, resource, units, ...; each resource at most once
     * @param capacities the capacity of each resource
     * @throws IllegalArgumentException if an action could never run
     */
    public Project(long[] nanos, int[][] parents, int[][] demands, int[] capacities) {
        this(nanos, parents, demands, capacities, OptionalInt.empty());
    }

    /**
     * Creates a project whose actions run in slots.
     *
     * @param slots the resource that stands for slots; unlike units of other resources, slots are not reserved
     * @throws IllegalArgumentException if an action could never run
     */
    public Project(long[] nanos, int[][] parents, int[][] demands, int[] capacities, OptionalInt slots) {
        if (parents.length != nanos.length || demands.length != nanos.length) {
            throw new IllegalArgumentException("%d durations, %d lists of parents, %d lists of demands"
                    .formatted(nanos.length, parents.length, demands.length));
        }
        this.nanos = fitting(nanos);
        this.parents = parents;
        this.demands = demands;
        this.capacities = capacities;
        this.slots = slots.orElse(-1);
        for (int action = 0; action < nanos.length; action++) {
            check(action);
        }
    }

    private static long[] fitting(long[] nanos) {
        long left = Long.MAX_VALUE;
        for (long duration : nanos) {
            left -= duration;
            if (left < 0) {
                long share = Long.MAX_VALUE / nanos.length;
                return Arrays.stream(nanos).map(its -> Math.min(its, share)).toArray();
            }
        }
        return nanos;
    }

    private void check(int action) {
        if (nanos[action] < 0) {
            throw new IllegalArgumentException("action %d takes %d ns".formatted(action, nanos[action]));
        }
        int[] takes = demands[action];
        for (int at = 0; at < takes.length; at += 2) {
            if (takes[at + 1] < 1 || takes[at + 1] > capacities[takes[at]]) {
                throw new IllegalArgumentException("action %d takes %d units of resource %d, which has %d"
                        .formatted(action, takes[at + 1], takes[at], capacities[takes[at]]));
            }
        }
    }

    /** {@return the number of actions} */
    public int size() {
        return nanos.length;
    }

    /** {@return the duration of an action in nanoseconds} */
    public long nanos(int action) {
        return nanos[action];
    }

    int[] parents(int action) {
        return parents[action];
    }

    int[] demands(int action) {
        return demands[action];
    }

    int[] capacities() {
        return capacities;
    }

    /** {@return the resource that stands for slots; negative: none} */
    int slots() {
        return slots;
    }
}
