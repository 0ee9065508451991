package interlock.schedule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * The predicted execution by the applier, if the estimated durations hold: a simulation of its greedy choice by
 * priority.
 *
 * @param times the start and the end of each action
 * @param criticalPath the chain of actions that determines the makespan, earliest first
 */
public record Forecast(Timetable times, List<Link> criticalPath) {
    /**
     * An action of the critical path.
     *
     * @param action its number
     * @param waitedFor the resource that it waited for, released by the previous action of the path; empty if the
     *     previous action is its parent or there is none
     */
    public record Link(int action, OptionalInt waitedFor) {}

    public Forecast {
        criticalPath = List.copyOf(criticalPath);
    }

    /**
     * {@return the forecast for a project}
     *
     * @param priorities of the actions, the highest first; ties are broken by the order in the project
     */
    public static Forecast of(Project project, double[] priorities) {
        Integer[] order = numbers(priorities.length);
        Arrays.sort(order, Comparator.comparingDouble(action -> -priorities[action]));
        Timetable times = Greedy.run(
                Network.of(project),
                Arrays.stream(order).mapToInt(Integer::intValue).toArray());
        return along(project, times);
    }

    /** {@return the forecast for a project with this timetable} */
    public static Forecast along(Project project, Timetable times) {
        return new Forecast(times, criticalPath(project, times));
    }

    private static List<Link> criticalPath(Project project, Timetable times) {
        Deque<Link> path = new ArrayDeque<>();
        int count = project.size();
        Integer[] byFinish = numbers(count);
        Arrays.sort(byFinish, Comparator.comparingLong(times::finish));
        int action = count == 0 ? -1 : byFinish[count - 1];
        while (action >= 0) {
            int before = parentBefore(project, times, action);
            OptionalInt waitedFor = OptionalInt.empty();
            for (int at = first(byFinish, times, times.start(action));
                    before < 0 && at < count && times.finish(byFinish[at]) == times.start(action);
                    at++) {
                if (project.nanos(byFinish[at]) > 0) {
                    waitedFor = shared(project, byFinish[at], action);
                    before = waitedFor.isPresent() ? byFinish[at] : -1;
                }
            }
            if (before < 0 && times.start(action) > 0) {
                before = lastBefore(project, byFinish, times, times.start(action));
                waitedFor = OptionalInt.of(project.demands(action)[0]);
            }
            path.addFirst(new Link(action, waitedFor));
            action = before;
        }
        return List.copyOf(path);
    }

    /** {@return an action whose end let a reservation start, after which units that were kept could be taken} */
    private static int lastBefore(Project project, Integer[] byFinish, Timetable times, long when) {
        for (int at = first(byFinish, times, when); at < byFinish.length; at++) {
            if (project.nanos(byFinish[at]) > 0 && times.finish(byFinish[at]) == when) {
                return byFinish[at];
            }
        }
        return -1;
    }

    private static int parentBefore(Project project, Timetable times, int action) {
        for (int parent : project.parents(action)) {
            if (times.finish(parent) == times.start(action)) {
                return parent;
            }
        }
        return -1;
    }

    private static OptionalInt shared(Project project, int one, int other) {
        int[] ones = project.demands(one);
        int[] others = project.demands(other);
        for (int at = 0; at < ones.length; at += 2) {
            for (int next = 0; next < others.length; next += 2) {
                if (ones[at] == others[next]) {
                    return OptionalInt.of(ones[at]);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** {@return the index of the first action that ends at {@code when} or later} */
    private static int first(Integer[] byFinish, Timetable times, long when) {
        int low = 0;
        int high = byFinish.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times.finish(byFinish[middle]) < when) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Integer[] numbers(int count) {
        Integer[] numbers = new Integer[count];
        Arrays.setAll(numbers, number -> number);
        return numbers;
    }
}
