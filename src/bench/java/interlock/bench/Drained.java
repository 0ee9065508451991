package interlock.bench;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What it took to drain a plan: to run all of its actions, each durably.
 *
 * @param actions how many there were
 * @param wall from the start to the end
 * @param cpu of all processes that took part in it
 * @param peakHeap in bytes: what the heap's pools of the service held at their fullest; absent if that cannot be known
 * @param commits of the database; absent if that cannot be known
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
