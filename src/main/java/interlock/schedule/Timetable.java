package interlock.schedule;

import java.util.Arrays;

/** When each action of a project starts and ends. */
public final class Timetable {
    private final long[] nanos;
    private final long[] start;
    private final int[] order;
    private final long makespan;

    /** Takes durations, starts, and the order from which they were made. */
    Timetable(long[] nanos, long[] start, int[] order) {
        this.nanos = nanos;
        this.start = start;
        this.order = order;
        long last = 0;
        for (int action = 0; action < start.length; action++) {
            last = Math.max(last, start[action] + nanos[action]);
        }
        makespan = last;
    }

    /** {@return when an action starts, in nanoseconds from the start of all} */
    public long start(int action) {
        return start[action];
    }

    /** {@return when an action ends, in nanoseconds from the start of all} */
    public long finish(int action) {
        return start[action] + nanos[action];
    }

    /** {@return when the last action ends, in nanoseconds from the start of all} */
    public long makespan() {
        return makespan;
    }

    /** {@return the order in which the actions were considered} */
    int[] order() {
        return order;
    }

    /**
     * {@return what makes a greedy picker, which takes the highest first, consider the actions in the same order} They are
     * what the actions have before them in this timetable, in seconds from their start to the end of all: the highest for
     * the first action of the order, and so on. So they are on the scale of
     * {@link interlock.model.ActionGraph#remainingSeconds}, and no two are equal.
     */
    double[] priorities() {
        long[] byStart = start.clone();
        Arrays.sort(byStart);
        double[] priorities = new double[start.length];
        double before = Double.MAX_VALUE;
        for (int at = 0; at < order.length; at++) {
            before = Math.min((makespan - byStart[at]) / 1e9, Math.nextDown(before));
            priorities[order[at]] = before;
        }
        return priorities;
    }
}
