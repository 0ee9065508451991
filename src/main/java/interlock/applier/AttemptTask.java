package interlock.applier;

import interlock.action.PluginText;
import interlock.api.ActionType;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.Fatal;
import interlock.model.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of an action or of its revert, on a thread of its own. After a lost attempt the type reconciles first.
 *
 * <p>This is the only place that receives an action type's results and exceptions. It converts them into an {@link
 * Outcome} that can be stored.
 */
final class AttemptTask implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(AttemptTask.class);

    private static final String NOT_BEGUN = "stopped before it started";

    private final Claim claim;
    private final ActionType type;
    private final AttemptExecution execution;
    private final Optional<Instant> end;
    private final Supplier<Optional<Outcome>> obstacle;
    private final BiConsumer<Claim, Outcome> finished;

    /** The thread that runs the attempt, while it runs. Guarded by this. */
    private @Nullable Thread thread;

    /** The outcome if the attempt is interrupted. Guarded by this. */
    private @Nullable Outcome ifCutShort;

    /** The reason why the type was asked to abort the attempt, if it was. Guarded by this. */
    private @Nullable String abortReason;

    /** Used by the applier's driver only. */
    private boolean aborting;

    /**
     * Creates a task that has not started.
     *
     * @param end when to stop it, by this process's clock
     * @param obstacle the outcome of an attempt that must not start, if it must not; evaluated right before the start
     * @param finished receives the outcome
     */
    AttemptTask(
            Claim claim,
            ActionType type,
            WorkerThreads.Sleeper sleeper,
            Optional<Instant> end,
            Supplier<Optional<Outcome>> obstacle,
            BiConsumer<Claim, Outcome> finished) {
        this.claim = claim;
        this.type = type;
        this.execution = new AttemptExecution(claim, sleeper);
        this.end = end;
        this.obstacle = obstacle;
        this.finished = finished;
    }

    Claim claim() {
        return claim;
    }

    /** {@return when to stop it, by this process's clock, if there is a limit and it was not stopped yet} */
    synchronized Optional<Instant> end() {
        return ifCutShort == null ? end : Optional.empty();
    }

    /** {@return the latest report of the attempt, if it was not read yet} */
    Optional<ProgressReport> news() {
        return execution.news();
    }

    /** Stops the attempt at once; if it reacts, this is its outcome. */
    synchronized void stop(Outcome outcome) {
        if (ifCutShort == null) {
            ifCutShort = outcome;
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** {@return whether this is the first request to abort the attempt} */
    boolean beginAbort() {
        boolean first = !aborting;
        aborting = true;
        return first;
    }

    /** Asks the action's type to abort the attempt. May block in the type's code. */
    void abort(String why) {
        synchronized (this) {
            abortReason = why;
        }
        try {
            if (type.abort(execution)) {
                stop(new Outcome.Aborted(why));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            Fatal.rethrow(e);
            log.warn(
                    "action {} cannot be aborted and runs to its end: action type '{}' threw {}",
                    claim.action(),
                    claim.actionType(),
                    PluginText.kind(e));
        }
    }

    /** A fatal error is rethrown after the attempt's outcome was recorded. */
    @Override
    public void run() {
        Outcome outcome = cutShort(NOT_BEGUN);
        try {
            outcome = begin() ? outcome() : cutShort(NOT_BEGUN);
        } catch (VirtualMachineError e) {
            outcome = new Outcome.Failed(Failure.inDoubt(PluginText.of(claim.actionType(), e)));
            throw e;
        } finally {
            finished.accept(claim, outcome);
        }
    }

    private synchronized boolean begin() {
        if (ifCutShort == null) {
            ifCutShort = obstacle.get().orElse(null);
        }
        if (ifCutShort != null) {
            return false;
        }
        thread = Thread.currentThread();
        thread.setContextClassLoader(type.getClass().getClassLoader());
        return true;
    }

    private void leave() {
        execution.end();
        synchronized (this) {
            thread = null;
            Thread.interrupted();
        }
    }

    private synchronized Outcome cutShort(String otherwise) {
        return ifCutShort != null ? ifCutShort : new Outcome.Failed(Failure.retryable(otherwise));
    }

    /** Any exception of an action type is a failure of its action, never of the applier. */
    private Outcome outcome() {
        try {
            return outcome(work());
        } catch (InterruptedException e) {
            return interrupted(e);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            return cutShort(PluginText.of(claim.actionType(), e));
        } finally {
            leave();
        }
    }

    private Result work() throws Exception {
        if (claim.revert()) {
            return returned(type.revert(execution), "revert");
        }
        Optional<Result> found =
                claim.interrupted() ? returned(type.reconcile(execution), "reconcile") : Optional.empty();
        return found.isPresent() ? found.get() : returned(type.execute(execution), "execute");
    }

    private <T> T returned(@Nullable T result, String method) {
        if (result == null) {
            throw new IllegalStateException("action type '%s' returned null from its method %s; a result was expected"
                    .formatted(claim.actionType(), method));
        }
        return result;
    }

    private Outcome outcome(Result result) {
        return switch (result) {
            case Result.Succeeded(String message) -> new Outcome.Succeeded(PluginText.message(message));
            case Result.Skipped(String reason) -> new Outcome.Skipped(PluginText.message(reason));
            case Result.Failed(Failure(String message, boolean permanent, boolean inDoubt)) ->
                new Outcome.Failed(new Failure(reason(message), permanent, inDoubt));
        };
    }

    private String reason(String message) {
        return message.isBlank()
                ? "action type '%s' gave no reason".formatted(claim.actionType())
                : PluginText.message(message);
    }

    /** A type that stops by itself after an abort may add a message. */
    private synchronized Outcome interrupted(InterruptedException e) {
        if (ifCutShort == null && abortReason != null) {
            return new Outcome.Aborted(e.getMessage() == null ? abortReason : PluginText.of(claim.actionType(), e));
        }
        return cutShort(
                "action type '%s' threw InterruptedException without being interrupted".formatted(claim.actionType()));
    }
}
