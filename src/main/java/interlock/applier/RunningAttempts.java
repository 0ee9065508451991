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
 * An applier's running attempts, and the ended ones that are not stored yet. Used by the applier's driver only, except
 * for the inbox: the threads of attempts put outcomes there and raise the signal afterwards. The driver takes the
 * signal first and then empties the inbox, so that no outcome is left behind without a signal.
 */
final class RunningAttempts {
    private static final Logger log = LoggerFactory.getLogger(RunningAttempts.class);

    /** The reason of attempts that end because their applier's lease has expired. */
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

    /** The reports that are not stored yet. */
    private final Map<Attempt, ProgressReport> reports = new LinkedHashMap<>();

    /**
     * Starts without attempts.
     *
     * @param leaseOver whether other appliers may have taken back the running actions; called by the threads of
     *     attempts
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
     * Starts an attempt on a thread of its own. An attempt after its deadline does not start. An attempt that cannot be
     * started has failed.
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

    /** In a process that was suspended, threads may start when other appliers have already taken their actions back. */
    private Optional<Outcome> obstacle(Claim claim) {
        return leaseOver.getAsBoolean() ? Optional.of(lost(claim, LEASE_OVER)) : Optional.empty();
    }

    /** By this process's clock: the database's clock is used for differences only. */
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

    /** Moves new outcomes from the inbox. */
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

    /** {@return the reports that are not stored yet} */
    List<ProgressReport> reports() {
        return List.copyOf(reports.values());
    }

    /** {@return the ended attempts that are not stored yet} */
    List<EndedAttempt> ended() {
        return List.copyOf(ended);
    }

    /** Adds claimed attempts that ended without running. */
    void addEnded(List<EndedAttempt> more) {
        ended.addAll(more);
    }

    /** Removes attempts and reports that are stored or refused. */
    void forget(List<EndedAttempt> stored, List<ProgressReport> told) {
        ended.removeAll(stored);
        told.forEach(report -> reports.remove(Attempt.of(report.claim()), report));
    }

    /** Removes all reports. */
    void forgetReports() {
        reports.clear();
    }

    /** Replaces the outcome of an attempt that cannot be stored. */
    void replace(EndedAttempt unstorable, Outcome instead) {
        ended.replaceAll(end -> end.equals(unstorable) ? new EndedAttempt(end.claim(), instead) : end);
    }

    /** {@return the number of running attempts} */
    int size() {
        return running.size();
    }

    /** {@return the number of plans with running attempts or with ended ones that are not stored yet} */
    long plans() {
        return Stream.concat(
                        running.values().stream().map(AttemptTask::claim),
                        ended.stream().map(EndedAttempt::claim))
                .map(Claim::plan)
                .distinct()
                .count();
    }

    /** {@return the running attempts} */
    Set<Attempt> attempts() {
        return Set.copyOf(running.keySet());
    }

    /** Stops an attempt, if it is running. */
    void stop(Attempt attempt, String why) {
        AttemptTask run = running.get(attempt);
        if (run != null) {
            run.stop(lost(run.claim(), why));
        }
    }

    /** Aborts an attempt, if it is running and was not aborted before. */
    void abort(Attempt attempt, String why) {
        AttemptTask run = running.get(attempt);
        if (run == null || !run.beginAbort()) {
            return;
        }
        try {
            types.find(run.claim().actionType())
                    .ifPresent(installed -> workers.of(installed).execute(() -> run.abort(why)));
        } catch (RuntimeException e) {
            log.warn("action {} cannot be aborted and runs to its end", attempt.action(), StackTraceOnly.of(e));
        }
    }

    /** Stops all attempts. */
    void stopAll(String why) {
        attempts().forEach(attempt -> stop(attempt, why));
    }

    /** Stops the attempts that are out of time. */
    void stopWhatIsOutOfTime() {
        Instant now = clock.instant();
        running.values().forEach(run -> stopIfOutOfTime(run, now));
    }

    private static void stopIfOutOfTime(AttemptTask run, Instant now) {
        run.end().filter(end -> !now.isBefore(end)).ifPresent(_ -> run.stop(timedOut(run.claim())));
    }

    private static Outcome timedOut(Claim claim) {
        Optional<Duration> limit = limit(claim);
        if (limit.equals(claim.timeout())) {
            return new Outcome.Failed(Failure.inDoubt("timed out after " + limit.orElse(Duration.ZERO)));
        }
        boolean started = limit.filter(Duration::isPositive).isPresent();
        return new Outcome.Failed(new Failure("its deadline has passed", true, started));
    }

    /** {@return the time until the first attempt is out of time, but at most {@code atMost}} */
    Duration untilOutOfTime(Duration atMost) {
        Instant now = clock.instant();
        return running.values().stream()
                .flatMap(run -> run.end().stream())
                .map(end -> Duration.between(now, end))
                .filter(left -> left.compareTo(atMost) < 0)
                .min(Duration::compareTo)
                .orElse(atMost);
    }

    /** Records the attempts that did not stop as lost. */
    void abandon(String why) {
        running.values().forEach(run -> ended.add(new EndedAttempt(run.claim(), lost(run.claim(), why))));
        running.clear();
    }

    /** {@return the outcome of an interrupted attempt} */
    Outcome lost(Claim claim, String why) {
        return new Outcome.Lost(why, repeatability.of(claim));
    }
}
