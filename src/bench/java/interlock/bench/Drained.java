package interlock.bench;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * The cost of draining a plan: running all of its actions, each with a durable outcome.
 *
 * @param actions the number of actions
 * @param wall from the start to the end
 * @param cpu of all processes involved
 * @param peakHeap the peak use of the service's heap pools, in bytes; empty if unknown
 * @param commits of the database; empty if unknown
 */
record Drained(int actions, Duration wall, Duration cpu, OptionalLong peakHeap, OptionalLong commits) {
    double actionsPerSecond() {
        return actions / seconds();
    }

    double seconds() {
        return wall.toNanos() / 1e9;
    }

    double cpuMicrosPerAction() {
        return cpu.toNanos() / 1e3 / actions;
    }
}
