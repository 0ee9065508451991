package interlock.schedule;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;

/** A priority rule: orders the ready actions. */
public enum Rule {
    /** The longest path to the end first; this is also the order of latest starts. */
    LONGEST_REMAINING_PATH {
        @Override
        long[] urgency(Network network) {
            return network.remainingPaths();
        }
    },
    /** The earliest latest-finish time first, for a project that ends with its longest path. */
    LATEST_FINISH {
        @Override
        long[] urgency(Network network) {
            long[] urgency = network.remainingPaths();
            for (int action = 0; action < urgency.length; action++) {
                urgency[action] -= network.nanos[action];
            }
            return urgency;
        }
    },
    /** The most direct and indirect successors first. */
    MOST_SUCCESSORS {
        @Override
        long[] urgency(Network network) {
            return sums(network, false);
        }
    },
    /** The most work first, of the action and all its successors; work is duration times share of resources. */
    MOST_WORK_BEHIND {
        @Override
        long[] urgency(Network network) {
            return sums(network, true);
        }
    },
    /** The longest duration first, of the action together with its direct children. */
    GREATEST_POSITIONAL_WEIGHT {
        @Override
        long[] urgency(Network network) {
            long[] urgency = network.nanos.clone();
            for (int action = 0; action < urgency.length; action++) {
                for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
                    urgency[action] += network.nanos[network.children[at]];
                }
            }
            return urgency;
        }
    };

    /** For larger projects indirect successors are not counted, because that takes quadratic time. */
    private static final int MOST_COUNTED = 4_000;

    abstract long[] urgency(Network network);

    /** {@return the actions, those with the highest priority first; ties are broken by the longest path to the end} */
    int[] order(Network network) {
        long[] urgency = urgency(network);
        long[] path = network.remainingPaths();
        Integer[] order = new Integer[network.size()];
        Arrays.setAll(order, action -> action);
        Arrays.sort(
                order,
                Comparator.<Integer>comparingLong(action -> -urgency[action])
                        .thenComparingLong(action -> -path[action])
                        .thenComparingInt(action -> action));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private static long[] sums(Network network, boolean work) {
        int count = network.size();
        long[] own = new long[count];
        for (int action = 0; action < count; action++) {
            own[action] = work ? work(network, action) : 1;
        }
        if (count > MOST_COUNTED) {
            return sumsOfChildren(network, own);
        }
        BitSet[] behind = new BitSet[count];
        long[] sums = new long[count];
        for (int next = count - 1; next >= 0; next--) {
            int action = network.topological[next];
            BitSet its = new BitSet(count);
            for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
                its.set(network.children[at]);
                its.or(behind[network.children[at]]);
            }
            behind[action] = its;
            sums[action] =
                    own[action] + its.stream().mapToLong(other -> own[other]).sum();
        }
        return sums;
    }

    private static long[] sumsOfChildren(Network network, long[] own) {
        long[] sums = own.clone();
        for (int action = 0; action < sums.length; action++) {
            for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
                sums[action] += own[network.children[at]];
            }
        }
        return sums;
    }

    private static long work(Network network, int action) {
        double share = 0;
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            share += (double) network.units[at] / network.capacity[network.resource[at]];
        }
        return Math.round(network.nanos[action] * share * 1000);
    }
}
