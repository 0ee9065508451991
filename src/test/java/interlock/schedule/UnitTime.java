package interlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Looks at a schedule at every single nanosecond: slow, but plain. */
final class UnitTime {
    private UnitTime() {}

    /** Fails unless every action starts after its parents and no resource is overrun. */
    static void check(Project project, Timetable times) {
        long[] start = new long[project.size()];
        Arrays.setAll(start, times::start);
        for (int action = 0; action < start.length; action++) {
            assertThat(times.finish(action)).isEqualTo(start[action] + project.nanos(action));
            assertThat(times.finish(action)).isLessThanOrEqualTo(times.makespan());
            for (int parent : project.parents(action)) {
                assertThat(start[action]).isGreaterThanOrEqualTo(times.finish(parent));
            }
        }
        for (long at = 0; at < times.makespan(); at++) {
            assertThat(fits(project, start, at)).as("at %d", at).isTrue();
        }
    }

    /** {@return the makespan when each action in turn starts as early as it can; too long if parents come later} */
    static long makespan(Project project, int[] order) {
        long[] start = new long[project.size()];
        Arrays.fill(start, Long.MIN_VALUE);
        long makespan = 0;
        for (int action : order) {
            long from = 0;
            for (int parent : project.parents(action)) {
                if (start[parent] < 0) {
                    return Long.MAX_VALUE;
                }
                from = Math.max(from, start[parent] + project.nanos(parent));
            }
            start[action] = from;
            while (!fits(project, start, start[action], start[action] + project.nanos(action))) {
                start[action]++;
            }
            makespan = Math.max(makespan, start[action] + project.nanos(action));
        }
        return makespan;
    }

    private static boolean fits(Project project, long[] start, long from, long to) {
        for (long at = from; at < to; at++) {
            if (!fits(project, start, at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Project project, long[] start, long at) {
        int[] free = project.capacities().clone();
        for (int action = 0; action < start.length; action++) {
            if (start[action] <= at && at < start[action] + project.nanos(action)) {
                int[] demands = project.demands(action);
                for (int next = 0; next < demands.length; next += 2) {
                    free[demands[next]] -= demands[next + 1];
                }
            }
        }
        return Arrays.stream(free).allMatch(units -> units >= 0);
    }
}
