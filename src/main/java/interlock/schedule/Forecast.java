package interlock.schedule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the applier will do, if the durations hold: its greedy choice by priority, against a virtual clock.
 *
 * @param times when each action starts and ends
 * @param criticalPath the chain of actions that makes it last so long, the first to start first
 */
public record Forecast(Timetable times, List<Link> criticalPath) {
    /**
     * An action of the critical path.
     *
     * @param action which
     * @param waitedFor the resource that the action before it in the chain gave back; empty, if that one is its parent or
     *     there is none
     */
    public record Link(int action, OptionalInt waitedFor) {}

    /** Copies the list. */
    public Forecast {
        criticalPath = List.copyOf(criticalPath);
    }

    /**
     * {@return the forecast for a project}
     *
     * @param priorities of the actions, the highest first; of equals, the first in the project comes first
     */
    public static Forecast of(Project project, double[] priorities) {
        Integer[] order = numbers(priorities.length);
        Arrays.sort(order, Comparator.comparingDouble(action -> -priorities[action]));
        Timetable times = Greedy.run(
                Network.of(project),
                Arrays.stream(order).mapToInt(Integer::intValue).toArray());
        return along(project, times);
    }

    /** {@return the forecast for a project that runs by a timetable} */
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
            path.addFirst(new Link(action, waitedFor));
            action = before;
        }
        return List.copyOf(path);
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

    /** {@return where those begin that end no sooner than a time} */
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
