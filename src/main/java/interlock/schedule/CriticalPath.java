package interlock.schedule;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What determines the duration of a plan: the chain of actions that ends with the last one, each with what it waited for
 * last. The waits and runs of the steps add up to the end of the last action. The same rules hold for recorded times
 * and for those of a forecast. A pure function.
 *
 * @param seconds from the start of the plan to the end of the last action
 * @param steps the earliest first
 */
public record CriticalPath(double seconds, List<Step> steps) {
    /** What an action waits for that no own action of the plan releases. */
    public static final String SLOT = "slot";

    /** The wait between two attempts. */
    public static final String BACK_OFF = "back-off";

    /** It is not known whether an action waited for a resource. */
    public static final int UNKNOWN = -1;

    /** An action is known to have waited for no resource: at most for a slot. */
    public static final int NO_RESOURCE = -2;

    private static final int NONE = -1;

    /** The time within which a release and the start that it permits are thought to be one event, in seconds. */
    private static final double AT_ONCE = 0.25;

    /** The same, as a share of the wait. */
    private static final double SHARE_AT_ONCE = 0.02;

    /** A shorter wait without a known reason is the time that an advance takes. */
    private static final double ADVANCE = 0.1;

    /**
     * A step of the path.
     *
     * @param action its number
     * @param waited the seconds from the end of the step before (or from the plan's start) to the start of the action,
     *     and those between its attempts
     * @param waitedFor a resource, {@link #SLOT}, {@link #BACK_OFF} or the reason of a standstill; empty if it only
     *     waited for the step before, its parent
     * @param ran the seconds of its attempts
     */
    public record Step(int action, double waited, Optional<String> waitedFor, double ran) {}

    /**
     * The times of an action, in seconds from the start of the plan.
     *
     * @param start of its first attempt; not a number if it has none
     * @param finish its end; not a number if it has none
     * @param ran the duration of all attempts
     * @param parents their numbers
     * @param resources the numbers of the limited resources that it takes
     * @param waitedFor the number of the resource that it is known to have waited for, or {@link #UNKNOWN}, or {@link
     *     #NO_RESOURCE}
     */
    public record Times(
            double start, double finish, double ran, List<Integer> parents, List<Integer> resources, int waitedFor) {
        public Times {
            parents = List.copyOf(parents);
            resources = List.copyOf(resources);
        }

        boolean hasRun() {
            return !Double.isNaN(start);
        }

        private boolean uses(int resource) {
            return resources.contains(resource);
        }

        private int shared(Times other) {
            return resources.stream().filter(other::uses).findFirst().orElse(NONE);
        }
    }

    /**
     * A time in which no action of the plan could start.
     *
     * @param why in one word, such as pause
     */
    public record Standstill(double from, double until, String why) {}

    public CriticalPath {
        steps = List.copyOf(steps);
    }

    /**
     * {@return the critical path}
     *
     * @param actions their times; actions without an end are ignored
     * @param resources the names of the resources, by number
     * @param standstills in any order
     */
    public static CriticalPath of(List<Times> actions, List<String> resources, List<Standstill> standstills) {
        return new Walk(actions, resources, standstills).path();
    }

    private static final class Walk {
        private final List<Times> actions;
        private final List<String> resources;
        private final List<Standstill> standstills;
        private final int[] topological;
        private final double[] end;
        private final Integer[] byEnd;

        Walk(List<Times> actions, List<String> resources, List<Standstill> standstills) {
            this.actions = actions;
            this.resources = resources;
            this.standstills = standstills;
            topological = topological(actions);
            end = ends();
            byEnd = new Integer[end.length];
            Arrays.setAll(byEnd, number -> number);
            Arrays.sort(byEnd, Comparator.comparingDouble(action -> end[action]));
        }

        private static int[] topological(List<Times> actions) {
            int[][] parents = actions.stream()
                    .map(times ->
                            times.parents().stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
            return Network.of(new Project(new long[parents.length], parents, new int[parents.length][0], new int[0]))
                    .topological;
        }

        /** An action that did not run, such as a skipped one, is complete when its parents are. */
        private double[] ends() {
            double[] ends = new double[actions.size()];
            for (int action : topological) {
                Times times = actions.get(action);
                ends[action] = Double.isNaN(times.finish()) ? Double.NEGATIVE_INFINITY : times.finish();
                for (int parent : times.hasRun() ? List.<Integer>of() : times.parents()) {
                    ends[action] = Math.max(ends[action], ends[parent]);
                }
            }
            return ends;
        }

        CriticalPath path() {
            Deque<Step> steps = new ArrayDeque<>();
            int last = last();
            int action = last;
            while (action != NONE) {
                int before = before(action);
                steps.addFirst(step);
                action = before;
            }
            return new CriticalPath(last == NONE ? 0 : end[last], List.copyOf(steps));
        }

        /** {@return the action that ended last; of several, the first one that ran} */
        private int last() {
            int last = NONE;
            for (int action : topological) {
                if (end[action] != Double.NEGATIVE_INFINITY
                        && (last == NONE
                                || end[action] > end[last]
                                || (end[action] == end[last] && isFirstToRun(action, last)))) {
                    last = action;
                }
            }
            return last;
        }

        private boolean isFirstToRun(int action, int other) {
            return actions.get(action).hasRun() && !actions.get(other).hasRun();
        }

        /** The step of the action for which {@link #before} was called last. */
        private Step step = new Step(NONE, 0, Optional.empty(), 0);

        /** Determines the step of an action, and returns the action of the step before; negative: there is none. */
        private int before(int action) {
            Times times = actions.get(action);
            double start = times.hasRun() ? Math.max(0, times.start()) : end[action];
            int parent = lastParent(times, start);
            double since = parent == NONE ? 0 : end[parent];
            int before = parent;
            Optional<String> waitedFor = standstill(since, start);
            if (waitedFor.isEmpty() && start > since && times.hasRun()) {
                int holder = holder(times, since, start);
                if (holder != NONE) {
                    before = holder;
                    waitedFor = Optional.of(named(times, actions.get(holder)));
                } else if (start - since > ADVANCE) {
                    waitedFor = Optional.of(times.waitedFor() >= 0 ? resources.get(times.waitedFor()) : SLOT);
                }
            }
            double wait = start - (before == NONE ? 0 : end[before]);
            double ran = times.hasRun() ? Math.clamp(times.ran(), 0, Math.max(0, end[action] - start)) : 0;
            double between = end[action] - start - ran;
            if (between > wait && between > ADVANCE / 100) {
                waitedFor = standstill(start, end[action]).or(() -> Optional.of(BACK_OFF));
            }
            step = new Step(action, wait + between, waitedFor, ran);
            return before;
        }

        private int lastParent(Times times, double start) {
            int last = NONE;
            for (int parent : times.parents()) {
                boolean inTime = end[parent] <= start && end[parent] >= 0;
                if (inTime && (last == NONE || end[parent] > end[last])) {
                    last = parent;
                }
            }
            return last;
        }

        /** {@return the reason why nothing could start for most of that time} */
        private Optional<String> standstill(double from, double until) {
            return standstills.stream()
                    .filter(still -> until > from
                            && 2 * (Math.min(until, still.until()) - Math.max(from, still.from())) >= until - from)
                    .map(Standstill::why)
                    .findFirst();
        }

        /**
         * {@return the action that released what another one waited for} Among those that ended while it waited: the
         * last user of the resource that it is known to have waited for, else the last that shares a resource with it
         * and ended right before its start, else the last one, which released a slot.
         */
        private int holder(Times times, double since, double start) {
            double recently = start - Math.max(AT_ONCE, SHARE_AT_ONCE * (start - since));
            int slot = NONE;
            int shared = NONE;
            for (int at = lastUntil(start); at >= 0 && end[byEnd[at]] > since; at--) {
                Times other = actions.get(byEnd[at]);
                if (!other.hasRun() || Math.max(0, other.start()) >= end[byEnd[at]]) {
                    continue;
                }
                boolean justNow = end[byEnd[at]] >= recently;
                if (times.waitedFor() >= 0 && other.uses(times.waitedFor())) {
                    return byEnd[at];
                }
                if (shared == NONE && justNow && times.waitedFor() == UNKNOWN && times.shared(other) != NONE) {
                    shared = byEnd[at];
                }
                slot = slot == NONE && justNow ? byEnd[at] : slot;
                if (!justNow && times.waitedFor() < 0) {
                    break;
                }
            }
            if (times.waitedFor() >= 0) {
                return NONE; // another plan held it
            }
            boolean exact = slot != NONE && end[slot] == start;
            return shared != NONE || (start - since <= ADVANCE && !exact) ? shared : slot;
        }

        private String named(Times times, Times holder) {
            int shared = times.waitedFor() == UNKNOWN ? times.shared(holder) : times.waitedFor();
            return shared < 0 ? SLOT : resources.get(shared);
        }

        /** {@return the place of the last action that ended at {@code when} or earlier} */
        private int lastUntil(double when) {
            int low = -1;
            int high = byEnd.length - 1;
            while (low < high) {
                int middle = (low + high + 1) >> 1;
                if (end[byEnd[middle]] <= when) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }
}
