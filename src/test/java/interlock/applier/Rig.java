package interlock.applier;

import interlock.HandClock;
import interlock.action.ActionTypes;
import interlock.action.Fail;
import interlock.action.Nop;
import interlock.action.Sleep;
import interlock.api.ActionType;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.Capacities;
import interlock.model.NewPlan;
import interlock.model.Outcome;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.ShakyTransactions;
import interlock.neo4j.control.ActionControl;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.store.Neo4jPlanGraph;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.store.ResourceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A real store and real appliers under a clock that is moved by hand. Attempts run when the test says so, on the test's
 * own thread.
 */
public final class Rig implements AutoCloseable {
    public static final Duration LEASE = Duration.ofSeconds(30);

    public final HandClock clock = new HandClock();
    public final ScriptedType scripted = new ScriptedType();
    public final List<ActionType> types = new ArrayList<>(List.of(scripted, new Nop(), new Sleep(), new Fail()));
    public final Queue<Runnable> started = new ArrayDeque<>();
    public final List<AdvanceSummary> advances = new ArrayList<>();
    public final List<String> idle = new ArrayList<>();
    public final PlanStore store;
    public final ResourceStore resources;
    public final PlanControl control;
    public final ActionControl actions;
    private final Graph graph;
    private final Transactions transactions;
    private final int portion;
    private final int claimsAmongPlans;

    /** Opens a connection whose times come from the rig's clock. */
    public Rig() {
        this(false, 100, 32);
    }

    /**
     * Has plans stored and applied inside the process of the database, or over a connection as all else.
     *
     * @param portion how many actions of plans that begin an advance looks at
     * @param claimsAmongPlans how many it claims while actions of several plans run
     */
    public Rig(boolean embedded, int portion, int claimsAmongPlans) {
        this(
                clock -> embedded ? Neo4jServer.embedded(Optional.of(clock)) : Neo4jServer.withClock(clock),
                portion,
                claimsAmongPlans);
    }

    /** Has plans stored and applied in the transactions that are given. */
    public Rig(Function<InstantSource, Transactions> transactions, int portion, int claimsAmongPlans) {
        this.portion = portion;
        this.claimsAmongPlans = claimsAmongPlans;
        this.graph = Neo4jServer.withClock(clock);
        this.transactions = transactions.apply(clock);
        this.store = new PlanStore(this.transactions, Capacities.DEFAULT);
        this.resources = new ResourceStore(graph, Capacities.DEFAULT);
        this.control = new PlanControl(graph);
        actions = new ActionControl(graph);
    }

    /** {@return what changes so many actions at once with their plan} */
    public PlanControl control(int actions) {
        return new PlanControl(graph, actions);
    }

    /** {@return an applier with so many slots} */
    public Applier applier(int slots) {
        return applier(slots, UnaryOperator.identity());
    }

    Applier applier(int slots, UnaryOperator<PlanGraph> around) {
        return applier(slots, around, new Signal());
    }

    /** {@return an applier that waits for this signal} */
    Applier applier(int slots, Signal signal) {
        return applier(slots, UnaryOperator.identity(), signal);
    }

    private Applier applier(int slots, UnaryOperator<PlanGraph> around, Signal signal) {
        return new Applier(
                new Applier.Limits(slots, LEASE, claimsAmongPlans, portion),
                around.apply(plans(slots)),
                new ActionTypes(types),
                new WorkerThreads(started::add, clock::pass),
                clock,
                advances::add,
                idle::add,
                signal);
    }

    /** {@return an applier of a database that now and then goes away} */
    public Applier shaky(int slots, Random random) {
        Transactions shaky = new ShakyTransactions(transactions, new Random(random.nextLong()));
        return applier(slots, _ -> new ShakyGraph(plans(slots, shaky), new Random(random.nextLong())), new Signal());
    }

    /** {@return the stored plans as an applier with so many slots sees them} */
    public PlanGraph plans(int slots) {
        return plans(slots, transactions);
    }

    private PlanGraph plans(int slots, Transactions transactions) {
        return new Neo4jPlanGraph(transactions, new Neo4jPlanGraph.Member("rig", 1, slots, LEASE), Runnable::run);
    }

    /** Lets the leases of all appliers run out, in the sight of another one, until they count as lost. */
    public void leasesRunOut() {
        clock.pass(LEASE.plusSeconds(1));
        PlanGraph watching = plans(0);
        String other = watching.register();
        ResultJudge judge = new ResultJudge((_, why) -> new Outcome.Lost(why, true), RandomGenerator.getDefault());
        watching.advance(new AdvanceRequest(other, List.of(), List.of(), Set.of(), 0, 0), judge);
        watching.leave(other);
        clock.pass(LEASE.dividedBy(10));
    }

    /** Stores a plan and starts it. */
    public UUID start(NewPlan plan) {
        UUID uuid = store.create(plan);
        control.start(uuid, OptionalLong.empty());
        return uuid;
    }

    /** Stores a plan and starts it. */
    public UUID start(PlanBuilder plan) {
        return start(plan.build());
    }

    /** Adds a scripted action that fails permanently. */
    public PlanBuilder failing(PlanBuilder plan, String id, String... parents) {
        scripted.on(id, () -> Result.failed(Failure.permanent(id + " broke")));
        return plan.scripted(id, parents);
    }

    /** {@return the ids of the actions whose attempts have started and not run, in the order of their start} */
    public List<String> running() {
        return started.stream().map(it -> ((AttemptTask) it).claim().id()).toList();
    }

    /** {@return the running attempt of the action of that name} It does not run any more by itself. */
    public Runnable take(String id) {
        Runnable found = started.stream()
                .filter(it -> it instanceof AttemptTask run && run.claim().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " does not run"));
        started.remove(found);
        return found;
    }

    /** Runs what was started, to its end. */
    public void runStarted() {
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    /** Lets an applier advance and its attempts run, over and over, until the plan has ended. */
    public void finish(UUID plan, Applier applier) {
        for (int steps = 0; !planState(plan).ended(); steps++) {
            if (steps > 2000) {
                throw new AssertionError("the plan does not end: " + states(plan));
            }
            applier.step(true);
            if (started.isEmpty()) {
                clock.pass(Duration.ofSeconds(1));
            }
            runStarted();
        }
    }

    public PlanState planState(UUID plan) {
        return PlanState.valueOf(one("MATCH (p:ActionPlan {uuid: $plan}) RETURN p.state AS it", plan));
    }

    public String planMessage(UUID plan) {
        return one("MATCH (p:ActionPlan {uuid: $plan}) RETURN coalesce(p.statusMessage, '') AS it", plan);
    }

    /** {@return the state of each action by its id, as {@code a=SUCCEEDED b=PENDING}, sorted} */
    public String states(UUID plan) {
        return String.join(
                " ",
                Neo4jServer.look(
                                "MATCH (a:Action {planUuid: $plan}) RETURN a.id + '=' + a.state AS it ORDER BY it",
                                Map.of("plan", plan.toString()))
                        .stream()
                        .map(row -> row.get("it").asString())
                        .toList());
    }

    /** {@return what is kept of an action's attempts, as {@code 1 FAILED: why}} */
    public List<String> attempts(UUID plan, String action) {
        return Neo4jServer.look("""
                        MATCH (:Action {planUuid: $plan, id: $action})-[:ATTEMPTED]->(t)
                        RETURN t.number + ' ' + coalesce(t.outcome, 'running') +
                          CASE WHEN coalesce(t.message, '') = '' THEN '' ELSE ': ' + t.message END AS it
                        ORDER BY t.number
                        """, Map.of("plan", plan.toString(), "action", action)).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }

    public String message(UUID plan, String action) {
        return Neo4jServer.look(
                        "MATCH (a:Action {planUuid: $plan, id: $action}) RETURN coalesce(a.statusMessage, '') AS it",
                        Map.of("plan", plan.toString(), "action", action))
                .getFirst()
                .get("it")
                .asString();
    }

    public static String one(String cypher, UUID plan) {
        return Neo4jServer.look(cypher, Map.of("plan", plan.toString()))
                .getFirst()
                .get("it")
                .asString();
    }

    @Override
    public void close() {
        graph.close();
        if (transactions instanceof Graph its) {
            its.close();
        }
    }
}
