package interlock.openstack.action;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The stage of an attempt, which determines whether it can be abandoned without a trace. The attempt and its abort run
 * on different threads; the first transition wins.
 */
final class AbortGuard {
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.LOOKING);

    private enum Stage {
        /** No change has been requested. */
        LOOKING,
        /** A change has been requested. */
        ASKED,
        /** The attempt was abandoned before it requested a change. */
        GIVEN_UP,
        /** A change has been requested, and then its abort. */
        ABORTING,
        /** The attempt has ended. */
        ENDED
    }

    /**
     * Enters the stage in which the cloud is changed.
     *
     * @throws InterruptedException when the attempt has been abandoned
     */
    void begin() throws InterruptedException {
        if (!stage.compareAndSet(Stage.LOOKING, Stage.ASKED) && stage.get() == Stage.GIVEN_UP) {
            throw new InterruptedException();
        }
    }

    /**
     * Abandons the attempt if no change has been requested.
     *
     * @return whether it is abandoned
     */
    boolean giveUp() {
        return stage.compareAndSet(Stage.LOOKING, Stage.GIVEN_UP) || stage.get() == Stage.GIVEN_UP;
    }

    /** {@return whether a change may have been requested} */
    boolean begun() {
        return stage.get() == Stage.ASKED || stage.get() == Stage.ABORTING;
    }

    /** Notes that the requested change is to be aborted. */
    void aborting() {
        stage.compareAndSet(Stage.ASKED, Stage.ABORTING);
    }

    /** Notes that the attempt has ended. */
    void end() {
        stage.set(Stage.ENDED);
    }

    /** {@return whether an abort is pending and the attempt has not ended} */
    boolean isAborting() {
        return stage.get() == Stage.ABORTING;
    }
}
