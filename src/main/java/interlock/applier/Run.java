package interlock.applier;

import interlock.action.ActionType;
import interlock.action.Execution;
import interlock.model.Failure;
import interlock.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One attempt, running on a thread of its own. */
final class Run implements Runnable, Execution {
    private final Claim claim;
    private final ActionType type;
    private final Workers.Sleeper sleeper;
    private final Optional<Instant> deadline;
    private final BiConsumer<Claim, Outcome> finished;

    /** Guarded by this: the thread that runs the attempt, while it does. */
    private @Nullable Thread thread;

    /** Guarded by this: what the outcome is, should the attempt be cut short. */
    private @Nullable Outcome ifCutShort;

    Run(
            Claim claim,
            ActionType type,
            Workers.Sleeper sleeper,
            Optional<Instant> deadline,
            BiConsumer<Claim, Outcome> finished) {
        this.claim = claim;
        this.type = type;
        this.sleeper = sleeper;
        this.deadline = deadline;
        this.finished = finished;
    }

    Claim claim() {
        return claim;
    }

    /** {@return when it is to be stopped, by this process's clock, if it is and has not been} */
    synchronized Optional<Instant> deadline() {
        return ifCutShort == null ? deadline : Optional.empty();
    }

    /** Asks the attempt to stop at once; if it does, this is its outcome. */
    synchronized void stop(Outcome outcome) {
        if (ifCutShort == null) {
            ifCutShort = outcome;
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        finished.accept(claim, begin() ? execute() : cutShort("stopped before it began"));
    }

    private synchronized boolean begin() {
        if (ifCutShort != null) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    private synchronized void end() {
        thread = null;
        Thread.interrupted();
    }

    private synchronized Outcome cutShort(String otherwise) {
        return ifCutShort != null ? ifCutShort : new Outcome.Failed(Failure.retryable(otherwise));
    }

    /** Whatever an action type throws is its action's failure, never the applier's. */
    private Outcome execute() {
        try {
            return type.execute(this);
        } catch (InterruptedException _) {
            return cutShort("interrupted");
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            return cutShort(messageOf(e));
        } finally {
            end();
        }
    }

    private static String messageOf(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
    }

    @Override
    public UUID action() {
        return claim.action();
    }

    @Override
    public int attempt() {
        return claim.fence().attempt();
    }

    @Override
    public int failures() {
        return claim.failures();
    }

    @Override
    public Map<String, Object> inputParameters() {
        return claim.inputParameters();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        sleeper.sleep(duration);
    }
}
