package interlock.openstack.action;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How far an attempt is: whether it may still be given up without a trace. The attempt and whoever aborts it are on different
 * threads; one of them is first.
 */
final class AbortGuard {
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.LOOKING);

    private enum Stage {
        /** Nothing has been asked for that would change anything. */
        LOOKING,
        /** A change has been asked for. */
        ASKED,
        /** It was given up before. */
        GIVEN_UP,
        /** A change has been asked for, and then that it be given up. */
        ABORTING,
        /** It has come to its end. */
        ENDED
    }

    /**
     * From now on the cloud is changed.
     *
     * @throws InterruptedException when the attempt has been given up
     */
    void begin() throws InterruptedException {
        if (!stage.compareAndSet(Stage.LOOKING, Stage.ASKED) && stage.get() == Stage.GIVEN_UP) {
            throw new InterruptedException();
        }
    }

    /** {@return whether it is given up: nothing has been asked for, and nothing will be} */
    boolean giveUp() {
        return stage.compareAndSet(Stage.LOOKING, Stage.GIVEN_UP) || stage.get() == Stage.GIVEN_UP;
    }

    /** {@return whether the cloud may have been asked for a change} */
    boolean begun() {
        return stage.get() == Stage.ASKED || stage.get() == Stage.ABORTING;
    }

    /** Notes that the cloud is to give up what it was asked for. */
    void aborting() {
        stage.compareAndSet(Stage.ASKED, Stage.ABORTING);
    }

    /** Notes that there is nothing left that could be given up. */
    void end() {
        stage.set(Stage.ENDED);
    }

    /** {@return whether it is to be given up, and has not ended yet} */
    boolean isAborting() {
        return stage.get() == Stage.ABORTING;
    }
}
