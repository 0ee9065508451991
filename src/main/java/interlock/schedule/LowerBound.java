package interlock.schedule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.LongStream;

/** A time below which no schedule of a network can end. */
final class LowerBound {
    /** Beyond so many users of a resource, not all sets of them are looked at. */
    private static final int MOST_USERS = 300;

    private final Network network;
    /** The longest path from the start of all to the start of an action. */
    private final long[] head;
    /** The longest path from the end of an action to the end of all. */
    private final long[] tail;

    /** Durations are counted in units of 2 to this power, so that work does not overflow. */
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
     * {@return the longest path, or what a resource needs for the work of some of its users, after what must come before
     * all of these and before what must come after all of them}
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
     * Beside what the users really take: where less than {@code small} does not count, what leaves less than that counts
     * as all there is. What fits together still does so (a dual feasible function), and the bound may be better.
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
