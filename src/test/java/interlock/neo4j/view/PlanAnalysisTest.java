package interlock.neo4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import interlock.action.ActionTypes;
import interlock.action.Fail;
import interlock.action.Nop;
import interlock.api.RetryPolicy;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.WorkerThreads;
import interlock.model.ActionState;
import interlock.model.Capacities;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.LayeredPlan;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.Neo4jPlanGraph;
import interlock.neo4j.store.PlanControl;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Detail;
import interlock.neo4j.view.Diagnosis.Kind;
import interlock.neo4j.view.Diagnosis.PathRef;
import interlock.neo4j.view.Diagnosis.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class PlanAnalysisTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final Graph graph;
    private final PlanStore store;
    private final PlanAnalysis questions;
    private final Queue<Runnable> started = new ArrayDeque<>();

    PlanAnalysisTest(Graph graph) {
        this.graph = graph;
        this.store = new PlanStore(graph, Capacities.DEFAULT);
        this.questions = new PlanAnalysis(graph);
    }

    @Test
    void aPlanThatNobodyStartedIsWhyNothingOfItRuns() {
        UUID plan = store.create(PlanBuilder.plan().action("a").action("b", "a").build());
        applier(1);

        assertThat(kinds(plan, "a")).containsExactly(Kind.PLAN_STATE);
        assertThat(kinds(plan, "b")).containsExactly(Kind.PLAN_STATE, Kind.PARENTS);
        assertThat(explain(plan, "a").summary())
                .isEqualTo("'a' is PENDING: its plan is RECOMMENDED, and nobody has started it.");
    }

    @Test
    void withoutAnApplierNothingStarts() {
        UUID plan = start(PlanBuilder.plan().action("a"));

        assertThat(kinds(plan, "a")).containsExactly(Kind.NO_APPLIER, Kind.PLAN_STATE);

        anotherApplier();
        assertThat(kinds(plan, "a")).containsExactly(Kind.PLAN_STATE);

        Neo4jServer.query("MATCH (lease:Lease) SET lease.until = datetime() - duration('PT1S')", Map.of());
        assertThat(reason(plan, "a", Kind.NO_APPLIER).message()).contains("lease");
    }

    @Test
    void aPausedPlanStartsNothing() {
        Applier applier = applier(1);
        UUID plan = start(PlanBuilder.plan().action("a").action("b", "a"));
        applier.step(true);
        Neo4jServer.query("MATCH (p:ActionPlan {uuid: $plan}) SET p.paused = true", of(plan));

        assertThat(kinds(plan, "b")).containsExactly(Kind.PAUSED, Kind.PARENTS);
    }

    @Test
    void anActionWaitsForItsParents() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a")
                .action("b")
                .action("c")
                .action("d")
                .action("z", "d")
                .action("e", "a", "b", "c", "z"));
        applier.step(true);

        Reason reason = reason(plan, "e", Kind.PARENTS);

        assertThat(reason.message()).isEqualTo("it waits for 'a' (ONGOING), 'b' (ONGOING), 'c' (ONGOING) and 1 more");
        assertThat(reason.detail()).isInstanceOfSatisfying(Detail.Parents.class, parents -> {
            assertThat(parents.total()).isEqualTo(4);
            assertThat(parents.parents()).extracting(each -> each.action().id()).containsExactly("a", "b", "c", "z");
        });
        assertThat(kinds(plan, "a")).containsExactly(Kind.RUNNING);
    }

    @Test
    void aDependencyOfThePastIsNoReasonAndOneThroughAPathIsToldAsSuch() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan().action("a").action("other").action("b", "a"));
        applier.step(true);
        path(plan, "cold", 0, "ONGOING", List.of("a"), "cold-a", "PENDING");
        Neo4jServer.query("""
                MATCH (child:Action {planUuid: $plan, id: 'b'})-[old:DEPENDS_ON]->(), (p:AlternativePath {name: 'cold'}),
                  (last:Action {planUuid: $plan, id: 'cold-a'})
                SET old.replacedBy = p.uuid
                CREATE (child)-[:DEPENDS_ON {via: p.uuid}]->(last)""", of(plan));

        assertThat(reason(plan, "b", Kind.PARENTS).message())
                .isEqualTo("it waits for 'cold-a' (PENDING, of the alternative path 'cold')");
    }

    @Test
    void aFailedParentIsNotWaitedForWhereFailuresAreIgnored() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a", "fail", Map.of("permanent", true))
                .estimated(Duration.ofSeconds(9))
                .action("b")
                .action("c", "a", "b")
                .onFailure(OnFailure.IGNORE));
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(reason(plan, "c", Kind.PARENTS).message()).isEqualTo("it waits for 'b' (ONGOING)");
        assertThat(kinds(plan, "a")).containsExactly(Kind.FAILED);
    }

    @Test
    void anActivatedPathWaitsForWhatItReplacesAndStillRuns() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan().action("a").action("b"));
        applier.step(true);
        path(plan, "give back", 0, "ONGOING", List.of("a", "b"), "enable", "PENDING");
        Neo4jServer.query("""
                MATCH (p:AlternativePath {planUuid: $plan}), (b:Action {planUuid: $plan, id: 'b'})
                SET p.holding = true
                CREATE (p)-[:AWAITS]->(b)
                SET b.replacedBy = p.uuid, b.abort = 'its path was activated'""", of(plan));

        assertThat(reason(plan, "enable", Kind.PATH_WAITS).message())
                .isEqualTo("its path 'give back' waits for replaced actions that are still running: 'b'");
        assertThat(explain(plan, "b").reasons()).extracting(Reason::kind).containsExactly(Kind.RUNNING, Kind.REPLACED);
        assertThat(explain(plan, "b").summary()).endsWith("; it is asked to abort: its path was activated.");
    }

    @Test
    void aPathIsFollowedFromItsFailureOn() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a", "fail", Map.of("message", "no", "permanent", true))
                .estimated(Duration.ofSeconds(9))
                .action("b")
                .action("c", "b")
                .path("give back", List.of("a", "b"), PlanBuilder.plan().action("enable"))
                .path("give up", List.of("a", "b", "c"), PlanBuilder.plan().action("tell")));
        applier.step(true);
        assertThat(impact(plan, "a").paths()).extracting(PathRef::name).containsExactly("give back", "give up");

        runFirst();
        applier.step(true);

        assertThat(kinds(plan, "a")).containsExactly(Kind.FAILED, Kind.REPLACED);
        assertThat(kinds(plan, "b")).containsExactly(Kind.RUNNING, Kind.REPLACED);
        assertThat(kinds(plan, "c")).containsExactly(Kind.PARENTS);
        assertThat(reason(plan, "c", Kind.PARENTS).message())
                .isEqualTo("it waits for 'enable' (PENDING, of the alternative path 'give back')");
        assertThat(kinds(plan, "enable")).containsExactly(Kind.PATH_WAITS);
        assertThat(reason(plan, "enable", Kind.PATH_WAITS).message()).endsWith("still running: 'b'");
        assertThat(kinds(plan, "tell")).containsExactly(Kind.STANDBY);
        assertThat(impact(plan, "b").paths()).isEmpty();
        assertThat(impact(plan, "enable").paths()).extracting(PathRef::name).containsExactly("give up");
        assertThat(impact(plan, "enable").cancelled().actions())
                .extracting(ActionRef::id)
                .containsExactly("c");
        assertThat(chain(plan, PlanState.ONGOING)).containsExactly("enable", "c");
    }

    @Test
    void aRetryIsNotDueYet() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a", "fail", Map.of("times", 1, "message", "not now"))
                .tried(new RetryPolicy(3, Duration.ofHours(1), 1, Duration.ofHours(1), 0)));
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(kinds(plan, "a")).containsExactly(Kind.DUE);
        assertThat(reason(plan, "a", Kind.DUE).message())
                .startsWith("attempt 2 is due at ")
                .endsWith("the one before: not now");
    }

    @Test
    void aResourceIsHeldByAnotherPlan() {
        Applier applier = applier(8);
        PlanBuilder first = PlanBuilder.plan().action("a").using("compute_host", "h1", 1);
        start(first.capacity("compute_host", "h1", 1));
        applier.step(true);
        UUID plan = start(
                PlanBuilder.plan().action("b").using("compute_host", "h1", 1).action("c", "b"));

        assertThat(kinds(plan, "b")).as("before it is taken up").containsExactly(Kind.PLAN_STATE, Kind.RESOURCE);
        applier.step(true);
        assertThat(explain(plan, "b").summary())
                .isEqualTo("'b' is PENDING: it takes 1 of compute_host/h1, of which 0 of 1 are free;"
                        + " 'a' of plan 'test' holds 1.");
        assertThat(kinds(plan, "c")).containsExactly(Kind.PARENTS);
    }

    @Test
    void whatTakesMoreThanThereIsNeverStarts() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan().action("a").using("rack", "r1", 3).capacity("rack", "r1", 2));
        applier.step(true);

        assertThat(reason(plan, "a", Kind.RESOURCE).message()).endsWith("it cannot start until there are more");
    }

    @Test
    void asManyOfATypeRunAsMay() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a")
                .estimated(Duration.ofSeconds(9))
                .action("b")
                .capacity("action_type", "nop", 1));
        applier.step(true);

        assertThat(reason(plan, "b", Kind.LIMIT).message())
                .isEqualTo("type 'nop' is limited to 1 running actions; 'a' of plan 'test' holds 1");
        assertThat(impact(plan, "a").waiting().actions())
                .extracting(Impact.Waiter::id, Impact.Waiter::kind, Impact.Waiter::held)
                .containsExactly(tuple("b", "action_type", 1));
    }

    @Test
    void aReadyActionWaitsForASlotAndThenForTheNextAdvance() {
        Applier applier = applier(1);
        UUID plan = start(
                PlanBuilder.plan().action("a").estimated(Duration.ofSeconds(9)).action("b"));
        applier.step(true);

        assertThat(kinds(plan, "b")).containsExactly(Kind.SLOTS);

        anotherApplier();
        assertThat(kinds(plan, "b")).containsExactly(Kind.READY);
    }

    @Test
    void whatIsOverIsExplainedToo() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("good")
                .action("bad", "fail", Map.of("message", "never", "permanent", true))
                .action("after", "bad")
                .action("last", "after"));
        applier.step(true);
        runFirst();
        runFirst();
        applier.step(true);
        path(plan, "cold", 0, "SUCCEEDED", List.of("bad"), "cold-bad", "SUCCEEDED");
        Neo4jServer.query("""
                MATCH (p:AlternativePath {planUuid: $plan}), (bad:Action {planUuid: $plan, id: 'bad'})
                SET bad.replacedBy = p.uuid""", of(plan));

        assertThat(kinds(plan, "good")).containsExactly(Kind.SUCCEEDED);
        assertThat(kinds(plan, "bad")).containsExactly(Kind.FAILED, Kind.REPLACED);
        assertThat(reason(plan, "bad", Kind.REPLACED).message())
                .isEqualTo("the path 'cold' (SUCCEEDED) has replaced it");
        assertThat(reason(plan, "last", Kind.CANCELLED).detail())
                .isInstanceOfSatisfying(
                        Detail.Others.class,
                        others -> assertThat(others.actions())
                                .extracting(ActionRef::id)
                                .containsExactly("bad"));
        assertThat(reason(plan, "last", Kind.CANCELLED).message()).contains("'bad'");
        assertThat(impact(plan, "bad").cancelled().total()).isZero();
    }

    @Test
    void pathsAreTriedByRankThoseWithinAPathBeforeThoseAroundIt() {
        UUID plan = store.create(PlanBuilder.plan().action("a").action("b", "a").build());
        path(plan, "second", 1, "STANDBY", List.of("a"), "a2", "STANDBY");
        path(plan, "first", 0, "STANDBY", List.of("a"), "a1", "STANDBY");
        path(plan, "all", 2, "STANDBY", List.of("a", "b"), "ab", "STANDBY");
        path(plan, "within", 0, "STANDBY", List.of("a2"), "a22", "STANDBY");

        assertThat(impact(plan, "a").paths()).extracting(PathRef::name).containsExactly("first", "second", "all");
        assertThat(impact(plan, "a2").paths()).extracting(PathRef::name).containsExactly("within", "all");
        assertThat(impact(plan, "ab").paths()).isEmpty();
        assertThat(reason(plan, "a2", Kind.STANDBY).message())
                .isEqualTo("its path 'second', which replaces 'a', has not been activated");
    }

    @Test
    void whatAFailureCancelsDependsOnThePolicy() {
        for (OnFailure policy : OnFailure.values()) {
            UUID plan = store.create(PlanBuilder.plan()
                    .action("a")
                    .action("b", "a")
                    .action("aside")
                    .onFailure(policy)
                    .build());

            List<String> cancelled = switch (policy) {
                case CONTINUE -> List.of("b");
                case STOP, ROLLBACK -> List.of("b", "aside");
                case IGNORE -> List.of();
            };
            assertThat(impact(plan, "a").cancelled().actions())
                    .as(policy.name())
                    .extracting(ActionRef::id)
                    .containsExactlyElementsOf(cancelled);
        }
    }

    @Test
    void ofManyThatWouldBeCancelledAThousandAreNamedAndAllAreCounted() {
        UUID plan = store.create(LayeredPlan.of(40, 50));

        Impact impact = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> impact(plan, "0/0"));

        assertThat(impact.cancelled().total()).isEqualTo(39 * 50);
        assertThat(impact.cancelled().actions()).hasSize(1000);
    }

    @Test
    void theCriticalPathIsThatOfWhatIsLeft() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a")
                .estimated(Duration.ofSeconds(100))
                .action("b", "a")
                .action("c")
                .estimated(Duration.ofSeconds(20))
                .action("d", "b", "c"));

        assertThat(chain(plan, PlanState.PENDING)).containsExactly("a", "b", "d");
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(chain(plan, PlanState.ONGOING)).containsExactly("c", "d");
        assertThat(questions.criticalPath(plan, PlanState.ONGOING).seconds()).isEqualTo(21);
    }

    @Test
    void theCriticalPathOfAnEndedPlanIsThatOfAllOfIt() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan().action("a").action("b", "a"));
        applier.step(true);
        runFirst();
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(chain(plan, PlanState.SUCCEEDED)).containsExactly("a", "b");
        assertThat(questions.criticalPath(plan, PlanState.ONGOING).links()).isEmpty();
    }

    @Test
    void theCriticalPathFollowsWhatIsInForce() {
        UUID plan = store.create(
                PlanBuilder.plan().action("a").action("b", "a").action("c", "b").build());
        Neo4jServer.query(
                "MATCH (:Action {planUuid: $plan, id: 'b'})-[d:DEPENDS_ON]->() SET d.replacedBy = 'x'", of(plan));

        assertThat(chain(plan, PlanState.RECOMMENDED)).containsExactly("b", "c");
    }

    @Test
    void plansThatBearTheSameResourceIdConflictUnlessAResourceSaysSoAlready() {
        UUID one = store.create(PlanBuilder.plan()
                .action("a", "nop", Map.of("resource_id", "i1"))
                .using("instance", "i1", 1)
                .action("b", "nop", Map.of("resource_id", "i2"))
                .build());
        UUID other = store.create(PlanBuilder.plan()
                .action("c", "nop", Map.of("resource_id", "i1"))
                .using("instance", "i1", 1)
                .action("d", "nop", Map.of("resource_id", "i2"))
                .build());
        store.create(PlanBuilder.plan()
                .action("e", "nop", Map.of("resource_id", "i3"))
                .build());

        List<Conflict> conflicts = questions.conflicts(one);

        assertThat(conflicts).extracting(Conflict::planUuid).containsExactly(other.toString());
        assertThat(conflicts.getFirst().resources())
                .extracting(Conflict.Shared::kind, Conflict.Shared::id, Conflict.Shared::capacity)
                .containsExactly(
                        tuple("instance", "i1", OptionalLong.of(1)), tuple("resource_id", "i2", OptionalLong.empty()));
    }

    private List<String> chain(UUID plan, PlanState state) {
        return questions.criticalPath(plan, state).links().stream()
                .map(CriticalPath.Link::id)
                .toList();
    }

    private Applier applier(int slots) {
        Applier applier = new Applier(
                new Applier.Limits(slots, LEASE),
                new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member("desk", 1, slots, LEASE), Runnable::run),
                new ActionTypes(List.of(new Nop(), new Fail())),
                new WorkerThreads(started::add, _ -> {}),
                InstantSource.system(),
                _ -> {},
                _ -> {});
        applier.step(true);
        return applier;
    }

    private static void anotherApplier() {
        Neo4jServer.query("""
                CREATE (:Applier {
                  id: 'another', host: 'desk', process: 2, state: 'ACTIVE', maxConcurrentActions: 8,
                  startedAt: datetime()
                })
                CREATE (:Lease {applier: 'another', until: datetime() + duration('PT5M')})""", Map.of());
    }

    private void runFirst() {
        started.remove().run();
    }

    private UUID start(PlanBuilder builder) {
        UUID plan = store.create(builder.build());
        new PlanControl(graph).start(plan, OptionalLong.empty());
        return plan;
    }

    private static void path(
            UUID plan, String name, int rank, String state, List<String> replaces, String action, String actionState) {
        Neo4jServer.query(
                """
                MATCH (plan:ActionPlan {uuid: $plan})
                CREATE (path:AlternativePath {
                  uuid: randomUUID(), planUuid: $plan, name: $name, rank: $rank, state: $state
                })
                CREATE (plan)-[:CONTAINS]->(action:Action:$($label) {
                  uuid: randomUUID(), planUuid: $plan, id: $action, name: $action, actionType: 'nop', state: $actionState,
                  pathUuid: path.uuid, number: 100, priority: 1.0, layer: 0, unmetParents: 0, attempt: 0, failures: 0
                })
                CREATE (path)-[:CONTAINS]->(action)
                WITH path
                MATCH (replaced:Action {planUuid: $plan})
                WHERE replaced.id IN $replaces
                CREATE (path)-[:REPLACES]->(replaced)""",
                Map.of(
                        "plan",
                        plan.toString(),
                        "name",
                        name,
                        "rank",
                        rank,
                        "state",
                        state,
                        "replaces",
                        replaces,
                        "action",
                        action,
                        "actionState",
                        actionState,
                        "label",
                        ActionState.valueOf(actionState).label()));
    }

    private static Map<String, Object> of(UUID plan) {
        return Map.of("plan", plan.toString());
    }

    private List<Kind> kinds(UUID plan, String action) {
        return explain(plan, action).reasons().stream().map(Reason::kind).toList();
    }

    private Reason reason(UUID plan, String action, Kind kind) {
        return explain(plan, action).reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private Diagnosis explain(UUID plan, String action) {
        return questions.explain(uuid(plan, action), false).orElseThrow();
    }

    private Impact impact(UUID plan, String action) {
        return questions.impact(uuid(plan, action), false).orElseThrow();
    }

    private static UUID uuid(UUID plan, String action) {
        return UUID.fromString(Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: $action}) RETURN a.uuid AS it",
                        Map.of("plan", plan.toString(), "action", action))
                .getFirst()
                .get("it")
                .asString());
    }
}
