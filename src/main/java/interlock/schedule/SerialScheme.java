package interlock.schedule;

import java.util.Arrays;

/**
 * Schedules one action after the other, each at the earliest time at which its parents have ended and its resources are
 * free for its whole duration. Each resource has a profile: sorted times, and the free units from each time on.
 */
final class SerialScheme implements Scheme {
    private final Network network;
    private final long[] finish;
    private final long[] earliest;
    private final int[] offset;
    private final int[] steps;
    private final long[] time;
    private final int[] free;

    SerialScheme(Network network) {
        this.network = network;
        finish = new long[network.size()];
        earliest = new long[network.size()];
        offset = new int[network.capacity.length + 1];
        for (int used : network.resource) {
            offset[used + 1] += 2;
        }
        for (int at = 0; at < network.capacity.length; at++) {
            offset[at + 1] += offset[at] + 1;
        }
        steps = new int[network.capacity.length];
        time = new long[offset[network.capacity.length]];
        free = new int[time.length];
    }

    @Override
    public long[] finish() {
        return finish;
    }

    /** {@return the makespan if the actions are scheduled in this order} Parents must come before their children. */
    @Override
    public long run(int[] order) {
        Arrays.fill(earliest, 0);
        Arrays.fill(steps, 1);
        for (int at = 0; at < steps.length; at++) {
            free[offset[at]] = network.capacity[at];
        }
        long makespan = 0;
        for (int action : order) {
            long nanos = network.nanos[action];
            long start = earliest(action, earliest[action], nanos);
            if (nanos > 0) {
                for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
                    take(network.resource[at], network.units[at], start, start + nanos);
                }
            }
            long end = start + nanos;
            finish[action] = end;
            makespan = Math.max(makespan, end);
            for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
                int child = network.children[at];
                earliest[child] = Math.max(earliest[child], end);
            }
        }
        return makespan;
    }

    private long earliest(int action, long from, long nanos) {
        int first = network.firstDemand[action];
        int beyond = network.firstDemand[action + 1];
        if (first == beyond) {
            return from;
        }
        long start = from;
        int agreed = 0;
        int at = first;
        while (agreed < beyond - first) {
            long possible = earliest(network.resource[at], network.units[at], start, nanos);
            agreed = possible == start ? agreed + 1 : 1;
            start = possible;
            if (++at == beyond) {
                at = first;
            }
        }
        return start;
    }

    private long earliest(int resource, int units, long from, long nanos) {
        int last = offset[resource] + steps[resource] - 1;
        int step = stepAt(resource, from);
        long start = from;
        while (true) {
            if (free[step] < units) {
                start = time[step + 1];
            } else if (step == last || time[step + 1] - start >= nanos) {
                return start;
            }
            step++;
        }
    }

    /** {@return the last step that begins at {@code when} or earlier} */
    private int stepAt(int resource, long when) {
        int low = offset[resource];
        int high = low + steps[resource] - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (time[middle] <= when) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void take(int resource, int units, long from, long until) {
        int step = cut(resource, stepAt(resource, from), from);
        int beyond = offset[resource] + steps[resource];
        while (step < beyond && time[step] < until) {
            free[step++] -= units;
        }
        if (step == beyond || time[step] > until) {
            insert(resource, step, until, free[step - 1] + units);
        }
    }

    private int cut(int resource, int step, long when) {
        if (time[step] == when) {
            return step;
        }
        insert(resource, step + 1, when, free[step]);
        return step + 1;
    }

    private void insert(int resource, int step, long when, int units) {
        int moved = offset[resource] + steps[resource]++ - step;
        System.arraycopy(time, step, time, step + 1, moved);
        System.arraycopy(free, step, free, step + 1, moved);
        time[step] = when;
        free[step] = units;
    }
}
