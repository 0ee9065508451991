package interlock.action;

import interlock.model.Fatal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls plug-ins on other threads, so that callers wait for a limited time only.
 *
 * @param threads runs one call
 */
public record PluginCalls(Executor threads) {
    /** {@return calls on the caller's own thread, without a time limit} */
    public static PluginCalls direct() {
        return new PluginCalls(Runnable::run);
    }

    /**
     * {@return the plug-in's answer}
     *
     * @throws NoAnswer if the plug-in does not answer in time or throws; the cause is what it threw
     * @throws VirtualMachineError if the plug-in throws one, except for a stack overflow
     */
    public <T> T ask(Callable<T> question, Duration atMost) throws NoAnswer {
        FutureTask<Answer<T>> asked = new FutureTask<>(() -> Answer.to(question));
        try {
            threads.execute(asked);
            return switch (asked.get(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                case Said<T>(T value) -> value;
                case Thrown<T>(Throwable cause) -> {
                    Fatal.rethrow(cause);
                    throw new NoAnswer("it threw " + PluginText.kind(cause), cause);
                }
            };
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
            throw new IllegalStateException("the exceptions of plug-ins are wrapped in answers", e);
        }
    }

    /**
     * {@return a copy of the entries in the plug-in's answer} The entries are counted, because the size that the
     * plug-in reports is not trusted.
     *
     * @throws NoAnswer like {@link #ask}, and if there are more than {@code most} entries or an entry is null
     */
    public <T> List<T> askForList(Callable<? extends Iterable<? extends T>> question, int most, Duration atMost)
            throws NoAnswer {
        Optional<List<T>> copy = ask(() -> copy(question.call(), most), atMost);
        return copy.orElseThrow(() -> new NoAnswer("it returned more than %d entries".formatted(most)));
    }

    private static <T> Optional<List<T>> copy(Iterable<? extends T> entries, int most) {
        List<T> copy = new ArrayList<>();
        for (T entry : entries) {
            if (copy.size() == most) {
                return Optional.empty();
            }
            copy.add(entry);
        }
        return Optional.of(List.copyOf(copy));
    }

    /**
     * The result of a call. A plug-in's exception is kept unread, because even its message may throw; only {@link
     * PluginText} reads it.
     */
    private sealed interface Answer<T> {
        static <T> Answer<T> to(Callable<T> question) {
            try {
                return new Said<>(question.call());
            } catch (Throwable e) {
                return new Thrown<>(e);
            }
        }
    }

    private record Said<T>(T value) implements Answer<T> {}

    private record Thrown<T>(Throwable cause) implements Answer<T> {}

    /**
     * A plug-in did not answer. The message contains only the class of the exception: the plug-in's own message may
     * contain parameters.
     */
    public static final class NoAnswer extends Exception {
        private final Throwable cause;

        NoAnswer(String message) {
            this(message, new IllegalArgumentException(message));
        }

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
            this.cause = cause;
        }

        /** {@return what the plug-in threw, or what interrupted the wait} */
        public Throwable cause() {
            return cause;
        }
    }
}
