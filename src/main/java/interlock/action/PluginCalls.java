package interlock.action;

import interlock.model.Fatal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks plug-ins on other threads, so that the caller waits a limited time for an answer.
 *
 * @param threads runs one question
 */
public record PluginCalls(Executor threads) {
    /** {@return calls on the thread of the caller, which waits as long as it takes} */
    public static PluginCalls direct() {
        return new PluginCalls(Runnable::run);
    }

    /**
     * {@return the answer}
     *
     * @throws NoAnswer if none comes in time, or the plug-in throws: the cause says what
     * @throws VirtualMachineError as the plug-in, unless its stack overflowed
     */
    public <T> T ask(Callable<T> question, Duration atMost) throws NoAnswer {
        FutureTask<T> asked = new FutureTask<>(question);
        try {
            threads.execute(asked);
            return asked.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new NoAnswer("the service is stopping", e);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new NoAnswer("it did not answer within %d ms".formatted(atMost.toMillis()), e);
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new NoAnswer("the service stopped before it answered", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Fatal.rethrow(cause);
            throw new NoAnswer("it threw " + PluginText.kind(cause), cause);
        }
    }

    /** A plug-in did not answer. The message names the kind of exception only: its own message may hold parameters. */
    public static final class NoAnswer extends Exception {
        private final Throwable cause;

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
            this.cause = cause;
        }

        /** {@return why: what the plug-in threw, or what cut the wait short} */
        public Throwable cause() {
            return cause;
        }
    }
}
