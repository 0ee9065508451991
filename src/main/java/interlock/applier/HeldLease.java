package interlock.applier;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An applier's own view of its lease: by its own clock and counted from before each request, so that it never ends
 * later than others assume. Renewals have a transaction of their own and stop while the driver is stuck.
 *
 * <p>The driver writes the holder and its progress; the driver and the renewal thread renew; any thread reads.
 */
final class HeldLease {
    /** The number of renewals per lease. */
    private static final int RENEWALS = 3;

    private final Duration length;
    private final InstantSource clock;
    private final Consumer<String> renew;

    /** Held during a renewal; another thread that finds it held skips its own renewal. */
    private final ReentrantLock renewing = new ReentrantLock();

    private volatile @Nullable String holder;
    private volatile Instant renewedAt = Instant.MIN;
    private volatile Instant wentRoundAt;

    /**
     * Creates a lease without a holder.
     *
     * @param length the duration of the lease
     * @param renew renews the lease of the applier with this id; throws like {@link PlanGraph#renew}
     */
    HeldLease(Duration length, InstantSource clock, Consumer<String> renew) {
        this.length = length;
        this.clock = clock;
        this.renew = renew;
        this.wentRoundAt = clock.instant();
    }

    /** {@return the id of the applier, if it has joined} */
    Optional<String> holder() {
        return Optional.ofNullable(holder);
    }

    /** Records that the applier has joined. */
    void taken(String id, Instant asked) {
        renewedAt = asked;
        holder = id;
    }

    /** Records that the applier is no longer a member. */
    void lost() {
        holder = null;
    }

    /** Records that the driver has completed a step, successful or not. */
    void wentRound() {
        wentRoundAt = clock.instant();
    }

    /** {@return the time since the driver's last step, if that is longer than the lease} */
    Optional<Duration> stuck() {
        Duration since = Duration.between(wentRoundAt, clock.instant());
        return Optional.of(since).filter(it -> it.compareTo(length) > 0);
    }

    /** {@return whether other appliers may have taken back the applier's actions by now} */
    boolean isOver() {
        return holder != null && !clock.instant().isBefore(renewedAt.plus(length));
    }

    /**
     * Renews the lease, unless it is not due, another thread renews it, or the driver is stuck.
     *
     * @throws PlanGraph.GraphUnavailable when the database is unavailable
     * @throws PlanGraph.LeaseLost when the applier is no longer a member
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
