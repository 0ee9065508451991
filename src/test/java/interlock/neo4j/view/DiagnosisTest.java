package interlock.neo4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import interlock.api.RetryPolicy;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.model.OnFailure;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Graph;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Detail;
import interlock.neo4j.view.Diagnosis.Kind;
import interlock.neo4j.view.Diagnosis.PathRef;
import interlock.neo4j.view.Diagnosis.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Why an action is in its state. */
class DiagnosisTest extends PlanAnalysisFixture {
    DiagnosisTest(Graph graph) {
        super(graph);
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
    void anActionThatNeedsMoreThanTheCapacityNeverStarts() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan().action("a").using("rack", "r1", 3).capacity("rack", "r1", 2));
        applier.step(true);

        assertThat(reason(plan, "a", Kind.RESOURCE).message()).endsWith("it cannot start until there are more");
    }

    @Test
    void theLimitOfAnActionTypeIsReached() {
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
    void endedActionsAreExplainedToo() {
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
    void aFailureIsExplainedWithWhatItCancelledAndWhatCanBeDone() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("bad", "fail", Map.of("permanent", true))
                .action("b", "bad")
                .action("c", "b")
                .action("d", "b")
                .action("e", "c", "d"));
        applier.step(true);
        runFirst();
        applier.step(true);

        Diagnosis failed = explain(plan, "bad");
        Diagnosis cancelled = explain(plan, "e");

        assertThat(failed.summary())
                .startsWith("'bad' is FAILED: ")
                .endsWith("; 4 actions were cancelled because of it: 'b', 'c', 'd' and 1 more.");
        assertThat(failed.reasons().getFirst().detail()).isInstanceOfSatisfying(Detail.Failure.class, failure -> {
            assertThat(failure.attempts()).isEqualTo(1);
            assertThat(failure.total()).isEqualTo(4);
            assertThat(failure.cancelled()).extracting(ActionRef::id).containsExactly("b", "c", "d", "e");
        });
        assertThat(failed.remedies())
                .extracting(Remedy::path)
                .containsExactly(
                        "/v1/actions/%s/skip".formatted(uuid(plan, "bad")),
                        "/v1/actions/%s/retry".formatted(uuid(plan, "bad")),
                        "/v1/action_plans/%s/retry".formatted(plan));
        assertThat(cancelled.remedies()).isEqualTo(failed.remedies());
        assertThat(cancelled.summary()).contains("'bad'");
        assertThat(impact(plan, "bad").summary())
                .isEqualTo("'bad' is FAILED: it has failed for good, and 4 actions were cancelled because of it.");
        assertThat(impact(plan, "bad").cancelled().total()).isEqualTo(4);
    }

    @Test
    void aStoppedPlanNamesTheFailureThatStoppedIt() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("bad", "fail", Map.of("permanent", true))
                .estimated(Duration.ofSeconds(9))
                .action("b")
                .action("c", "b")
                .onFailure(OnFailure.STOP));
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(reason(plan, "c", Kind.CANCELLED).detail())
                .isEqualTo(new Detail.Others(List.of(explain(plan, "bad").action())));
        assertThat(reason(plan, "c", Kind.CANCELLED).message()).contains("'bad'");
        assertThat(explain(plan, "bad").summary()).contains("1 action was cancelled because of it: 'c'");
    }

    @Test
    void theCauseIsFoundAtOnceHoweverManyRoutesLeadToIt() {
        PlanBuilder layered = PlanBuilder.plan().action("0-0", "fail", Map.of("permanent", true));
        for (int layer = 0; layer < 20; layer++) {
            int before = layer - 1;
            String[] parents = layer == 0
                    ? new String[0]
                    : IntStream.range(0, 6).mapToObj(at -> before + "-" + at).toArray(String[]::new);
            for (int at = layer == 0 ? 1 : 0; at < 6; at++) {
                layered = layered.action(layer + "-" + at, parents);
            }
        }
        UUID plan = start(layered);
        Neo4jServer.query("""
                MATCH (action:Action {planUuid: $plan})
                SET action.state = CASE WHEN action.layer > 0 THEN 'CANCELLED' WHEN action.id = '0-0' THEN 'FAILED' ELSE 'SUCCEEDED' END""", of(plan));

        Diagnosis last = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> explain(plan, "19-5"));
        Diagnosis first = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> explain(plan, "0-0"));

        assertThat(last.reasons().getFirst().detail())
                .isInstanceOfSatisfying(
                        Detail.Others.class,
                        others -> assertThat(others.actions())
                                .extracting(ActionRef::id)
                                .containsExactly("0-0"));
        assertThat(first.summary()).contains("114 actions were cancelled because of it");
    }
}
