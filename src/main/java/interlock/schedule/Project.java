package interlock.schedule;

/**
 * Actions that take time and units of resources, and wait for one another: the resource-constrained project scheduling
 * problem. Actions and resources are numbered from 0.
 */
public final class Project {
    private final long[] nanos;
    private final int[][] parents;
    private final int[][] demands;
    private final int[] capacities;

    /**
     * Takes arrays that nobody changes any more.
     *
     * @param nanos how long each action runs
     * @param parents which actions each action waits for
     * @param demands what each action takes while it runs: resource, units, resource, units, ...; no resource twice
     * @param capacities how many units there are of each resource
     * @throws IllegalArgumentException when an action could never run
     */
    public Project(long[] nanos, int[][] parents, int[][] demands, int[] capacities) {
        if (parents.length != nanos.length || demands.length != nanos.length) {
            throw new IllegalArgumentException("%d durations, %d lists of parents, %d lists of demands"
                    .formatted(nanos.length, parents.length, demands.length));
        }
        this.nanos = nanos;
        this.parents = parents;
        this.demands = demands;
        this.capacities = capacities;
        long total = 0;
        for (int action = 0; action < nanos.length; action++) {
            total = Math.addExact(total, nanos[action]);
            check(action);
        }
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

    /** {@return how many actions there are} */
    public int size() {
        return nanos.length;
    }

    /** {@return how long an action runs} */
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
}
