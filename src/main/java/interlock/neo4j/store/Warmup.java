package interlock.neo4j.store;

import interlock.api.AlternativePath;
import interlock.api.Failure;
import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.RetryPolicy;
import interlock.applier.AdvanceRequest;
import interlock.applier.AdvanceResult;
import interlock.applier.Claim;
import interlock.applier.EndedAttempt;
import interlock.applier.PlanGraph.TransactionTimedOut;
import interlock.applier.ResultJudge;
import interlock.model.ActionGraph;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.Outcome;
import interlock.model.PlanCapacities;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Stores and applies small plans in transactions that are rolled back. The first execution of a statement in a database
 * takes a hundred times as long as later ones: after a warm-up, the first real plan is as fast as the others. The
 * plans' sizes differ by orders of magnitude, because Neo4j plans a statement again when its lists grow beyond a power
 * of ten; the last plans are for the virtual machine's compiler.
 *
 * <p>A warm-up holds the gate. Therefore it is interrupted when another writer of this process waits, or when it
 * exceeds the transaction time-out, and it is repeated later: it gets further each time, because the earlier statements
 * are planned by then. With other appliers on the database there is no warm-up: it would delay them, and their
 * statements are already planned.
 */
final class Warmup {
    private static final Cypher OTHERS = Cypher.of("applier/others");

    private static final int SLOTS = 64;

    /** After this number of time-outs the machine is too slow for a warm-up. */
    private static final int MOST_TIMED_OUT = 5;

    /** The advances: good; replaced; bad; its revert; bad in path; two reverts; their end. */
    private static final int FAILING_ADVANCES = 9;

    private static final String APPLIER = "warm-up";
    private static final ResourceKey PAIR = new ResourceKey(APPLIER, "pair");
    private static final ResourceUse LOCK = new ResourceUse(new ResourceKey(APPLIER, "lock"), 1);

    /** Retries are due at once. */
    private static final RetryPolicy TWICE = new RetryPolicy(2, Duration.ZERO, 1, Duration.ZERO, 0);

    private final Transactions graph;
    private final Neo4jPlanGraph plans;
    private final BooleanSupplier wanted;
    private final ResultJudge judge =
            new ResultJudge((_, why) -> new Outcome.Lost(why, true), RandomGenerator.getDefault());
    private int timedOut;
    private final Deque<Consumer<Transaction>> left =
            new ArrayDeque<>(List.of(of(1), of(8), of(SLOTS), this::fail, this::reserve, of(SLOTS), of(SLOTS)));

    /** Ends the transaction of a warm-up and rolls it back. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Whether the part was completed. */
        private final boolean complete;

        Over(boolean complete) {
            this.complete = complete;
        }
    }

    /**
     * Creates a warm-up.
     *
     * @param wanted whether another writer waits
     */
    Warmup(Transactions graph, Neo4jPlanGraph plans, BooleanSupplier wanted) {
        this.graph = graph;
        this.plans = plans;
        this.wanted = wanted;
    }

    /** Runs the next part, if one is left and there are no other appliers. */
    void next(String applier) {
        if (left.isEmpty()) {
            return;
        }
        if (hasOthers(applier)) {
            left.clear();
            return;
        }
        try {
            graph.write(tx -> {
                Transaction interrupted = tx.before(this::makeWay);
                plans.register(interrupted, APPLIER);
                left.getFirst().accept(interrupted);
                throw new Over(true);
            });
        } catch (Over over) {
            if (over.complete) {
                left.removeFirst();
            }
        } catch (TransactionTimedOut _) {
            timedOut++;
            if (timedOut == MOST_TIMED_OUT) {
                left.clear();
            }
        }
    }

    private boolean hasOthers(String applier) {
        return graph.read(tx -> tx.run(OTHERS, Map.of("applier", applier))
                .single()
                .get("others")
                .asBoolean());
    }

    /** {@return the number of remaining parts} */
    int left() {
        return left.size();
    }

    private void makeWay() {
        if (wanted.getAsBoolean()) {
            throw new Over(false);
        }
    }

    private Consumer<Transaction> of(int size) {
        return tx -> perform(tx, size);
    }

    /** Of three actions one succeeds, one fails, and one is retried. */
    private void perform(Transaction tx, int size) {
        PlanStore.storeAndStart(tx, plan(size));
        List<Claim> claims = advance(tx, List.of());
        advance(tx, ended(claims, claim -> switch (Math.floorMod(claim.action().hashCode(), 3)) {
            case 0 -> Outcome.succeeded();
            case 1 -> new Outcome.Failed(Failure.permanent(APPLIER));
            default -> new Outcome.Failed(Failure.retryable(APPLIER));
        }));
    }

    /**
     * All actions fail except the first of each kind: a path is activated, succeeded actions are reverted, and the plan
     * is rolled back.
     */
    private void fail(Transaction tx) {
        PlanStore.storeAndStart(tx, failing());
        List<Claim> claims = List.of();
        for (int i = 0; i < FAILING_ADVANCES; i++) {
            claims = advance(
                    tx,
                    ended(
                            claims,
                            claim -> claim.id().startsWith("bad")
                                    ? new Outcome.Failed(Failure.permanent(APPLIER))
                                    : Outcome.succeeded()));
        }
    }

    /** The second action does not fit beside the first, and reserves what is free. */
    private void reserve(Transaction tx) {
        PlanStore.storeAndStart(tx, reserving());
        List<Claim> claims = advance(tx, List.of());
        advance(tx, ended(claims, _ -> Outcome.succeeded()));
    }

    private static NewPlan reserving() {
        PlannedAction first = action("first", Set.of(), List.of(new ResourceUse(PAIR, 1)));
        ActionGraph graph = new ActionGraph(List.of(
                first.withEstimate(Duration.ofMinutes(1)),
                action("large", Set.of(), List.of(new ResourceUse(PAIR, 2)))));
        return new NewPlan(
                APPLIER,
                "explicit",
                OnFailure.CONTINUE,
                graph,
                List.of(),
                PlanCapacities.of(Map.of(PAIR, 2)),
                NewPlan.Origin.UNKNOWN);
    }

    private List<Claim> advance(Transaction tx, List<EndedAttempt> ended) {
        AdvanceResult advanced =
                plans.advance(tx, new AdvanceRequest(APPLIER, ended, List.of(), Set.of(), SLOTS, SLOTS), judge);
        return advanced.claims();
    }

    private static List<EndedAttempt> ended(List<Claim> claims, Function<Claim, Outcome> outcome) {
        return claims.stream()
                .map(claim -> new EndedAttempt(claim, outcome.apply(claim)))
                .toList();
    }

    private static NewPlan failing() {
        ActionGraph graph = new ActionGraph(List.of(
                action("good", Set.of(), List.of()),
                action("replaced", Set.of("good"), List.of()),
                action("bad", Set.of("replaced"), List.of()),
                action("after", Set.of("bad"), List.of())));
        List<PlannedAction> path =
                List.of(action("bad in path", Set.of(), List.of()), action("rest", Set.of("bad in path"), List.of()));
        AlternativePath alternative = new AlternativePath(APPLIER, Set.of("replaced", "bad"), path, true, true);
        return new NewPlan(
                APPLIER,
                "explicit",
                OnFailure.ROLLBACK,
                graph,
                List.of(alternative),
                PlanCapacities.NONE,
                NewPlan.Origin.UNKNOWN);
    }

    /** A plan of {@code size} actions that are ready at once, half of which need the same resource, and one child. */
    private static NewPlan plan(int size) {
        List<PlannedAction> actions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            actions.add(action("a" + i, Set.of(), i % 2 == 0 ? List.of(LOCK) : List.of()));
        }
        actions.add(action("child", Set.of("a0"), List.of()));
        return new NewPlan(
                APPLIER,
                "explicit",
                OnFailure.CONTINUE,
                new ActionGraph(actions),
                List.of(),
                PlanCapacities.NONE,
                NewPlan.Origin.UNKNOWN);
    }

    private static PlannedAction action(String id, Set<String> parents, List<ResourceUse> uses) {
        return new PlannedAction(
                id, "nop", Map.of(), parents, uses, Optional.empty(), Optional.empty(), Optional.empty(), TWICE);
    }
}
