package interlock.web.v1;

import java.util.function.Supplier;

/**
 * Reads a consistent state without a lock. Concurrent readers may see a commit in part, for example a plan's new state
 * without its new status message. Two successive reads with the same result have seen whole commits, because the second
 * one sees all of each commit that the first saw in part, as after {@link interlock.neo4j.view.PlanReader#turn}.
 */
final class SteadyRead {
    /** A plan that changes all the time is shown as last read. */
    private static final int MOST_READINGS = 4;

    private SteadyRead() {}

    /** {@return the result of two equal successive reads, or of the last read if no two are equal} */
    static <T> T reading(Supplier<T> read) {
        T latest = read.get();
        for (int readings = 1; readings < MOST_READINGS; readings++) {
            T before = latest;
            latest = read.get();
            if (latest.equals(before)) {
                break;
            }
        }
        return latest;
    }
}
