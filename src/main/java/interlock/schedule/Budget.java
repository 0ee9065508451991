package interlock.schedule;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The limits of a search for a shorter schedule.
 *
 * @param schedules the maximum number of generated schedules
 * @param time the maximum duration, measured by {@code clock}
 * @param clock nanoseconds from an arbitrary origin, such as {@link System#nanoTime}
 * @param seed the seed of the random numbers; a search that is limited only by the number of schedules is reproducible
 */
public record Budget(long schedules, Duration time, LongSupplier clock, long seed) {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    /** No search: only the priority rules. */
    public static final Budget NONE = new Budget(0, Duration.ZERO, () -> 0, 0);

    /** {@return a budget of time; zero means no search} */
    public static Budget of(Duration time, LongSupplier clock, long seed) {
        return new Budget(time.isPositive() ? Long.MAX_VALUE : 0, time, clock, seed);
    }

    /** {@return a budget of generated schedules} */
    public static Budget ofSchedules(long schedules, long seed) {
        return new Budget(schedules, FOREVER, () -> 0, seed);
    }

    /** {@return whether a search is allowed at all} */
    public boolean isPositive() {
        return schedules > 0 && time.isPositive();
    }

    Budget half() {
        return new Budget(schedules - schedules / 2, time.dividedBy(2), clock, seed);
    }

    /** {@return a condition, evaluated once per schedule, that is true as long as one more may be generated} */
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
