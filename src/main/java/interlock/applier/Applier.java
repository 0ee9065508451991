package interlock.applier;

import interlock.action.ActionTypes;
import interlock.applier.PlanGraph.Committed;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.PlanGraph.LeaseLost;
import interlock.applier.RunningAttempts.Ended;
import interlock.model.Outcome;
import interlock.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies plans: claims ready actions, runs them, stores what came out, over and over.
 *
 * <p>One thread, the driver, calls {@link #step} and owns everything here but the {@link Signal}, which others raise
 * when an attempt has ended or there is something new to do.
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

    /** How many ready actions are looked at, at the least, when there is a free slot. */
    private static final int SMALLEST_WINDOW = 16;

    private final Limits limits;
    private final PlanGraph graph;
    private final InstantSource clock;
    private final Consumer<Advance> observer;
    private final Consumer<String> idle;
    private final RandomGenerator chance = RandomGenerator.getDefault();

    private volatile boolean stopping;
    private final Signal signal;
    private final RunningAttempts runs;

    private @Nullable String id;
    private Instant renewedAt = Instant.MIN;
    private Optional<Duration> nextDue = Optional.empty();
    private boolean reachable = true;

    /**
     * What an applier may do.
     *
     * @param maxConcurrentActions how many actions it runs at once
     * @param lease how long it may be silent before others take its actions back
     * @param claimsAmongPlans how many it claims in one advance while it runs actions of several plans, so that none of them
     *     waits long for what the others have stored
     * @param mayClaim asked in each advance; as long as it says no, outcomes are stored and nothing is claimed
     */
    public record Limits(int maxConcurrentActions, Duration lease, int claimsAmongPlans, BooleanSupplier mayClaim) {
        private static final int CLAIMS_AMONG_PLANS = 32;

        /** It may always claim. */
        public Limits(int maxConcurrentActions, Duration lease, int claimsAmongPlans) {
            this(maxConcurrentActions, lease, claimsAmongPlans, () -> true);
        }

        /** As many claims among plans as keep an advance about as short as it can be. */
        public Limits(int maxConcurrentActions, Duration lease) {
            this(maxConcurrentActions, lease, CLAIMS_AMONG_PLANS);
        }

        /** {@return the same limits for an applier that claims only while it may} */
        public Limits claimingWhile(BooleanSupplier mayClaimNow) {
            return new Limits(maxConcurrentActions, lease, claimsAmongPlans, mayClaimNow);
        }
    }

    private record Stored(
            List<Settlement> settled,
            List<Settlement> refused,
            List<Claim> claims,
            int lost,
            Set<Attempt> ghosts,
            Map<Attempt, String> aborts,
            Optional<Duration> nextDue) {}

    /**
     * What the graph and this applier do not agree on.
     *
     * @param ghosts what this applier runs, and the graph does not know
     * @param neverStarted what the graph says that this applier runs, and it does not
     */
    private record Reconciled(Set<Attempt> ghosts, List<Settlement> neverStarted) {}

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
            Workers workers,
            InstantSource clock,
            Consumer<Advance> observer,
            Consumer<String> idle) {
        this(limits, graph, types, workers, clock, observer, idle, new Signal());
    }

    /** Waits for a signal that is given. */
    Applier(
            Limits limits,
            PlanGraph graph,
            ActionTypes types,
            Workers workers,
            InstantSource clock,
            Consumer<Advance> observer,
            Consumer<String> idle,
            Signal signal) {
        this.limits = limits;
        this.graph = graph;
        this.signal = signal;
        this.runs = new RunningAttempts(types, workers, clock, signal);
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

    /** Takes in what ended and, if there is anything to do, advances. An unreachable database is tried again later. */
    public void step(boolean woken) {
        runs.stopWhatIsOutOfTime();
        runs.takeInbox();
        try {
            if (woken || !runs.ended().isEmpty() || !runs.reports().isEmpty() || renewalIsDue() || hasWork()) {
                advance();
            } else if (runs.size() == 0 && nextDue.isEmpty()) {
                tellIdle();
            }
            if (!reachable) {
                log.info("advancing again");
            }
            reachable = true;
        } catch (LeaseLost e) {
            log.warn("{}; this applier stops them and comes back under a new id", e.getMessage());
            leaseIsLost();
        } catch (GraphUnavailable e) {
            unreachable(e);
        } catch (RuntimeException e) {
            log.error("an advance went wrong; nothing of it was stored, and it is tried again", e);
        }
    }

    private boolean hasWork() {
        String me = id;
        return me != null && graph.hasWork(me);
    }

    private void tellIdle() {
        String me = id;
        if (me != null) {
            idle.accept(me);
        }
    }

    private Duration untilNextLook() {
        return runs.untilOutOfTime(
                nextDue.filter(due -> due.compareTo(POLL) < 0).orElse(POLL));
    }

    private boolean renewalIsDue() {
        return id == null
                || clock.instant().isAfter(renewedAt.plus(limits.lease().dividedBy(3)));
    }

    private void advance() {
        Instant began = clock.instant();
        String me = join(began);
        List<Ended> ended = runs.ended();
        Committed<Stored> committed = graph.advance(me, turn -> advance(turn, me, ended, runs.reports()));
        renewedAt = began;
        runs.forget();
        Stored stored = committed.result();
        nextDue = stored.nextDue();
        stored.refused().forEach(Applier::warnOfRefusal);
        stored.ghosts().forEach(ghost -> runs.stop(ghost, "taken back by another applier"));
        stored.aborts().forEach(runs::abort);
        stored.claims().forEach(runs::start);
        observer.accept(new Advance(
                Duration.between(began, clock.instant()),
                stored.settled(),
                stored.refused(),
                stored.claims(),
                stored.lost(),
                runs.size(),
                committed.plans()));
    }

    private String join(Instant now) {
        String me = id;
        if (me == null) {
            me = graph.register();
            id = me;
            renewedAt = now;
            log.info("joined as applier {}", me);
        }
        return me;
    }

    /** Changes nothing here: it may be run again before it is committed. */
    private Stored advance(Turn turn, String me, List<Ended> ended, List<ProgressReport> reports) {
        boolean mayClaim = limits.mayClaim().getAsBoolean();
        int free = mayClaim ? limits.maxConcurrentActions() - runs.size() : 0;
        int slots = runs.plans() > 1 ? Math.min(free, limits.claimsAmongPlans()) : free;
        turn.expect(window(slots));
        turn.report(reports);
        List<Settlement> settlements = new ArrayList<>(judge(turn, ended));
        List<Settlement> refused = new ArrayList<>();
        Set<Attempt> ghosts = settle(turn, me, settlements, refused);
        List<Settlement> lost = judge(turn, endedByLoss(turn.claimsOfTheLost()));
        refused.addAll(turn.settle(lost));
        turn.open();
        claim(turn, slots);
        settlements.addAll(lost);
        settlements.removeAll(refused);
        Map<Attempt, String> aborts = turn.aborts();
        List<Claim> claims = turn.claimed();
        boolean more = slots < free && claims.size() == slots;
        Optional<Duration> due = more ? Optional.of(Duration.ZERO) : turn.nextDue();
        if (!mayClaim) {
            due = Optional.of(POLL); // what is due cannot be claimed
        }
        return new Stored(settlements, refused, claims, lost.size(), ghosts, aborts, due);
    }

    /**
     * Stores how attempts ended, and gives back what was never started, of which there is hardly ever any. Where nothing follows
     * from the one that the other could meet, it is not waited for what there is of the other.
     *
     * @return what is to be stopped
     */
    private Set<Attempt> settle(Turn turn, String me, List<Settlement> settlements, List<Settlement> refused) {
        boolean complete = settlements.stream().allMatch(Settlement::completes);
        if (complete) {
            refused.addAll(turn.settle(settlements));
        }
        Reconciled reconciled = reconcile(turn, me, settlements);
        List<Settlement> left = new ArrayList<>(complete ? List.of() : settlements);
        left.addAll(reconciled.neverStarted());
        refused.addAll(turn.settle(left));
        settlements.addAll(reconciled.neverStarted());
        return reconciled.ghosts();
    }

    private List<Ended> endedByLoss(List<Claim> claims) {
        return claims.stream()
                .map(claim -> new Ended(
                        claim,
                        runs.lost(
                                claim,
                                "its applier %s was lost"
                                        .formatted(claim.fence().applier()))))
                .toList();
    }

    private List<Settlement> judge(Turn turn, List<Ended> ended) {
        Map<UUID, Standing> standings = turn.standings(ended.stream()
                .filter(end -> end.outcome() instanceof Outcome.Failed || end.outcome() instanceof Outcome.Lost)
                .map(Ended::claim)
                .toList());
        return ended.stream()
                .map(end -> new Settlement(end.claim(), end.outcome(), verdict(turn, end, standings)))
                .toList();
    }

    private Verdict verdict(Turn turn, Ended ended, Map<UUID, Standing> standings) {
        Standing standing = standings.getOrDefault(ended.claim().action(), Standing.RUNNING);
        return FailurePolicy.decide(ended.claim(), ended.outcome(), standing, turn::now, chance.nextDouble());
    }

    /**
     * Compares what the graph says this applier runs with what it does run. They differ when the answer to a commit was
     * lost: then what the graph alone knows was never started, and is given back; what this applier alone knows is
     * returned, to be stopped.
     */
    private Reconciled reconcile(Turn turn, String me, List<Settlement> settlements) {
        Set<Attempt> mine = new HashSet<>(runs.attempts());
        settlements.forEach(settlement -> mine.add(Attempt.of(settlement.claim())));
        mine.removeIf(attempt -> !attempt.fence().applier().equals(me));
        if (turn.running() == mine.size()) {
            return new Reconciled(Set.of(), List.of());
        }
        List<Ended> neverStarted = new ArrayList<>();
        for (Claim claim : turn.ownClaims()) {
            if (!mine.remove(Attempt.of(claim))) {
                neverStarted.add(new Ended(
                        claim, new Outcome.Lost("claimed, but not started: the database's answer was lost", true)));
            }
        }
        settlements.forEach(settlement -> mine.remove(Attempt.of(settlement.claim())));
        return new Reconciled(mine, judge(turn, neverStarted));
    }

    private static int window(int free) {
        return Math.max(free, SMALLEST_WINDOW);
    }

    private static void claim(Turn turn, int slots) {
        int free = slots;
        boolean more = free > 0;
        while (more) {
            boolean unparked = turn.unpark();
            int window = window(free);
            List<Candidate> candidates = turn.candidates(window);
            Picker.Picks picks = Picker.pick(candidates, free);
            turn.claim(picks);
            free -= picks.chosen().size();
            more = free > 0 && (unparked || candidates.size() == window);
        }
    }

    /** What ended stays in store: its fence still holds if nobody took the action back. */
    private void leaseIsLost() {
        runs.stopAll("its applier lost its lease");
        id = null;
    }

    private void unreachable(GraphUnavailable e) {
        if (reachable) {
            log.warn("cannot advance: {}. It is tried again every second", e.getMessage());
        }
        reachable = false;
        if (id != null && clock.instant().isAfter(renewedAt.plus(limits.lease()))) {
            log.warn("the lease of applier {} has run out: {} running actions are stopped", id, runs.size());
            leaseIsLost();
        }
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
        String me = id;
        if (me == null) {
            return;
        }
        try {
            List<Ended> ended = runs.ended();
            graph.advance(me, turn -> {
                settle(turn, me, new ArrayList<>(judge(turn, ended)), new ArrayList<>());
                return turn.claimed();
            });
            graph.leave(me);
        } catch (LeaseLost | GraphUnavailable e) {
            log.warn(
                    "cannot give back what was running: {}. Others take it when the lease has run out", e.getMessage());
        }
    }
}
