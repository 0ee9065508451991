package interlock.applier;

import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs attempts, each on a thread of its own.
 *
 * @param executor starts a thread for an attempt of a built-in type
 * @param foreign starts a thread for an attempt of a plug-in type, so that attempts that never yield take no thread
 *     from others
 * @param sleeper how attempts wait
 * @param calls calls action types with time limits
 */
public record WorkerThreads(Executor executor, Executor foreign, Sleeper sleeper, PluginCalls calls) {
    /** All attempts use the same executor; types are called on the caller's thread. */
    public WorkerThreads(Executor executor, Sleeper sleeper) {
        this(executor, executor, sleeper, PluginCalls.direct());
    }

    /** How an attempt waits. */
    @FunctionalInterface
    public interface Sleeper {
        /**
         * Waits for this long.
         *
         * @throws InterruptedException when the attempt must stop at once
         */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** {@return the executor for attempts of this type} */
    Executor of(ActionTypes.Installed type) {
        return type.isForeign() ? foreign : executor;
    }
}
