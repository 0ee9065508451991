package interlock.applier;

import interlock.action.ActionTypes;
import interlock.api.Failure;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.PlanGraph.LeaseLost;
import interlock.model.Outcome;
import interlock.model.StackTraceOnly;
import interlock.model.Summarised;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies plans in a loop: claims ready actions, runs them and stores their outcomes.
 *
 * <p>One thread, the driver, calls {@link #step} and owns all fields except the {@link HeldLease} and the {@link
 * Signal}, which other threads raise when an attempt has ended or there is new work. Two more threads do what must not
 * wait for a transaction: {@link #watch} stops attempts that are out of time, {@link #renew} renews the lease.
 */
public final class Applier {
    private static final Logger log = LoggerFactory.getLogger(Applier.class);

    /** How long the driver waits for a signal before it checks for work by other processes. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How long the applier waits for stopped actions when it shuts down. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Limits limits;
    private final PlanGraph graph;
    private final InstantSource clock;
    private final Consumer<AdvanceSummary> observer;
    private final Consumer<String> idle;

    private volatile boolean stopping;
    private final Signal signal;
    private final RunningAttempts runs;
    private final Gathering gathering;
    private final ResultJudge judge;
    private final HeldLease lease;
    private final Standstill standstill;
    private final AdvanceSize size;

    private Optional<Duration> nextDue = Optional.empty();

    /**
     * The limits of an applier.
     *
     * @param maxConcurrentActions the number of actions that it runs at once
     * @param lease how long it may be silent before other appliers take back its actions
     * @param claimsAmongPlans the maximum number of claims in one advance while it runs actions of several plans, so
     *     that no plan waits long for the advances of others
     * @param portion the number of actions that one advance processes in plans that start, stop or are retried
     * @param mayClaim evaluated in each advance; while it is false, outcomes are stored but nothing is claimed
     */
    public record Limits(
            int maxConcurrentActions, Duration lease, int claimsAmongPlans, int portion, BooleanSupplier mayClaim) {
        private static final int CLAIMS_AMONG_PLANS = 32;

        /** Large enough to keep slots filled that are freed in each advance; small enough to keep advances short. */
        private static final int PORTION = 128;

        /** The default claims among plans and portion, which keep advances short. */
        public Limits(int maxConcurrentActions, Duration lease) {
            this(maxConcurrentActions, lease, CLAIMS_AMONG_PLANS, PORTION);
        }

        /** Always claims. */
        public Limits(int maxConcurrentActions, Duration lease, int claimsAmongPlans, int portion) {
            this(maxConcurrentActions, lease, claimsAmongPlans, portion, () -> true);
        }

        /** {@return the same limits for an applier that claims only while the condition is true} */
        public Limits claimingWhile(BooleanSupplier mayClaimNow) {
            return new Limits(maxConcurrentActions, lease, claimsAmongPlans, portion, mayClaimNow);
        }
    }

    /**
     * Creates an applier. It registers itself with the first {@link #step}.
     *
     * @param observer receives a summary of each advance
     * @param idle receives this applier's id whenever nothing is running and nothing is due; it may use the time
     */
    public Applier(
            Limits limits,
            PlanGraph graph,
            ActionTypes types,
            WorkerThreads workers,
            InstantSource clock,
            Consumer<AdvanceSummary> observer,
            Consumer<String> idle) {
        this(limits, graph, types, workers, clock, observer, idle, new Signal());
    }

    /** For tests with a signal of their own. */
    Applier(
            Limits limits,
            PlanGraph graph,
            ActionTypes types,
            WorkerThreads workers,
            InstantSource clock,
            Consumer<AdvanceSummary> observer,
            Consumer<String> idle,
            Signal signal) {
        this.limits = limits;
        this.graph = graph;
        this.signal = signal;
        this.lease = new HeldLease(limits.lease(), clock, graph::renew);
        this.standstill = new Standstill(limits.lease(), clock);
        this.runs = new RunningAttempts(types, workers, clock, signal, lease::isOver);
        this.gathering = new Gathering(runs, signal);
        this.judge = new ResultJudge(runs::lost, RandomGenerator.getDefault());
        this.size = new AdvanceSize(Math.max(limits.portion(), limits.maxConcurrentActions()));
        this.clock = clock;
        this.observer = observer;
        this.idle = idle;
    }

    /** Notifies the applier of new work, such as a started plan. Any thread may call it. */
    public void wake() {
        signal.raise();
    }

    /** Applies plans until {@link #stop} is called, then releases the actions that have not ended. */
    public void run() {
        boolean woken = true;
        while (!stopping) {
            step(woken);
            woken = await(untilNextLook());
        }
        giveBack();
    }

    /** Ends {@link #run}. Any thread may call it. */
    public void stop() {
        stopping = true;
        signal.raise();
    }

    /**
     * Stops the attempts that are out of time, and all attempts when the lease has expired, because other appliers may
     * have taken them. Never blocks. A thread that waits for no transaction calls it several times a second.
     */
    public void watch() {
        runs.stopWhatIsOutOfTime();
        if (lease.isOver()) {
            runs.stopAll(RunningAttempts.LEASE_OVER);
        }
    }

    /**
     * Renews the lease when it is due, unless the driver is stuck. May wait for the database. A thread of its own calls
     * it several times per lease.
     */
    public void renew() {
        try {
            lease.renewIfDue();
        } catch (LeaseLost _) {
            signal.raise(); // wakes the driver, whose next advance fails with the same error
        } catch (GraphUnavailable e) {
            log.debug("cannot renew the lease: {}", e.summary());
        }
    }

    /** {@return why this applier does not work, if its loop is stuck} Any thread may call it. */
    public Optional<String> complaint() {
        return lease.stuck()
                .map(since -> "the applier's loop has been stuck for %d s; its lease is %d s"
                        .formatted(since.toSeconds(), limits.lease().toSeconds()));
    }

    /** {@return why no advance succeeds, if that lasts longer than the lease} Any thread may call it. */
    public Optional<String> whyStandingStill() {
        return standstill.complaint();
    }

    private boolean await(Duration atMost) {
        try {
            boolean signalled = signal.await(atMost);
            return gathering.await() || signalled;
        } catch (InterruptedException _) {
            stopping = true;
            return true;
        }
    }

    /**
     * Takes outcomes from the inbox and advances if there is work. Errors are logged and the step is repeated later.
     */
    public void step(boolean woken) {
        try {
            watch();
            runs.takeInbox();
            if (!size.isPaused(clock.instant())) {
                look(woken);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            log.error("unexpected error in the applier's loop; it continues", StackTraceOnly.of(e));
        } finally {
            lease.wentRound();
        }
    }

    private void look(boolean woken) {
        int stored = Math.min(size.outcomes(), runs.ended().size());
        try {
            lease.renewIfDue();
            if (woken || stored > 0 || !runs.reports().isEmpty() || isNew() || hasWork()) {
                advance(runs.ended().subList(0, stored));
            } else if (runs.size() == 0 && nextDue.isEmpty()) {
                lease.holder().ifPresent(idle);
            }
            if (standstill.ended()) {
                log.info("advances succeed again");
            }
        } catch (LeaseLost e) {
            log.warn("{}; this applier stops them and rejoins under a new id", e.getMessage());
            leaseIsLost();
        } catch (GraphUnavailable e) {
            unreachable(e);
        } catch (RuntimeException e) {
            failed(e, stored);
        }
    }

    private boolean isNew() {
        return lease.holder().isEmpty();
    }

    private boolean hasWork() {
        return lease.holder().filter(graph::hasWork).isPresent();
    }

    private Duration untilNextLook() {
        Instant now = clock.instant();
        if (size.isPaused(now)) {
            return size.pause(now);
        }
        return runs.untilOutOfTime(
                nextDue.filter(due -> due.compareTo(POLL) < 0).orElse(POLL));
    }

    private void advance(List<EndedAttempt> ended) {
        Instant began = clock.instant();
        String me = join(began);
        List<ProgressReport> reports = runs.reports();
        boolean mayClaim = !lease.isOver() && limits.mayClaim().getAsBoolean();
        int free = mayClaim ? limits.maxConcurrentActions() - runs.size() : 0;
        int slots = runs.plans() > 1 ? Math.min(free, limits.claimsAmongPlans()) : free;
        int work = size.work(ended.size());
        AdvanceRequest request = new AdvanceRequest(
                me, ended, reports, runs.attempts(), Math.min(slots, work), Math.min(limits.portion(), work));
        AdvanceResult advanced = graph.advance(request, judge);
        size.succeeded();
        runs.forget(ended, reports);
        advanced.refused().forEach(Applier::warnOfRefusal);
        advanced.unknown().forEach(unknown -> runs.stop(unknown, "taken back by another applier"));
        advanced.aborts().forEach(runs::abort);
        runs.addEnded(advanced.unreadable());
        boolean started = start(advanced.claims());
        boolean mayBeMore = request.slots() < free && advanced.claims().size() == request.slots();
        nextDue = started && !mayBeMore && runs.ended().isEmpty() ? advanced.nextDue() : Optional.of(Duration.ZERO);
        observer.accept(new AdvanceSummary(
                Duration.between(began, clock.instant()),
                advanced.settled(),
                advanced.refused(),
                advanced.claims(),
                advanced.lost(),
                runs.size(),
                advanced.plans()));
    }

    /**
     * Starts the claimed actions, unless the lease has expired: other appliers may have taken them by now. If none has,
     * the next advance releases them.
     *
     * @return whether they were started
     */
    private boolean start(List<Claim> claims) {
        if (!claims.isEmpty() && lease.isOver()) {
            log.warn(
                    "{} claimed actions are not started: the response came after the lease of applier {} had expired",
                    claims.size(),
                    lease.holder().orElse("none"));
            return false;
        }
        claims.forEach(runs::start);
        return true;
    }

    private String join(Instant now) {
        return lease.holder().orElseGet(() -> {
            String me = graph.register();
            lease.taken(me, now);
            log.info("joined as applier {}", me);
            return me;
        });
    }

    /** Handles an advance that could not be stored. Smaller advances isolate the cause by bisection. */
    private void failed(RuntimeException e, int stored) {
        standstill.begun(Summarised.of(e));
        runs.forgetReports();
        if (size.failed(stored, clock.instant()) == AdvanceSize.Advice.BLAME_OUTCOME) {
            EndedAttempt unstorable = runs.ended().getFirst();
            Claim claim = unstorable.claim();
            log.error(
                    "the outcome {} of action {} of plan {} cannot be stored; the action fails: {}",
                    unstorable.outcome().kind(),
                    claim.action(),
                    claim.plan(),
                    Summarised.of(e));
            runs.replace(
                    unstorable,
                    new Outcome.Failed(
                            Failure.permanent("The outcome of the attempt cannot be stored: " + Summarised.of(e))));
        } else {
            log.error("an advance could not be stored; retrying with a smaller one: {}", Summarised.of(e));
            log.debug("the advance could not be stored", StackTraceOnly.of(e));
        }
    }

    /** Ended attempts are kept: their fencing tokens are still valid if no applier has taken the actions back. */
    private void leaseIsLost() {
        runs.stopAll("its applier lost its lease");
        lease.lost();
    }

    private void unreachable(GraphUnavailable e) {
        if (standstill.begun(e.summary())) {
            log.warn("cannot advance: {}. Retrying every second", e.getMessage());
        }
        nextDue = Optional.empty();
    }

    private static void warnOfRefusal(Settlement settlement) {
        Claim claim = settlement.claim();
        log.warn(
                "the outcome {} of action {} (attempt {}) came too late: the action had been taken back from applier {}",
                settlement.outcome().kind(),
                claim.action(),
                claim.fence().attempt(),
                claim.fence().applier());
    }

    /** Stops running attempts, stores outcomes, releases the other actions and leaves. */
    public void giveBack() {
        runs.stopAll("its applier was stopped");
        Instant end = clock.instant().plus(GRACE);
        while (runs.size() > 0 && clock.instant().isBefore(end)) {
            await(Duration.between(clock.instant(), end));
            runs.takeInbox();
        }
        leave();
    }

    private void leave() {
        runs.takeInbox();
        runs.abandon("its applier was stopped");
        lease.holder().ifPresent(this::leave);
    }

    private void leave(String me) {
        try {
            graph.advance(new AdvanceRequest(me, runs.ended(), List.of(), Set.of(), 0, limits.portion()), judge);
            graph.leave(me);
        } catch (RuntimeException e) {
            log.warn(
                    "cannot release the running actions: {}. Other appliers take them back when the lease expires",
                    Summarised.of(e));
        }
    }
}
