package interlock.applier;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs attempts, each on a thread of its own.
 *
 * @param executor starts a thread
 * @param sleeper how an attempt waits
 */
public record Workers(Executor executor, Sleeper sleeper) {
    /** How an attempt waits. */
    @FunctionalInterface
    public interface Sleeper {
        /**
         * Waits.
         *
         * @throws InterruptedException when the attempt is to stop at once
         */
        void sleep(Duration duration) throws InterruptedException;
    }
}
