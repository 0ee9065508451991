package interlock.applier;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs attempts, each on a thread of its own.
 *
 * @param executor starts a thread for an attempt of a built-in type
 * @param foreign starts a thread for an attempt of any other type: one that never gives way must take no thread from others
 * @param sleeper how an attempt waits
 * @param calls asks types what they say of themselves
 */
public record WorkerThreads(Executor executor, Executor foreign, Sleeper sleeper, PluginCalls calls) {
    /** All attempts on threads of one kind; types are asked on the thread of the caller. */
    public WorkerThreads(Executor executor, Sleeper sleeper) {
        this(executor, executor, sleeper, PluginCalls.direct());
    }

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

    /** {@return what starts a thread for this type} */
    Executor of(ActionTypes.Installed type) {
        return type.isForeign() ? foreign : executor;
    }
}
