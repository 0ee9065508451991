package interlock.applier;

import java.time.Duration;
import java.time.Instant;

/**
 * Adapts the size of advances. After an advance could not be stored, outcomes and new work go into separate advances,
 * and then the size is halved down to a single outcome. If that cannot be stored either, this outcome is the cause.
 * Each success doubles the size. A pause follows each failure.
 *
 * <p>Used by the applier's driver only.
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

    /** The reaction to an advance that could not be stored. */
    enum Advice {
        /** Retry with a smaller advance after a pause. */
        TAKE_LESS,
        /** The only outcome in the advance is the cause. */
        BLAME_OUTCOME
    }

    /** Creates the size with the normal amount of new work in an advance. */
    AdvanceSize(int most) {
        this.most = most;
        this.work = most;
    }

    /** {@return the maximum number of outcomes to store} */
    int outcomes() {
        return outcomes;
    }

    /**
     * {@return the maximum number of actions to claim, open, cancel and so on in an advance with {@code stored}
     * outcomes}
     */
    int work(int stored) {
        return apart && stored > 0 ? 0 : work;
    }

    /** {@return whether the next advance must wait} */
    boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil);
    }

    /** {@return the remaining pause} */
    Duration pause(Instant now) {
        return Duration.between(now, pausedUntil);
    }

    /** Records that an advance was stored. */
    void succeeded() {
        failures = 0;
        pausedUntil = Instant.MIN;
        outcomes = outcomes > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : outcomes * 2;
        work = Math.min(most, work * 2);
        apart = apart && (work < most || outcomes < most);
    }

    /** {@return the reaction to an advance that could not be stored} */
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
