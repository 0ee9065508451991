package interlock.applier;

import interlock.action.ActionTypes;
import interlock.action.PluginText;
import interlock.api.Failure;
import interlock.model.Fatal;
import interlock.model.Outcome;
import interlock.model.StackTraceOnly;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
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

    /** Why attempts end of an applier whose lease is over. */
    static final String LEASE_OVER = "its applier's lease ran out";

    private final ActionTypes types;
    private final WorkerThreads workers;
    private final InstantSource clock;
    private final Repeatability repeatability;
    private final Signal signal;
    private final BooleanSupplier leaseOver;

    private final Queue<EndedAttempt> inbox = new ConcurrentLinkedQueue<>();
    private final Map<Attempt, AttemptTask> running = new ConcurrentHashMap<>();
    private final List<EndedAttempt> ended = new ArrayList<>();

    /** What attempts have told of themselves and is not stored. */
    private final Map<Attempt, ProgressReport> reports = new LinkedHashMap<>();

    /**
     * Nothing runs yet.
     *
     * @param leaseOver whether others may take what runs here by now; asked by the threads of the attempts
     */
    RunningAttempts(
            ActionTypes types, WorkerThreads workers, InstantSource clock, Signal signal, BooleanSupplier leaseOver) {
        this.types = types;
        this.workers = workers;
        this.clock = clock;
        this.signal = signal;
        this.leaseOver = leaseOver;
        this.repeatability = new Repeatability(types, workers.calls());
    }

    /**
     * Starts an attempt on a thread of its own. What is claimed after its deadline does not begin. What cannot be started has
     * failed.
     */
    void start(Claim claim) {
        try {
            types.find(claim.actionType())
                    .ifPresentOrElse(installed -> start(claim, installed), () -> put(claim, notInstalled(claim)));
        } catch (Throwable e) {
            Fatal.rethrow(e);
            running.remove(Attempt.of(claim));
            log.warn("action {} cannot be started", claim.action(), StackTraceOnly.of(e));
            put(claim, notStarted(claim, e));
        }
    }

    private void start(Claim claim, ActionTypes.Installed installed) {
        AttemptTask run = new AttemptTask(
                claim, installed.type(), workers.sleeper(), end(claim), () -> obstacle(claim), this::put);
        running.put(Attempt.of(claim), run);
        stopIfOutOfTime(run, clock.instant());
        workers.of(installed).execute(run);
    }

    /** A process that stood still may have threads that are yet to begin, when others have taken their actions. */
    private Optional<Outcome> obstacle(Claim claim) {
        return leaseOver.getAsBoolean() ? Optional.of(lost(claim, LEASE_OVER)) : Optional.empty();
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

    private static Outcome notStarted(Claim claim, Throwable why) {
        return new Outcome.Failed(Failure.retryable("applier %s cannot start the attempt: %s"
                .formatted(claim.fence().applier(), PluginText.kind(why))));
    }

    private void put(Claim claim, Outcome outcome) {
        inbox.add(new EndedAttempt(claim, outcome));
        signal.raise();
    }

    /** Takes in what has ended since the last time. */
    void takeInbox() {
        for (EndedAttempt next = inbox.poll(); next != null; next = inbox.poll()) {
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
    List<EndedAttempt> ended() {
        return List.copyOf(ended);
    }

    /** Takes what was claimed for ended that cannot be run. */
    void addEnded(List<EndedAttempt> more) {
        ended.addAll(more);
    }

    /** Forgets what has ended or was told: it is stored, or it came too late. */
    void forget(List<EndedAttempt> stored, List<ProgressReport> told) {
        ended.removeAll(stored);
        told.forEach(report -> reports.remove(Attempt.of(report.claim()), report));
    }

    /** Forgets what attempts have told of themselves. */
    void forgetReports() {
        reports.clear();
    }

    /** Takes another outcome for one that cannot be stored. */
    void replace(EndedAttempt unstorable, Outcome instead) {
        ended.replaceAll(end -> end.equals(unstorable) ? new EndedAttempt(end.claim(), instead) : end);
    }

    /** {@return how many attempts run} */
    int size() {
        return running.size();
    }

    /** {@return of how many plans attempts run, or have ended and are not stored} */
    long plans() {
        return Stream.concat(
                        running.values().stream().map(AttemptTask::claim),
                        ended.stream().map(EndedAttempt::claim))
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
        if (run == null || !run.beginAbort()) {
            return;
        }
        try {
            types.find(run.claim().actionType())
                    .ifPresent(installed -> workers.of(installed).execute(() -> run.abort(why)));
        } catch (RuntimeException e) {
            log.warn("action {} cannot be aborted, and is awaited", attempt.action(), StackTraceOnly.of(e));
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
        running.values().forEach(run -> ended.add(new EndedAttempt(run.claim(), lost(run.claim(), why))));
        running.clear();
    }

    /** {@return the outcome of an attempt that was cut short} */
    Outcome lost(Claim claim, String why) {
        return new Outcome.Lost(why, repeatability.of(claim));
    }
}
