package interlock.web.v1;

import java.util.function.Supplier;

/**
 * Reads what may be changing. The database shows a commit to those who read meanwhile property by property: a plan's new
 * state, for one, and not yet its status message. What two readings agree on is whole.
 */
final class SteadyRead {
    /** A plan that changes all the time is shown as it comes. */
    private static final int MOST_READINGS = 4;

    private SteadyRead() {}

    /** {@return what two readings, one after the other, agree on; the last of them, if none do} */
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
