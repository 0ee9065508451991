package interlock.applier;

import interlock.action.PluginText;
import interlock.api.Execution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Execution} of one attempt. Invalid values are rejected at the call, so that the stack trace names the
 * type's code. Any thread may call it at any time; reports after the end of the attempt are ignored.
 */
final class AttemptExecution implements Execution {
    /** The number of request ids that are kept: the latest ones. */
    static final int MOST_REQUEST_IDS = 200;

    private static final int LONGEST_REQUEST_ID = 255;

    private final Claim claim;
    private final WorkerThreads.Sleeper sleeper;

    /** A private lock, because the action type has this object and may lock it. */
    private final Object lock = new Object();

    private OptionalDouble progress = OptionalDouble.empty();
    private final Queue<String> requestIds = new ArrayDeque<>();

    /** Whether there is a report that the driver has not read. */
    private boolean news;

    private boolean ended;

    AttemptExecution(Claim claim, WorkerThreads.Sleeper sleeper) {
        this.claim = claim;
        this.sleeper = sleeper;
    }

    /** {@return the latest report, if the driver has not read it yet} */
    Optional<ProgressReport> news() {
        synchronized (lock) {
            boolean old = !news;
            news = false;
            return old ? Optional.empty() : Optional.of(new ProgressReport(claim, progress, List.copyOf(requestIds)));
        }
    }

    /** Ignores reports from now on. */
    void end() {
        synchronized (lock) {
            ended = true;
        }
    }

    @Override
    public void updateProgress(double share) {
        if (!Double.isFinite(share)) {
            throw refusal("reported a progress of %s; a number from 0 to 1 was expected".formatted(share));
        }
        synchronized (lock) {
            if (!ended) {
                progress = OptionalDouble.of(Math.clamp(share, 0, 1));
                news = true;
            }
        }
    }

    @Override
    public void addRequestId(@Nullable String requestId) {
        if (requestId == null || requestId.isBlank()) {
            throw refusal("reported %s request id; a text was expected"
                    .formatted(requestId == null ? "null as a" : "an empty"));
        }
        if (requestId.length() > LONGEST_REQUEST_ID) {
            throw refusal("reported a request id of %,d characters; at most %d were expected"
                    .formatted(requestId.length(), LONGEST_REQUEST_ID));
        }
        synchronized (lock) {
            if (!ended) {
                if (requestIds.size() == MOST_REQUEST_IDS) {
                    requestIds.remove();
                }
                requestIds.add(PluginText.printable(requestId));
                news = true;
            }
        }
    }

    private IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("action type '%s' %s".formatted(claim.actionType(), why));
    }

    @Override
    public UUID action() {
        return claim.action();
    }

    @Override
    public UUID plan() {
        return claim.plan();
    }

    @Override
    public String planName() {
        return claim.planName();
    }

    @Override
    public System.Logger logger() {
        return new AttemptLogger(claim);
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
    public void sleep(@Nullable Duration duration) throws InterruptedException {
        if (duration == null) {
            throw refusal("asked to sleep for null; a duration was expected");
        }
        sleeper.sleep(duration);
    }
}
