package interlock.web.v1;

import interlock.applier.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The mailbox of one follower of a plan, with a fixed capacity. If it overflows, it is emptied and the follower is
 * marked as behind: the follower then reads the missed changes from the database. A new follower is behind.
 *
 * <p>Used by two threads: the one that feeds all followers, which never blocks, and the follower's.
 */
final class Subscription implements AutoCloseable {
    private static final int ROOM = 256;

    private final UUID plan;
    private final Consumer<Subscription> ending;
    private final Signal signal = new Signal();
    private List<PlanEvent> waiting = new ArrayList<>();
    private boolean behind = true;
    private boolean cutOff;

    Subscription(UUID plan, Consumer<Subscription> ending) {
        this.plan = plan;
        this.ending = ending;
    }

    /** {@return the uuid of the plan} */
    UUID plan() {
        return plan;
    }

    /** Adds an event, unless the follower is behind. An overflow marks it as behind. */
    void offer(PlanEvent event) {
        synchronized (this) {
            if (behind) {
                return;
            }
            if (waiting.size() < ROOM) {
                waiting.add(event);
            } else {
                becomeBehind();
            }
        }
        signal.raise();
    }

    /** Marks the follower as behind. */
    void fallBehind() {
        synchronized (this) {
            becomeBehind();
        }
        signal.raise();
    }

    private void becomeBehind() {
        waiting = new ArrayList<>();
        behind = true;
    }

    /** Ends the subscription, because no events can be sent. */
    void cutOff() {
        synchronized (this) {
            cutOff = true;
        }
        signal.raise();
    }

    /** {@return whether the subscription has ended} */
    synchronized boolean isCutOff() {
        return cutOff;
    }

    /**
     * Marks the follower as up to date. Events offered from now on are newer than its next read, or part of it.
     *
     * @return whether the follower was behind and has to read now
     */
    synchronized boolean catchUp() {
        boolean was = behind;
        behind = false;
        return was;
    }

    /**
     * Empties the mailbox.
     *
     * @return the events, in order
     */
    synchronized List<PlanEvent> take() {
        List<PlanEvent> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /**
     * Waits for an event or a change of the subscription.
     *
     * @return whether there was one in the given time
     */
    boolean await(Duration atMost) throws InterruptedException {
        return signal.await(atMost);
    }

    @Override
    public void close() {
        ending.accept(this);
    }
}
