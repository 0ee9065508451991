package interlock.applier;

import interlock.action.ActionType;
import interlock.action.Execution;
import interlock.model.Failure;
import interlock.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt, running on a thread of its own: of an action's work, or of its undoing. After an attempt that was lost, the
 * type is asked first what that one did.
 */
final class Run implements Runnable, Execution {
    private static final Logger log = LoggerFactory.getLogger(Run.class);

    private final Claim claim;
    private final ActionType type;
    private final Workers.Sleeper sleeper;
    private final Optional<Instant> end;
    private final BiConsumer<Claim, Outcome> finished;

    /** Guarded by this: the thread that runs the attempt, while it does. */
    private @Nullable Thread thread;

    /** Guarded by this: what the outcome is, should the attempt be cut short. */
    private @Nullable Outcome ifCutShort;

    /** Guarded by this: how far it has come, and the ids of its requests. */
    private OptionalDouble progress = OptionalDouble.empty();

    private final List<String> requestIds = new ArrayList<>();

    /** Guarded by this: whether the driver has not seen the latest of that. */
    private boolean reported = true;

    /** Used by the applier's driver alone. */
    private boolean aborting;

    Run(
            Claim claim,
            ActionType type,
            Workers.Sleeper sleeper,
            Optional<Instant> end,
            BiConsumer<Claim, Outcome> finished) {
        this.claim = claim;
        this.type = type;
        this.sleeper = sleeper;
        this.end = end;
        this.finished = finished;
    }

    Claim claim() {
        return claim;
    }

    /** {@return when it is to be stopped, by this process's clock, if it is and has not been} */
    synchronized Optional<Instant> end() {
        return ifCutShort == null ? end : Optional.empty();
    }

    /** {@return what the attempt has told of itself, if that is news} */
    synchronized Optional<Report> news() {
        boolean old = reported;
        reported = true;
        return old ? Optional.empty() : Optional.of(new Report(claim, progress, requestIds));
    }

    @Override
    public synchronized void updateProgress(double share) {
        progress = OptionalDouble.of(Math.clamp(share, 0, 1));
        reported = false;
    }

    @Override
    public synchronized void addRequestId(String requestId) {
        requestIds.add(requestId);
        reported = false;
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

    /** {@return whether this is the first time that the attempt is to be aborted} */
    boolean beginAbort() {
        boolean first = !aborting;
        aborting = true;
        return first;
    }

    /** Asks the action's type to abort the attempt. It may take its time. */
    void abort(String why) {
        try {
            if (type.abort(this)) {
                stop(new Outcome.Aborted(why));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            log.warn("action {} cannot be aborted, and is awaited: {}", claim.action(), messageOf(e));
        }
    }

    @Override
    public void run() {
        finished.accept(claim, begin() ? outcome() : cutShort("stopped before it began"));
    }

    private synchronized boolean begin() {
        if (ifCutShort != null) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    private synchronized void leave() {
        thread = null;
        Thread.interrupted();
    }

    private synchronized Outcome cutShort(String otherwise) {
        return ifCutShort != null ? ifCutShort : new Outcome.Failed(Failure.retryable(otherwise));
    }

    /** Whatever an action type throws is its action's failure, never the applier's. */
    private Outcome outcome() {
        try {
            return told(work());
        } catch (InterruptedException _) {
            return cutShort("interrupted");
        } catch (Throwable e) {
            return cutShort(messageOf(e));
        } finally {
            leave();
        }
    }

    private Outcome work() throws Exception {
        if (claim.revert()) {
            return type.revert(this);
        }
        Optional<Outcome> found = claim.interrupted() ? type.reconcile(this) : Optional.empty();
        return found.isPresent() ? found.get() : type.execute(this);
    }

    /** A plug-in's null must not get as far as the transaction that stores the outcomes of all. */
    private Outcome told(@Nullable Outcome outcome) {
        if (outcome == null || outcome.message() == null) {
            throw new IllegalStateException(
                    "action type '%s' did not say how its action ended: %s".formatted(type.name(), outcome));
        }
        return outcome;
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
