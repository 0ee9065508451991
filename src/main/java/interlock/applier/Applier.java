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
 * Applies plans: claims ready actions, runs them, stores what came out, over and over.
 *
 * <p>One thread, the driver, calls {@link #step} and owns everything here but the {@link Signal}, which others raise
 * when an attempt has ended or there is something new to do, and the {@link HeldLease}. Two more threads look after what may not
 * wait for the database: {@link #watch} stops what is out of time, {@link #renew} renews the lease.
 */
public final class Applier {
    private static final Logger log = LoggerFactory.getLogger(Applier.class);

    /** How long the driver waits for a signal before it looks for what other processes did. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Attempts that began together often end together: for so long the driver waits for the next one, as long as others run. */
    private static final Duration GAP = Duration.ofNanos(200_000);

    /** How many times it waits at the most, so that those that have ended do not wait for a few that follow slowly. */
    private static final int MOST_GAPS = 5;

    /** How long actions that were asked to stop are waited for when the applier itself stops. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Limits limits;
    private final PlanGraph graph;
    private final InstantSource clock;
    private final Consumer<AdvanceSummary> observer;
    private final Consumer<String> idle;

    private volatile boolean stopping;
    private final Signal signal;
    private final RunningAttempts runs;
    private final ResultJudge judge;
    private final HeldLease lease;
    private final Standstill standstill;
    private final AdvanceSize size;

    private Optional<Duration> nextDue = Optional.empty();

    /**
     * What an applier may do.
     *
     * @param maxConcurrentActions how many actions it runs at once
     * @param lease how long it may be silent before others take its actions back
     * @param claimsAmongPlans how many it claims in one advance while it runs actions of several plans, so that none of them
     *     waits long for what the others have stored
     * @param portion how many actions of plans that begin, stop or start again it looks at in one advance
     * @param mayClaim asked in each advance; as long as it says no, outcomes are stored and nothing is claimed
     */
    public record Limits(
            int maxConcurrentActions, Duration lease, int claimsAmongPlans, int portion, BooleanSupplier mayClaim) {
        private static final int CLAIMS_AMONG_PLANS = 32;

        /** As many as keep slots filled that empty and fill with each advance; so few that nobody waits long meanwhile. */
        private static final int PORTION = 128;

        /** As many claims among plans, and as large portions, as keep an advance about as short as it can be. */
        public Limits(int maxConcurrentActions, Duration lease) {
            this(maxConcurrentActions, lease, CLAIMS_AMONG_PLANS, PORTION);
        }

        /** It may always claim. */
        public Limits(int maxConcurrentActions, Duration lease, int claimsAmongPlans, int portion) {
            this(maxConcurrentActions, lease, claimsAmongPlans, portion, () -> true);
        }

        /** {@return the same limits for an applier that claims only while it may} */
        public Limits claimingWhile(BooleanSupplier mayClaimNow) {
            return new Limits(maxConcurrentActions, lease, claimsAmongPlans, portion, mayClaimNow);
        }
    }

    /**
     * Takes what it works with. It joins the others with the first {@link #step}.
     *
     * @param observer is told of each advance
     * @param idle is told this applier's id whenever there is nothing to do, nothing that it runs and nothing that is due: it may
     *     use the time
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

    /** Waits for a signal that is given. */
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
        this.judge = new ResultJudge(runs::lost, RandomGenerator.getDefault());
        this.size = new AdvanceSize(Math.max(limits.portion(), limits.maxConcurrentActions()));
        this.clock = clock;
        this.observer = observer;
        this.idle = idle;
    }

    /** Says that there is something to do: a plan was started, for one. May be called by any thread. */
    public void wake() {
        signal.raise();
    }

    /** Applies plans until somebody says {@link #stop}, then gives back what has not ended. */
    public void run() {
        boolean woken = true;
        while (!stopping) {
            step(woken);
            woken = await(untilNextLook());
        }
        giveBack();
    }

    /** Says that {@link #run} is to come to its end. May be called by any thread. */
    public void stop() {
        stopping = true;
        signal.raise();
    }

    /**
     * Stops the attempts whose time is over, and all of them when the lease is: for others may have taken them. Waits for nothing. To
     * be called several times a second, by a thread that waits for no transaction.
     */
    public void watch() {
        runs.stopWhatIsOutOfTime();
        if (lease.isOver()) {
            runs.stopAll(RunningAttempts.LEASE_OVER);
        }
    }

    /**
     * Renews the lease if it is time, as long as the driver is not stuck. May wait for the database. To be called several times in a
     * lease, by a thread of its own.
     */
    public void renew() {
        try {
            lease.renewIfDue();
        } catch (LeaseLost _) {
            signal.raise(); // the driver finds it out, too
        } catch (GraphUnavailable e) {
            log.debug("cannot renew the lease: {}", e.summary());
        }
    }

    /** {@return why this applier does not work, if it does not} May be called by any thread. */
    public Optional<String> complaint() {
        return lease.stuck()
                .map(since -> "the applier has not come round for %d s; its lease is %d s"
                        .formatted(since.toSeconds(), limits.lease().toSeconds()));
    }

    /** {@return why this applier gets nothing done although it goes round, if that lasts longer than its lease} By any thread. */
    public Optional<String> whyStandingStill() {
        return standstill.complaint();
    }

    private boolean await(Duration atMost) {
        try {
            boolean signalled = signal.await(atMost);
            return gather() || signalled;
        } catch (InterruptedException _) {
            stopping = true;
            return true;
        }
    }

    /** {@return whether there was a signal} One advance that stores many outcomes takes much less than many that store one. */
    private boolean gather() throws InterruptedException {
        boolean signalled = false;
        boolean more = true;
        for (int gaps = 0; more && gaps < MOST_GAPS; gaps++) {
            runs.takeInbox();
            more = runs.size() > 0 && signal.await(GAP);
            signalled |= more;
        }
        return signalled;
    }

    /** Takes in what ended and, if there is anything to do, advances. What does not succeed is tried again later. */
    public void step(boolean woken) {
        try {
            watch();
            runs.takeInbox();
            if (!size.isPaused(clock.instant())) {
                look(woken);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            log.error("the applier stumbled; it goes on", StackTraceOnly.of(e));
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
                log.info("advancing again");
            }
        } catch (LeaseLost e) {
            log.warn("{}; this applier stops them and comes back under a new id", e.getMessage());
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
     * Starts what was claimed. What has come too late is not: others may have taken it by now, or will; if not, the next advance gives
     * it back.
     *
     * @return whether they were
     */
    private boolean start(List<Claim> claims) {
        if (!claims.isEmpty() && lease.isOver()) {
            log.warn(
                    "{} claimed actions are not started: the answer came after the lease of applier {} had ended",
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

    /** An advance could not be stored. One that takes on less may be: what is to blame is found out by halves. */
    private void failed(RuntimeException e, int stored) {
        standstill.begun(Summarised.of(e));
        runs.forgetReports();
        if (size.failed(stored, clock.instant()) == AdvanceSize.Advice.BLAME_OUTCOME) {
            EndedAttempt unstorable = runs.ended().getFirst();
            Claim claim = unstorable.claim();
            log.error(
                    "the outcome {} of action {} of plan {} cannot be stored; the action fails: {}",
                    unstorable.outcome().word(),
                    claim.action(),
                    claim.plan(),
                    Summarised.of(e));
            runs.replace(
                    unstorable,
                    new Outcome.Failed(
                            Failure.permanent("How the attempt ended cannot be stored: " + Summarised.of(e))));
        } else {
            log.error("an advance could not be stored, and less is tried: {}", Summarised.of(e));
            log.debug("it could not be stored", StackTraceOnly.of(e));
        }
    }

    /** What ended stays in store: its fence still holds if nobody took the action back. */
    private void leaseIsLost() {
        runs.stopAll("its applier lost its lease");
        lease.lost();
    }

    private void unreachable(GraphUnavailable e) {
        if (standstill.begun(e.summary())) {
            log.warn("cannot advance: {}. It is tried again every second", e.getMessage());
        }
        nextDue = Optional.empty();
    }

    private static void warnOfRefusal(Settlement settlement) {
        Claim claim = settlement.claim();
        log.warn(
                "the outcome {} of action {} (attempt {}) came too late: it has been taken from applier {}",
                settlement.outcome().word(),
                claim.action(),
                claim.fence().attempt(),
                claim.fence().applier());
    }

    /** Stops what runs, stores what ended, gives back the rest, and leaves. */
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
                    "cannot give back what was running: {}. Others take it when the lease has run out",
                    Summarised.of(e));
        }
    }
}
