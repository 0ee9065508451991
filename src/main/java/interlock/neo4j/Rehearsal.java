package interlock.neo4j;

import interlock.applier.Candidate;
import interlock.applier.Claim;
import interlock.applier.Picker;
import interlock.applier.Settlement;
import interlock.model.ActionGraph;
import interlock.model.ActionState;
import interlock.model.AlternativePath;
import interlock.model.Failure;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.Outcome;
import interlock.model.PlannedAction;
import interlock.model.ResourceKey;
import interlock.model.ResourceUse;
import interlock.model.RetryPolicy;
import interlock.model.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Stores and applies small plans in transactions that are rolled back. A statement that a database sees for the first
 * time takes it a hundred times as long as the next: after a rehearsal, the first real plan is as quick as the others.
 * The sizes differ by orders of magnitude, because Neo4j plans a statement anew when its lists have become longer by one;
 * the last ones are for the compiler of the virtual machine.
 *
 * <p>Others who want to write wait for the gate meanwhile. So a rehearsal is broken off when somebody in this process does, and
 * held anew the next time, when it gets further, because the statements so far are known by then. Beside other appliers none is
 * held: they would wait, and the database knows the statements from them.
 */
final class Rehearsal {
    private static final Cypher OTHERS = Cypher.of("applier/others");

    private static final int SLOTS = 64;

    /** Good; replaced; bad; its revert; bad in path; two reverts; their end. */
    private static final int FAILING_ADVANCES = 9;

    private static final String APPLIER = "rehearsal";
    private static final ResourceUse LOCK = new ResourceUse(new ResourceKey(APPLIER, "lock"), 1);

    private final Transactions graph;
    private final Neo4jPlanGraph plans;
    private final BooleanSupplier wanted;
    private final Deque<Consumer<Transaction>> left =
            new ArrayDeque<>(List.of(of(1), of(8), of(SLOTS), this::fail, of(SLOTS), of(SLOTS)));

    /** The rehearsal is over, and nothing of it is to stay. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Whether it was held to its end. */
        private final boolean complete;

        Over(boolean complete) {
            this.complete = complete;
        }
    }

    /**
     * Takes what it works with.
     *
     * @param wanted whether somebody else waits to write
     */
    Rehearsal(Transactions graph, Neo4jPlanGraph plans, BooleanSupplier wanted) {
        this.graph = graph;
        this.plans = plans;
        this.wanted = wanted;
    }

    /** Holds the next rehearsal, if one is left, for an applier that is the only one. */
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
                plans.register(tx, APPLIER);
                left.getFirst().accept(tx);
                throw new Over(true);
            });
        } catch (Over over) {
            if (over.complete) {
                left.removeFirst();
            }
        }
    }

    private boolean hasOthers(String applier) {
        return graph.read(tx -> tx.run(OTHERS, Map.of("applier", applier))
                .single()
                .get("others")
                .asBoolean());
    }

    /** {@return how many are still to be held} */
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

    private void perform(Transaction tx, int size) {
        PlanStore.storeAndStart(tx, plan(size));
        makeWay();
        List<Claim> claims = advance(plans.turn(tx, APPLIER), List.of());
        Neo4jTurn turn = plans.turn(tx, APPLIER);
        advance(turn, claims.stream().map(claim -> settlement(claim, turn)).toList());
    }

    /** All but the first action of each kind fail: a path is activated, what has succeeded is reverted, rolled back. */
    private void fail(Transaction tx) {
        PlanStore.storeAndStart(tx, failing());
        makeWay();
        List<Claim> claims = List.of();
        for (int i = 0; i < FAILING_ADVANCES; i++) {
            Neo4jTurn turn = plans.turn(tx, APPLIER);
            turn.standings(claims);
            List<Settlement> ended = claims.stream().map(Rehearsal::goodOrBad).toList();
            claims = advance(turn, ended);
        }
    }

    private static Settlement goodOrBad(Claim claim) {
        return claim.id().startsWith("bad")
                ? new Settlement(
                        claim,
                        new Outcome.Failed(Failure.permanent(APPLIER)),
                        new Verdict.End(ActionState.FAILED, APPLIER))
                : new Settlement(claim, Outcome.succeeded(), new Verdict.End(ActionState.SUCCEEDED, ""));
    }

    private static NewPlan failing() {
        ActionGraph graph = new ActionGraph(List.of(
                action("good", Set.of(), List.of()),
                action("replaced", Set.of("good"), List.of()),
                action("bad", Set.of("replaced"), List.of()),
                action("after", Set.of("bad"), List.of())));
        ActionGraph path = new ActionGraph(
                List.of(action("bad in path", Set.of(), List.of()), action("rest", Set.of("bad in path"), List.of())));
        AlternativePath alternative = new AlternativePath(APPLIER, Set.of("replaced", "bad"), path, true, true);
        return new NewPlan(
                APPLIER, "explicit", OnFailure.ROLLBACK, graph, List.of(alternative), Map.of(), NewPlan.Origin.UNKNOWN);
    }

    private List<Claim> advance(Neo4jTurn turn, List<Settlement> ended) {
        turn.expect(SLOTS);
        makeWay();
        turn.settle(ended);
        makeWay();
        turn.ownClaims();
        makeWay();
        turn.open();
        makeWay();
        List<Candidate> candidates = turn.candidates(SLOTS);
        makeWay();
        turn.claim(Picker.pick(candidates, SLOTS));
        makeWay();
        turn.unpark();
        makeWay();
        return turn.claimed();
    }

    /** Of three one succeeds, one fails, and one is tried again. */
    private static Settlement settlement(Claim claim, Neo4jTurn turn) {
        return switch (Math.floorMod(claim.action().hashCode(), 3)) {
            case 0 -> new Settlement(claim, Outcome.succeeded(), new Verdict.End(ActionState.SUCCEEDED, ""));
            case 1 ->
                new Settlement(
                        claim,
                        new Outcome.Failed(Failure.permanent("rehearsal")),
                        new Verdict.End(ActionState.FAILED, "rehearsal"));
            default ->
                new Settlement(
                        claim,
                        new Outcome.Failed(Failure.retryable("rehearsal")),
                        new Verdict.Retry(turn.now(), "rehearsal"));
        };
    }

    /** So many actions that are ready at once, every other one of them in want of the same resource, and one child. */
    private static NewPlan plan(int size) {
        List<PlannedAction> actions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            actions.add(action("a" + i, Set.of(), i % 2 == 0 ? List.of(LOCK) : List.of()));
        }
        actions.add(action("child", Set.of("a0"), List.of()));
        return new NewPlan(
                "rehearsal",
                "explicit",
                OnFailure.CONTINUE,
                new ActionGraph(actions),
                List.of(),
                Map.of(),
                NewPlan.Origin.UNKNOWN);
    }

    private static PlannedAction action(String id, Set<String> parents, List<ResourceUse> uses) {
        return new PlannedAction(
                id,
                "nop",
                Map.of(),
                parents,
                uses,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }
}
