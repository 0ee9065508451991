package interlock.schedule;

import java.util.Arrays;

/**
 * The units that are kept for actions which do not fit, at one event of a simulation: the rules of the applier's picker
 * on flat arrays. At most one action reserves units of a resource.
 */
final class Reservations {
    private final Network network;

    /** By resource: the reserved units; 0: none. */
    private final int[] units;

    /** By resource: when the reservation can start. */
    private final long[] start;

    private final int[] reserved;
    private int count;

    /** The ends and units of running actions that use a resource. */
    private final long[] ends;

    private final int[] released;

    Reservations(Network network) {
        this.network = network;
        int resources = network.capacity.length;
        units = new int[resources];
        start = new long[resources];
        reserved = new int[resources];
        ends = new long[network.size()];
        released = new int[network.size()];
    }

    /** Removes all reservations. */
    void clear() {
        for (int at = 0; at < count; at++) {
            units[reserved[at]] = 0;
        }
        count = 0;
    }

    /**
     * Reserves the units of an action that does not fit, of all resources that are not reserved yet. Without free units
     * there is nothing to keep.
     *
     * @param running the running actions, of which there are {@code runs}
     * @param until when they end
     */
    void add(int action, int[] free, long now, int[] running, long[] until, int runs) {
        boolean anyFree = false;
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            int resource = network.resource[at];
            anyFree |= isOpen(resource) && free[resource] > 0;
        }
        if (!anyFree) {
            return;
        }
        long possible = now;
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            int lacking = network.units[at] - free[network.resource[at]];
            if (lacking > 0) {
                possible = Math.max(possible, released(network.resource[at], lacking, running, until, runs));
            }
        }
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            int resource = network.resource[at];
            if (isOpen(resource)) {
                units[resource] = network.units[at];
                start[resource] = possible;
                reserved[count++] = resource;
            }
        }
    }

    private boolean isOpen(int resource) {
        return resource != network.slots && units[resource] == 0;
    }

    /** {@return when running actions have released that many units of a resource} */
    private long released(int resource, int lacking, int[] running, long[] until, int runs) {
        int uses = 0;
        for (int run = 0; run < runs; run++) {
            int taken = demand(running[run], resource);
            if (taken > 0) {
                int at = uses++;
                while (at > 0 && ends[at - 1] > until[run]) {
                    ends[at] = ends[at - 1];
                    released[at] = released[at - 1];
                    at--;
                }
                ends[at] = until[run];
                released[at] = taken;
            }
        }
        int left = lacking;
        for (int at = 0; at < uses; at++) {
            left -= released[at];
            if (left <= 0) {
                return ends[at];
            }
        }
        throw new IllegalStateException("%d units of resource %d are never released; in use: %s"
                .formatted(left, resource, Arrays.toString(Arrays.copyOf(released, uses))));
    }

    private int demand(int action, int resource) {
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            if (network.resource[at] == resource) {
                return network.units[at];
            }
        }
        return 0;
    }

    /** {@return whether units that an action wants are kept for another one, and it would not end in time} */
    boolean keep(int action, int[] free, long now) {
        if (count == 0) {
            return false;
        }
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            int resource = network.resource[at];
            boolean takesReserved = free[resource] - network.units[at] < units[resource];
            if (units[resource] > 0 && takesReserved && now + network.nanos[action] > start[resource]) {
                return true;
            }
        }
        return false;
    }
}
