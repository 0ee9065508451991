package interlock.schedule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;

/** Computes a lower bound for the makespan of a network. */
final class LowerBound {
    /** For resources with more users than this, only some subsets of users are evaluated. */
    private static final int MOST_USERS = 300;

    private final Network network;
    /** The longest path from the project's start to the start of an action. */
    private final long[] head;
    /** The longest path from the end of an action to the project's end. */
    private final long[] tail;

    /** Durations are scaled down by 2 to this power so that sums of work do not overflow. */
    private final int shift;

    private long bound;

    private LowerBound(Network network) {
        this.network = network;
        long most = Arrays.stream(network.capacity).max().orElse(1);
        shift = Math.max(
                0,
                66 - Long.numberOfLeadingZeros(Arrays.stream(network.nanos).sum()) - Long.numberOfLeadingZeros(most));
        head = network.reversed().remainingPaths();
        tail = network.remainingPaths();
        for (int action = 0; action < head.length; action++) {
            bound = Math.max(bound, tail[action]);
            head[action] -= network.nanos[action];
            tail[action] -= network.nanos[action];
        }
    }

    /**
     * {@return the maximum of the longest path and of the resource bounds} The bound of a resource is its work for a
     * set of users, plus the shortest time before and after all of these users.
     */
    static long of(Network network) {
        LowerBound lowerBound = new LowerBound(network);
        lowerBound.resources();
        return lowerBound.bound;
    }

    private void resources() {
        int[] counts = new int[network.capacity.length + 1];
        for (int resource : network.resource) {
            counts[resource + 1]++;
        }
        Arrays.parallelPrefix(counts, Integer::sum);
        int[] users = new int[network.resource.length];
        int[] units = new int[users.length];
        int[] next = counts.clone();
        for (int action = 0; action < network.size(); action++) {
            for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
                int place = next[network.resource[at]]++;
                users[place] = action;
                units[place] = network.units[at];
            }
        }
        for (int resource = 0; resource < network.capacity.length; resource++) {
            int[] its = Arrays.copyOfRange(users, counts[resource], counts[resource + 1]);
            int[] demands = Arrays.copyOfRange(units, counts[resource], counts[resource + 1]);
            resource(network.capacity[resource], its, demands);
        }
    }

    /**
     * Adds the work of a resource with transformed demands: demands below {@code small} count as 0, and demands that
     * leave less than that count as the whole capacity. Demands that fit together still fit (a dual feasible function),
     * and the bound may be tighter.
     */
    private void resource(int capacity, int[] users, int[] units) {
        long[] work = new long[users.length];
        int[] smalls = users.length > MOST_USERS
                ? new int[] {0}
                : Arrays.stream(units)
                        .flatMap(its -> Arrays.stream(new int[] {its, its + 1, capacity - its + 1}))
                        .filter(small -> small <= (capacity + 1) / 2)
                        .sorted()
                        .distinct()
                        .toArray();
        for (int small : smalls) {
            for (int at = 0; at < users.length; at++) {
                int counted = units[at] > capacity - small ? capacity : units[at] < small ? 0 : units[at];
                work[at] = (network.nanos[users[at]] >> shift) * counted;
            }
            windows(capacity, users, work);
        }
    }

    private void windows(int capacity, int[] users, long[] work) {
        Integer[] byTail = new Integer[users.length];
        Arrays.setAll(byTail, at -> at);
        Arrays.sort(byTail, Comparator.comparingLong(at -> -tail[users[at]]));
        LongStream heads = Arrays.stream(users).mapToLong(user -> head[user]);
        long[] froms = users.length > MOST_USERS
                ? heads.min().stream().toArray()
                : heads.distinct().toArray();
        for (long from : froms) {
            long sum = 0;
            for (int at : byTail) {
                if (head[users[at]] >= from) {
                    sum += work[at];
                    bound = Math.max(bound, from + time(sum, capacity) + tail[users[at]]);
                }
            }
        }
    }

    private long time(long work, int capacity) {
        return shift == 0 ? Math.ceilDiv(work, capacity) : (work / capacity) << shift;
    }
}
