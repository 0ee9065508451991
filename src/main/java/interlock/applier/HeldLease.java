package interlock.applier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An applier's lease, as the applier itself knows it: by its own clock, and counted from before it was asked for, so that it never
 * ends later than others think. It is renewed by a transaction of its own, and only while the driver goes round.
 *
 * <p>The driver writes who holds the lease and when it went round; the driver and a thread of its own renew; anybody reads.
 */
final class HeldLease {
    /** How often it is renewed in the time that it lasts. */
    private static final int RENEWALS = 3;

    private final Duration length;
    private final InstantSource clock;
    private final Consumer<String> renew;

    /** Held by who renews: another thread that would, too, passes by. */
    private final ReentrantLock renewing = new ReentrantLock();

    private volatile @Nullable String holder;
    private volatile Instant renewedAt = Instant.MIN;
    private volatile Instant wentRoundAt;

    /**
     * Nobody holds it yet.
     *
     * @param length how long it lasts
     * @param renew renews that of the applier with this id; throws as {@link PlanGraph#renew} does
     */
    HeldLease(Duration length, InstantSource clock, Consumer<String> renew) {
        this.length = length;
        this.clock = clock;
        this.renew = renew;
        this.wentRoundAt = clock.instant();
    }

    /** {@return the id of the applier that holds it, if it has joined} */
    Optional<String> holder() {
        return Optional.ofNullable(holder);
    }

    /** Takes note that the applier has joined. */
    void taken(String id, Instant asked) {
        renewedAt = asked;
        holder = id;
    }

    /** Takes note that the applier is no member any more. */
    void lost() {
        holder = null;
    }

    /** Takes note that the driver has gone round, whatever came of it. */
    void wentRound() {
        wentRoundAt = clock.instant();
    }

    /** {@return for how long the driver has not gone round, if that is longer than the lease} */
    Optional<Duration> stuck() {
        Duration since = Duration.between(wentRoundAt, clock.instant());
        return Optional.of(since).filter(it -> it.compareTo(length) > 0);
    }

    /** {@return whether others may take the applier's actions by now} */
    boolean isOver() {
        return holder != null && !clock.instant().isBefore(renewedAt.plus(length));
    }

    /**
     * Renews the lease if it is time, nobody else does, and the driver is not stuck.
     *
     * @throws PlanGraph.GraphUnavailable when the database is out of reach
     * @throws PlanGraph.LeaseLost when the applier is no member any more
     */
    void renewIfDue() {
        String id = holder;
        if (id == null || !isDue() || stuck().isPresent() || !renewing.tryLock()) {
            return;
        }
        try {
            Instant asked = clock.instant();
            if (isDue()) {
                renew.accept(id);
                renewedAt = asked;
            }
        } finally {
            renewing.unlock();
        }
    }

    private boolean isDue() {
        return !clock.instant().isBefore(renewedAt.plus(length.dividedBy(RENEWALS)));
    }
}
