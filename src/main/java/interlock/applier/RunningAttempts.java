package interlock.applier;

import interlock.action.ActionType;
import interlock.action.ActionTypes;
import interlock.model.Failure;
import interlock.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an applier runs, and what has ended and is not stored yet. Used by the applier's driver alone, but for the inbox,
 * into which the threads of the attempts put their outcomes; they raise the signal after that. The driver empties the
 * inbox after it has taken the signal, so that no outcome waits for a signal that has already been taken.
 */
final class RunningAttempts {
    private static final Logger log = LoggerFactory.getLogger(RunningAttempts.class);

    private final ActionTypes types;
    private final Workers workers;
    private final InstantSource clock;
    private final Signal signal;

    private final Queue<Ended> inbox = new ConcurrentLinkedQueue<>();
    private final Map<Attempt, AttemptTask> running = new HashMap<>();
    private final List<Ended> ended = new ArrayList<>();

    /** What attempts have told of themselves and is not stored. */
    private final Map<Attempt, ProgressReport> reports = new LinkedHashMap<>();

    /** An attempt and how it ended. */
    record Ended(Claim claim, Outcome outcome) {}

    RunningAttempts(ActionTypes types, Workers workers, InstantSource clock, Signal signal) {
        this.types = types;
        this.workers = workers;
        this.clock = clock;
        this.signal = signal;
    }

    /** Starts an attempt on a thread of its own. What is claimed after its deadline does not begin. */
    void start(Claim claim) {
        types.find(claim.actionType())
                .ifPresentOrElse(
                        installed -> {
                            AttemptTask run =
                                    new AttemptTask(claim, installed.type(), workers.sleeper(), end(claim), this::put);
                            running.put(Attempt.of(claim), run);
                            stopIfOutOfTime(run, clock.instant());
                            workers.executor().execute(run);
                        },
                        () -> put(claim, notInstalled(claim)));
    }

    /** By this process's clock: what the database's clock says is only good for differences. */
    private Optional<Instant> end(Claim claim) {
        return limit(claim).map(clock.instant()::plus);
    }

    private static Optional<Duration> limit(Claim claim) {
        Optional<Duration> left = claim.deadline().map(deadline -> Duration.between(claim.claimed(), deadline));
        return Stream.concat(claim.timeout().stream(), left.stream()).min(Duration::compareTo);
    }

    private static Outcome notInstalled(Claim claim) {
        return new Outcome.Failed(Failure.permanent("action type '%s' is not installed on applier %s"
                .formatted(claim.actionType(), claim.fence().applier())));
    }

    private void put(Claim claim, Outcome outcome) {
        inbox.add(new Ended(claim, outcome));
        signal.raise();
    }

    /** Takes in what has ended since the last time. */
    void takeInbox() {
        for (Ended next = inbox.poll(); next != null; next = inbox.poll()) {
            AttemptTask run = running.remove(Attempt.of(next.claim()));
            if (run != null) {
                note(run);
            }
            ended.add(next);
        }
        running.values().forEach(this::note);
    }

    private void note(AttemptTask run) {
        run.news().ifPresent(news -> reports.put(Attempt.of(news.claim()), news));
    }

    /** {@return what attempts have told of themselves and is not stored} */
    List<ProgressReport> reports() {
        return List.copyOf(reports.values());
    }

    /** {@return what has ended and is not stored} */
    List<Ended> ended() {
        return List.copyOf(ended);
    }

    /** Forgets what has ended or was told: it is stored, or it came too late. */
    void forget() {
        ended.clear();
        reports.clear();
    }

    /** {@return how many attempts run} */
    int size() {
        return running.size();
    }

    /** {@return of how many plans attempts run, or have ended and are not stored} */
    long plans() {
        return Stream.concat(
                        running.values().stream().map(AttemptTask::claim),
                        ended.stream().map(Ended::claim))
                .map(Claim::plan)
                .distinct()
                .count();
    }

    /** {@return the attempts that run} */
    Set<Attempt> attempts() {
        return Set.copyOf(running.keySet());
    }

    /** Asks an attempt to stop, if it runs. */
    void stop(Attempt attempt, String why) {
        AttemptTask run = running.get(attempt);
        if (run != null) {
            run.stop(lost(run.claim(), why));
        }
    }

    /** Asks an attempt to abort, if it runs and has not been asked yet. */
    void abort(Attempt attempt, String why) {
        AttemptTask run = running.get(attempt);
        if (run != null && run.beginAbort()) {
            workers.executor().execute(() -> run.abort(why));
        }
    }

    /** Asks all attempts to stop. */
    void stopAll(String why) {
        attempts().forEach(attempt -> stop(attempt, why));
    }

    /** Asks those attempts to stop whose time is over. */
    void stopWhatIsOutOfTime() {
        Instant now = clock.instant();
        running.values().forEach(run -> stopIfOutOfTime(run, now));
    }

    private static void stopIfOutOfTime(AttemptTask run, Instant now) {
        run.end().filter(end -> !now.isBefore(end)).ifPresent(_ -> run.stop(timedOut(run.claim())));
    }

    private static Outcome timedOut(Claim claim) {
        Optional<Duration> limit = limit(claim);
        return limit.equals(claim.timeout())
                ? new Outcome.Failed(Failure.inDoubt("timed out after " + limit.orElse(Duration.ZERO)))
                : new Outcome.Failed(Failure.permanent("its deadline has passed"));
    }

    /** {@return how long until an attempt's time is over, but no longer than this} */
    Duration untilOutOfTime(Duration atMost) {
        Instant now = clock.instant();
        return running.values().stream()
                .flatMap(run -> run.end().stream())
                .map(end -> Duration.between(now, end))
                .filter(left -> left.compareTo(atMost) < 0)
                .min(Duration::compareTo)
                .orElse(atMost);
    }

    /** Takes attempts that did not stop when they were asked to for ended. */
    void abandon(String why) {
        running.values().forEach(run -> ended.add(new Ended(run.claim(), lost(run.claim(), why))));
        running.clear();
    }

    /** {@return the outcome of an attempt that was cut short} */
    Outcome lost(Claim claim, String why) {
        boolean repeatable = types.find(claim.actionType())
                .map(installed -> isRepeatable(installed.type(), claim))
                .orElse(false);
        return new Outcome.Lost(why, repeatable);
    }

    /** What its type does not vouch for is not repeated. */
    private static boolean isRepeatable(ActionType type, Claim claim) {
        Map<String, Object> parameters = claim.inputParameters();
        try {
            return claim.revert()
                    ? type.revertIdempotent(parameters)
                    : type.idempotent(parameters) || type.reconciles(parameters);
        } catch (Throwable e) {
            log.warn(
                    "action {} is not repeated: its type does not say whether it may be: {}",
                    claim.action(),
                    e.toString());
            return false;
        }
    }
}
