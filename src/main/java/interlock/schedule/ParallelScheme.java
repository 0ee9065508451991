package interlock.schedule;

import java.util.Arrays;

/**
 * Simulates the applier, for projects of moderate size: at each event the ready actions are considered in a given
 * order, and each starts if its resources are free and not reserved; the first that does not fit reserves its units, as
 * in the applier's picker. Arrays are reused between runs.
 */
final class ParallelScheme implements Scheme {
    private final Network network;
    private final long[] finish;
    private final int[] place;
    private final int[] waitingFor;
    private final int[] free;
    private final long[] ready;
    private final int[] running;
    private final long[] runningUntil;
    private final Reservations reservations;
    private int runs;

    ParallelScheme(Network network) {
        this.network = network;
        int count = network.size();
        finish = new long[count];
        place = new int[count];
        waitingFor = new int[count];
        free = new int[network.capacity.length];
        ready = new long[(count + 63) >> 6];
        running = new int[count];
        runningUntil = new long[count];
        reservations = new Reservations(network);
    }

    @Override
    public long[] finish() {
        return finish;
    }

    @Override
    public long run(int[] order) {
        int count = order.length;
        System.arraycopy(network.parentCount, 0, waitingFor, 0, count);
        System.arraycopy(network.capacity, 0, free, 0, free.length);
        Arrays.fill(ready, 0);
        for (int at = 0; at < count; at++) {
            place[order[at]] = at;
            if (waitingFor[order[at]] == 0) {
                ready[at >> 6] |= 1L << at;
            }
        }
        long now = 0;
        runs = 0;
        while (true) {
            start(order, now);
            if (runs == 0) {
                return now;
            }
            now = runningUntil[0];
            for (int run = 1; run < runs; run++) {
                now = Math.min(now, runningUntil[run]);
            }
            int still = 0;
            for (int run = 0; run < runs; run++) {
                int action = running[run];
                if (runningUntil[run] == now) {
                    end(action);
                } else {
                    running[still] = action;
                    runningUntil[still++] = runningUntil[run];
                }
            }
            runs = still;
        }
    }

    private void start(int[] order, long now) {
        reservations.clear();
        for (int word = 0; word < ready.length; word++) {
            for (long left = ready[word]; left != 0; left &= left - 1) {
                if (network.slots >= 0 && free[network.slots] == 0) {
                    return;
                }
                int at = (word << 6) + Long.numberOfTrailingZeros(left);
                int action = order[at];
                if (take(action, now)) {
                    ready[word] &= ~(1L << at);
                    finish[action] = now + network.nanos[action];
                    running[runs] = action;
                    runningUntil[runs++] = finish[action];
                }
            }
        }
    }

    private boolean take(int action, long now) {
        int from = network.firstDemand[action];
        int to = network.firstDemand[action + 1];
        for (int at = from; at < to; at++) {
            if (free[network.resource[at]] < network.units[at]) {
                reservations.add(action, free, now, running, runningUntil, runs);
                return false;
            }
        }
        if (reservations.keep(action, free, now)) {
            return false;
        }
        for (int at = from; at < to; at++) {
            free[network.resource[at]] -= network.units[at];
        }
        return true;
    }

    private void end(int action) {
        for (int at = network.firstDemand[action]; at < network.firstDemand[action + 1]; at++) {
            free[network.resource[at]] += network.units[at];
        }
        for (int at = network.firstChild[action]; at < network.firstChild[action + 1]; at++) {
            int child = network.children[at];
            if (--waitingFor[child] == 0) {
                ready[place[child] >> 6] |= 1L << place[child];
            }
        }
    }
}
