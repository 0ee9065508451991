package interlock.schedule;

import java.util.Arrays;

/** The start and the end of each action of a project. */
public final class Timetable {
    private final long[] nanos;
    private final long[] start;
    private final int[] order;
    private final long makespan;

    /** Creates a timetable from durations, starts and the order that led to them. */
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

    /** {@return the start of an action, in nanoseconds from the project's start} */
    public long start(int action) {
        return start[action];
    }

    /** {@return the end of an action, in nanoseconds from the project's start} */
    public long finish(int action) {
        return start[action] + nanos[action];
    }

    /** {@return the end of the last action, in nanoseconds from the project's start} */
    public long makespan() {
        return makespan;
    }

    /** {@return the order in which the actions were scheduled} */
    int[] order() {
        return order;
    }

    /**
     * {@return priorities with which a greedy scheduler (highest first) considers the actions in the order of this
     * timetable} A priority is a time from a start to the end of the project, in seconds; the longest goes to the first
     * action of the order, and so on. Therefore priorities have the scale of {@link
     * interlock.model.ActionGraph#remainingSeconds}, and no two are equal.
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
