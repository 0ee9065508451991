package interlock.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/**
 * Lets several scenarios share the kills of one service, for to start it takes long: it is killed when all that are still
 * under way have come to where they want it dead, and started again when all of them want that.
 */
final class SharedKills {
    private static final int PATIENCE_MINUTES = 5;

    private final RestartedService service;
    private final Phaser phaser;
    private boolean alive = true;

    SharedKills(RestartedService service, int scenarios) {
        this.service = service;
        this.phaser = new Phaser(scenarios) {
            @Override
            protected boolean onAdvance(int phase, int underWay) {
                if (underWay > 0) {
                    turn();
                }
                return underWay == 0;
            }
        };
    }

    private void turn() {
        try {
            if (alive) {
                service.kill();
            } else {
                service.restart();
            }
            alive = !alive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when the service is dead. */
    void kill() throws InterruptedException, TimeoutException {
        await();
    }

    /** The same, while the world holds a request. */
    void killDuring(Held request) throws InterruptedException, TimeoutException {
        request.await();
        kill();
    }

    /** Returns when it is up again. */
    void restart() throws InterruptedException, TimeoutException {
        await();
    }

    private void await() throws InterruptedException, TimeoutException {
        phaser.awaitAdvanceInterruptibly(phaser.arrive(), PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    /** Waits until all others that are under way wait for what comes next. */
    void awaitOthers() {
        Awaitility.await().atMost(RestartedService.PATIENCE).until(() -> phaser.getUnarrivedParties() == 1);
    }

    /** A scenario has come to its end, well or not. */
    void leave() {
        phaser.arriveAndDeregister();
    }
}
