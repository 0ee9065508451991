package interlock.schedule;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long a search for a shorter schedule may go on.
 *
 * @param schedules how many schedules it may make
 * @param time how long it may take, by {@code clock}
 * @param clock tells nanoseconds, from wherever it likes
 * @param seed where its random numbers begin; a search that is limited by schedules alone is the same for the same seed
 */
public record Budget(long schedules, Duration time, LongSupplier clock, long seed) {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /** No search: the best single rule. */
    public static final Budget NONE = new Budget(0, Duration.ZERO, () -> 0, 0);

    /** {@return a budget of time; nothing of it means no search} */
    public static Budget of(Duration time, LongSupplier clock, long seed) {
        return new Budget(time.isPositive() ? Long.MAX_VALUE : 0, time, clock, seed);
    }

    /** {@return a budget of schedules} */
    public static Budget ofSchedules(long schedules, long seed) {
        return new Budget(schedules, FOREVER, () -> 0, seed);
    }

    /** {@return whether there is any} */
    public boolean isPositive() {
        return schedules > 0 && time.isPositive();
    }

    Budget half() {
        return new Budget(schedules - schedules / 2, time.dividedBy(2), clock, seed);
    }

    /** {@return what says, asked once for each schedule, whether one more may be made} */
    BooleanSupplier allowance() {
        long began = clock.getAsLong();
        long limit = time.toNanos();
        return new BooleanSupplier() {
            private long left = schedules;

            @Override
            public boolean getAsBoolean() {
                return left-- > 0 && clock.getAsLong() - began < limit;
            }
        };
    }
}
