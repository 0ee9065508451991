package interlock.applier;

import java.time.Duration;
import java.time.Instant;

/**
 * How much one advance takes on. When one cannot be stored, the next takes less: first, outcomes and new work go into advances of
 * their own, then each half as much, down to one outcome. If that cannot be stored either, it alone is to blame. What succeeds lets
 * the next take twice as much. After a failure there is always a pause.
 *
 * <p>Used by the applier's driver alone.
 */
final class AdvanceSize {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final int most;
    private int outcomes = Integer.MAX_VALUE;
    private int work;
    private boolean apart;
    private int failures;
    private Instant pausedUntil = Instant.MIN;

    /** What is to become of an advance that could not be stored. */
    enum Advice {
        /** Less is tried after a pause. */
        TAKE_LESS,
        /** The only outcome in it is to blame. */
        BLAME_OUTCOME
    }

    /** Takes how much new work an advance takes on when all is well. */
    AdvanceSize(int most) {
        this.most = most;
        this.work = most;
    }

    /** {@return how many outcomes are stored at most} */
    int outcomes() {
        return outcomes;
    }

    /** {@return how many actions are claimed, opened, cancelled and so on, at most, beside so many outcomes} */
    int work(int stored) {
        return apart && stored > 0 ? 0 : work;
    }

    /** {@return whether it is to be waited before the next advance} */
    boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil);
    }

    /** {@return how long} */
    Duration pause(Instant now) {
        return Duration.between(now, pausedUntil);
    }

    /** Takes note that an advance was stored. */
    void succeeded() {
        failures = 0;
        pausedUntil = Instant.MIN;
        outcomes = outcomes > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : outcomes * 2;
        work = Math.min(most, work * 2);
        apart = apart && (work < most || outcomes < most);
    }

    /** {@return what to do about an advance that could not be stored} */
    Advice failed(int stored, Instant now) {
        failures++;
        Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        pausedUntil = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        if (stored > 0 && !apart) {
            apart = true;
        } else if (stored > 1) {
            outcomes = stored / 2;
        } else if (stored == 1) {
            return Advice.BLAME_OUTCOME;
        } else {
            work = Math.max(1, work / 2);
        }
        return Advice.TAKE_LESS;
    }
}
