package interlock.neo4j.advance;

import interlock.applier.AdvanceRequest;
import interlock.applier.AdvanceResult;
import interlock.applier.Attempt;
import interlock.applier.Claim;
import interlock.applier.EndedAttempt;
import interlock.applier.PlanGraph;
import interlock.applier.ResultJudge;
import interlock.applier.RetryPermission;
import interlock.applier.Settlement;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One advance of the plans: one transaction, serialised with all changes of state. Its phases in order, each a class
 * and a folder of statements in {@code cypher/advance}:
 * <ol>
 * <li>{@link OpenPhase open}: find the work to do, store the progress of running attempts, detect lost appliers;
 * <li>{@link SettlePhase settle}: store the outcomes of attempts, against their fencing tokens;
 * <li>{@link FollowPhase follow}: alternative paths, failure policies, roll-backs; a retry is part of the outcome;
 * <li>{@link PlanChange change}: one portion of the changes of all actions of a plan;
 * <li>{@link ReadyPhase ready}: the only place where actions become ready;
 * <li>{@link ClaimPhase claim}: select and claim the next actions;
 * <li>{@link RecordPhase record}: counters, ends of plans, revisions.
 * </ol>
 *
 * <p>Over Bolt, statements are sent without waiting for the rows of earlier ones, as long as they do not depend on
 * them: in the common case, in which attempts have succeeded and other actions become ready, everything up to the
 * claims is one round trip.
 *
 * <p>Lives as long as its transaction. Used by the thread that runs it.
 */
public final class Advance {
    /** The delay before the next check for a graph of reverts that is being computed. */
    private static final Duration SOON = Duration.ofMillis(20);

    private final Transaction tx;
    private final Settings settings;
    private final AdvanceRequest request;
    private final ResultJudge judge;
    private final ChangeLog changes = new ChangeLog();

    /**
     * The settings that all advances share.
     *
     * @param host the applier's machine
     * @param slots the number of actions that the applier runs at once
     * @param grace how long an applier may still renew its lease after it has expired
     * @param reverts the graphs of reverts that are being stored
     */
    public record Settings(String host, int slots, Duration grace, RevertGraphs reverts) {}

    /** Creates an advance in a transaction that has run no statement yet, or only holds the gate. */
    public Advance(Transaction tx, Settings settings, AdvanceRequest request, ResultJudge judge) {
        this.tx = tx;
        this.settings = settings;
        this.request = request;
        this.judge = judge;
    }

    /** {@return the pending work of an applier} Read-only, without the gate. */
    public static Opening look(Transaction tx, String applier) {
        return Opening.of(OpenPhase.look(tx, applier, false).single());
    }

    /**
     * {@return the result of the advance}
     *
     * @param gateHeld called when the gate was acquired: from then on, delays are caused by this advance itself
     * @throws PlanGraph.LeaseLost when the applier is no longer a member
     */
    public AdvanceResult perform(Runnable gateHeld) {
        tx.takeGate();
        QueryResult looked = OpenPhase.look(tx, request.applier(), true);
        QueryResult reported = OpenPhase.report(tx, request.reports());
        List<Settlement> clear = clear();
        QueryResult stored = clear.isEmpty() ? null : SettlePhase.send(tx, clear);
        LookedUp lookedUp = lookUpCandidates(stored);
        Opening opening = Opening.of(looked.single());
        gateHeld.run();
        if (!opening.held()) {
            throw new PlanGraph.LeaseLost(request.applier());
        }
        return perform(opening, reported, clear, stored, lookedUp);
    }

    /** The settlements, if all outcomes can be judged without the state of their plans; empty otherwise. */
    private List<Settlement> clear() {
        return request.ended().stream().allMatch(EndedAttempt::isClear)
                ? request.ended().stream().map(this::judgeClear).toList()
                : List.of();
    }

    private Settlement judgeClear(EndedAttempt ended) {
        return judge.judge(ended, RetryPermission.RUNNING, () -> Instant.EPOCH);
    }

    /**
     * The candidates for claims, looked up before it is known whether other phases have work.
     *
     * @param made the result of making actions ready
     * @param candidates the rows
     */
    private record LookedUp(QueryResult made, QueryResult candidates) {}

    private @Nullable LookedUp lookUpCandidates(@Nullable QueryResult stored) {
        if (stored == null || request.slots() == 0) {
            return null;
        }
        QueryResult made = ReadyPhase.send(tx);
        return new LookedUp(made, ClaimPhase.lookUp(tx, request.slots(), request.ended()));
    }

    private AdvanceResult perform(
            Opening opening,
            @Nullable QueryResult reported,
            List<Settlement> clear,
            @Nullable QueryResult stored,
            @Nullable LookedUp lookedUp) {
        ChangeContext context = new ChangeContext(tx, opening.now(), changes);

        OpenPhase open = new OpenPhase(context, request.applier());
        open.take(reported);
        OpenPhase.Reconciled reconciled = open.reconcile(opening, request.running(), request.ended());
        List<Claim> lost = opening.lost() ? open.claimsOfTheLost(settings.grace()) : List.of();

        Deadlines deadlines = new Deadlines(context, request.portion());
        if (opening.overdue()) {
            deadlines.endPlans();
        }
        SettlePhase settle = new SettlePhase(context);
        if (stored != null) {
            settle.take(clear, stored);
        }
        List<EndedAttempt> rest = new ArrayList<>(stored == null ? request.ended() : List.of());
        reconciled.neverStarted().stream().map(judge::neverStarted).forEach(rest::add);
        lost.stream().map(judge::lost).forEach(rest::add);
        settle.settle(settle.judge(rest, judge));
        List<FailedAction> failed = new ArrayList<>(settle.failed());
        if (opening.expired()) {
            failed.addAll(deadlines.failActions());
        }

        RollBack rollBack = new RollBack(context, settings.reverts(), request.portion());
        FollowPhase follow = new FollowPhase(context, rollBack, request.portion());
        follow.failures(failed);
        PlanChange change = new PlanChange(context);
        boolean more = deadlines.hasMore();
        if (opening.changing() || opening.overdue() || !failed.isEmpty()) {
            more |= change.advance(Optional.empty(), request.portion());
        }
        boolean rolledBack = follow.rollBacks(opening.rollingBack());
        more |= rollBack.hasMore();

        ReadyPhase ready = new ReadyPhase(context);
        boolean retried = !settle.retries().isEmpty();
        boolean undecided = opening.undecided() || (lookedUp != null && ReadyPhase.undecided(lookedUp.made()));
        boolean touched = undecided
                || lookedUp == null
                || !rest.isEmpty()
                || opening.changing()
                || opening.due()
                || opening.expired()
                || opening.overdue()
                || retried
                || rolledBack;
        if (opening.beginning()) {
            ready.beginPlans(settings.host());
        }
        if (opening.beginning() || rolledBack) {
            more |= change.advance(Optional.empty(), request.portion());
            touched = true;
        }
        if (opening.due() || retried) {
            ready.openDue();
        }
        if (opening.holding() || follow.holding() || settle.pathsMayOpen()) {
            more |= ready.openPaths(rollBack);
            touched = true;
        }
        if (touched) {
            more |= ready.decide(ReadyPhase.send(tx), undecided, ReadyPhase.MOST_ROUNDS);
        }

        ClaimPhase claim = new ClaimPhase(context, request.applier(), opening.contended(), request.ended());
        claim.claim(
                deadlines.hasMore() ? 0 : request.slots(), touched || lookedUp == null ? null : lookedUp.candidates());
        more |= claim.stoppedEarly();

        Map<Attempt, String> aborts =
                opening.aborting() || opening.overdue() || follow.aborting() ? open.aborts() : Map.of();
        more |= new RecordPhase(context).record();
        return new AdvanceResult(
                settle.stored(),
                settle.refused(),
                claim.claims(),
                claim.unreadable(),
                lost.size(),
                reconciled.unknown(),
                aborts,
                more ? Optional.of(Duration.ZERO) : nextDue(opening, settle, rollBack.isAwaiting(), !lost.isEmpty()),
                changes.plans());
    }

    private Optional<Duration> nextDue(Opening opening, SettlePhase settle, boolean awaiting, boolean tookBack) {
        if (awaiting) {
            return Optional.of(SOON);
        }
        Instant now = opening.now().toInstant();
        List<Instant> due = new ArrayList<>(settle.retries());
        opening.nextDue().ifPresent(due::add);
        if (opening.lost() && !tookBack) {
            due.add(now.plus(settings.grace()));
        }
        return due.stream()
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo)
                .map(at -> Duration.between(now, at));
    }
}
