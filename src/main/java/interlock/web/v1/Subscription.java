package interlock.web.v1;

import interlock.applier.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The mailbox of one who follows a plan. It has room for so many events; if the follower does not take them in time, they are
 * thrown away, and the follower has fallen behind: it then reads from the database what it has missed. A new follower has.
 *
 * <p>Used by two threads, the one that feeds all followers, which never waits, and the follower's.
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

    /** {@return which plan it is} */
    UUID plan() {
        return plan;
    }

    /** Puts an event in, unless the follower has fallen behind, or falls behind by it. */
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

    /** Has the follower read for itself. */
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

    /** Ends the subscription, because nothing can be sent now. */
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

    /** {@return whether the follower is behind, and has to read now} What is put in from now on comes after what it reads, or is part of it. */
    synchronized boolean catchUp() {
        boolean was = behind;
        behind = false;
        return was;
    }

    /** {@return the events that have come, in order} */
    synchronized List<PlanEvent> take() {
        List<PlanEvent> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** {@return whether there is something to do within this time} Waits for it. */
    boolean await(Duration atMost) throws InterruptedException {
        return signal.await(atMost);
    }

    @Override
    public void close() {
        ending.accept(this);
    }
}
