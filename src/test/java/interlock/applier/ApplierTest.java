package interlock.applier;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.api.RetryPolicy;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class ApplierTest {
    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aPlanIsAppliedInTheOrderOfItsGraph() {
        UUID plan = rig.start(plan().action("end", "scripted", named("end"), "left", "right")
                .action("left", "scripted", named("left"), "begin")
                .action("right", "scripted", named("right"), "begin")
                .action("begin", "scripted", named("begin")));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran()).startsWith("begin").endsWith("end").hasSize(4);
    }

    @Test
    void aChildWaitsForAllItsParents() {
        UUID plan = rig.start(plan().action("a").action("b").action("c", "a", "b"));
        Applier applier = rig.applier(8);

        applier.step(true);
        rig.started.remove().run();
        applier.step(true);

        assertThat(rig.states(plan)).containsPattern("[ab]=SUCCEEDED").contains("c=PENDING");
        assertThat(rig.started).hasSize(1);
    }

    @Test
    void nothingOfAPlanRunsBeforeItIsStarted() {
        UUID plan = rig.store.create(plan().action("a").build());

        rig.applier(8).step(true);

        assertThat(rig.started).isEmpty();
        assertThat(rig.planState(plan)).isEqualTo(PlanState.RECOMMENDED);
    }

    @Test
    void howFarAnAttemptHasComeIsStoredWhileItRuns() {
        UUID plan = rig.start(plan().action("a", "scripted", Map.of("name", "a", "progress", 0.25)));
        Applier applier = rig.applier(1);
        var seen = new ArrayList<String>();
        rig.scripted.on("a", () -> {
            applier.step(false);
            seen.add(told(plan));
            applier.step(false);
            seen.add(told(plan));
            return Result.succeeded();
        });

        rig.finish(plan, applier);

        assertThat(seen)
                .as("it is stored once, though it was looked for twice")
                .containsExactly("0.25 [req-1] in 1 revisions", "0.25 [req-1] in 1 revisions");
        assertThat(told(plan)).isEqualTo("0.25 [req-1] in 1 revisions");
    }

    @Test
    void whatAnAttemptToldLastIsKeptWithIt() {
        UUID plan = rig.start(plan().action("a", "scripted", Map.of("name", "a", "progress", 7)));

        rig.finish(plan, rig.applier(1));

        assertThat(told(plan)).isEqualTo("1.0 [req-1] in 1 revisions");
    }

    private String told(UUID plan) {
        return Rig.one("""
                MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->()-[:ATTEMPTED]->(attempt)
                RETURN toString(attempt.progress) + ' [' + reduce(all = '', id IN attempt.requestIds | all + id) + '] in '
                  + COUNT { MATCH (r:Revision {planUuid: $plan}) WHERE r.actions CONTAINS 'progress' } + ' revisions' AS it
                """, plan);
    }

    @Test
    void noMoreActionsRunThanThereAreSlots() {
        rig.start(plan().action("a").action("b").action("c"));

        rig.applier(2).step(true);

        assertThat(rig.started).hasSize(2);
    }

    @Test
    void theLongestRemainingPathStartsFirst() {
        rig.start(plan().action("short", "scripted", named("short"))
                .estimated(Duration.ofSeconds(10))
                .action("long", "scripted", named("long"))
                .estimated(Duration.ofSeconds(4))
                .action("tail", "scripted", named("tail"), "long")
                .estimated(Duration.ofSeconds(30)));

        rig.applier(1).step(true);
        rig.runStarted();

        assertThat(rig.scripted.ran()).containsExactly("long");
    }

    @Test
    void aFailedAttemptIsTriedAgainAfterItsDelay() {
        UUID plan = rig.start(plan().action("a", "fail", Map.of("times", 2)).tried(3));
        Applier applier = rig.applier(8);

        applier.step(true);
        rig.runStarted();
        applier.step(true);
        rig.clock.pass(Duration.ofMillis(999));
        applier.step(true);

        assertThat(rig.started).isEmpty();
        assertThat(rig.states(plan)).isEqualTo("a=PENDING");

        rig.clock.pass(Duration.ofMillis(1));
        applier.step(true);

        assertThat(rig.started).hasSize(1);

        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.attempts(plan, "a"))
                .containsExactly("1 FAILED: asked to fail", "2 FAILED: asked to fail", "3 SUCCEEDED");
    }

    @Test
    void aPermanentFailureIsNotTriedAgain() {
        UUID plan =
                rig.start(plan().action("a", "fail", Map.of("permanent", true)).tried(3));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.attempts(plan, "a")).hasSize(1);
    }

    @Test
    void afterAFailureTheRestGoesOnAndItsDescendantsAreCancelled() {
        UUID plan = rig.start(plan().action("bad", "fail", Map.of("message", "no route"))
                .action("child", "bad")
                .action("grandchild", "child", "other")
                .action("other")
                .action("far", "other"));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan))
                .isEqualTo("bad=FAILED child=CANCELLED far=SUCCEEDED grandchild=CANCELLED other=SUCCEEDED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan)).isEqualTo("Action 'bad' failed: no route");
        assertThat(rig.message(plan, "grandchild")).isEqualTo("Cancelled: it depends on 'bad', which failed.");
    }

    @Test
    void aPlanThatStopsOnAFailureStartsNothingMore() {
        UUID plan = rig.start(plan().onFailure(OnFailure.STOP)
                .action("bad", "fail", Map.of())
                .action("running")
                .action("after", "running"));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("after=CANCELLED bad=FAILED running=SUCCEEDED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
    }

    @Test
    void aPlanThatIgnoresFailuresRunsTheirChildrenAllTheSame() {
        UUID plan = rig.start(plan().onFailure(OnFailure.IGNORE)
                .action("bad", "fail", Map.of())
                .action("child", "bad"));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("bad=FAILED child=SUCCEEDED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
    }

    @Test
    void aSkippedActionIsCompleteForItsChildren() {
        rig.scripted.on("a", () -> Result.skipped("already there"));
        UUID plan = rig.start(plan().action("a", "scripted", named("a")).action("b", "a"));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("a=SKIPPED b=SUCCEEDED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.planMessage(plan)).isEqualTo("One or more actions were skipped.");
    }

    @Test
    void whateverATypeThrowsIsItsActionsFailure() {
        rig.scripted.on("a", () -> {
            throw new IllegalStateException("the world is not as it should be");
        });
        rig.scripted.on("b", () -> {
            throw new StackOverflowError();
        });
        UUID plan = rig.start(plan().action("a", "scripted", named("a")).action("b", "scripted", named("b")));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.attempts(plan, "a")).containsExactly("1 FAILED: the world is not as it should be");
        assertThat(rig.attempts(plan, "b"))
                .containsExactly("1 FAILED: action type 'scripted' threw StackOverflowError without a message");
    }

    @Test
    void anActionWhoseTypeIsNotInstalledFails() {
        UUID plan = rig.start(plan().action("a", "unheard-of", Map.of()));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.message(plan, "a")).contains("action type 'unheard-of' is not installed");
    }

    @Test
    void aLockIsHeldByOneActionAtATimeWhicheverPlanItBelongsTo() {
        UUID one = rig.start(plan().action("a").using("instance", "vm-1", 1));
        UUID two = rig.start(plan().action("b").using("instance", "vm-1", 1));
        Applier applier = rig.applier(8);

        applier.step(true);

        assertThat(rig.started).hasSize(1);

        rig.finish(one, applier);
        rig.finish(two, applier);

        assertThat(rig.planState(two)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(used("instance/vm-1")).isZero();
    }

    @Test
    void aComputeHostTakesTwoAtOnce() {
        PlanBuilder plan = plan();
        for (int i = 0; i < 5; i++) {
            plan.action("move-" + i).using("compute_host", "h1", 1);
        }
        UUID uuid = rig.start(plan);
        Applier applier = rig.applier(8);

        applier.step(true);

        assertThat(rig.started).hasSize(2);
        assertThat(used("compute_host/h1")).isEqualTo(2);

        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void unitsAreGivenBackWhenAnAttemptFailsAndWaitsForTheNext() {
        UUID plan = rig.start(plan().action("a", "fail", Map.of("times", 1))
                .tried(2)
                .using("rack", "r1", 1)
                .action("b", "scripted", named("b"))
                .using("rack", "r1", 1));
        Applier applier = rig.applier(1);

        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(used("rack/r1")).isZero();
    }

    @Test
    void aLimitOnATypeHoldsOverAllPlans() {
        rig.store.setCapacities(Map.of(interlock.api.ResourceKey.actionType("scripted"), 1));
        rig.start(plan().action("a", "scripted", named("a")).action("b"));
        rig.start(plan().action("c", "scripted", named("c")));

        rig.applier(8).step(true);
        rig.runStarted();

        assertThat(rig.scripted.ran()).hasSize(1);
    }

    @Test
    void anAttemptThatOutlivesItsTimeoutIsStoppedAndFails() {
        rig.scripted.on("slow", () -> {
            throw new InterruptedException();
        });
        UUID plan = rig.start(plan().action("slow", "scripted", named("slow")).timeout(Duration.ofSeconds(5)));
        Applier applier = rig.applier(8);

        applier.step(true);
        rig.clock.pass(Duration.ofSeconds(5));
        applier.step(false);
        rig.finish(plan, applier);

        assertThat(rig.attempts(plan, "slow")).containsExactly("1 FAILED: timed out after PT5S");
    }

    @Test
    void ofTwoOutcomesOfOneActionTheOneThatStillHoldsIsStored() {
        rig.scripted.on("a", () -> Result.failed(Failure.permanent("no")));
        UUID plan = rig.start(plan().action("a", "scripted", named("a")));
        Applier paused = rig.applier(8);
        paused.step(true);
        Runnable stale = rig.take("a");
        rig.leasesRunOut();
        Applier other = rig.applier(8);
        other.step(true);
        rig.started.clear();
        rig.leasesRunOut();
        paused.step(true);
        paused.step(true);
        Runnable latest = rig.take("a");
        stale.run();
        latest.run();

        paused.step(true);

        assertThat(rig.states(plan)).isEqualTo("a=FAILED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.attempts(plan, "a")).last().isEqualTo("3 FAILED: no");
    }

    @Test
    void theActionsOfADeadApplierAreTakenBackWhenItsLeaseHasRunOut() {
        UUID plan = rig.start(plan().action("a").action("b", "a"));
        Applier dead = rig.applier(8);
        dead.step(true);
        rig.started.clear();
        Applier heir = rig.applier(8);

        heir.step(true);
        rig.clock.pass(Rig.LEASE);
        heir.step(true);

        assertThat(rig.started).isEmpty();

        rig.clock.pass(Duration.ofMillis(1));
        rig.finish(plan, heir);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.attempts(plan, "a"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1 LOST: its applier rig-"),
                        second -> assertThat(second).isEqualTo("2 SUCCEEDED"));
    }

    @Test
    void anActionThatMayNotBeRepeatedFailsWhenItsApplierDies() {
        rig.scripted.notIdempotent();
        UUID plan = rig.start(plan().action("a", "scripted", named("a")));
        rig.applier(8).step(true);
        rig.started.clear();

        rig.leasesRunOut();
        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("a=FAILED");
        assertThat(rig.message(plan, "a")).contains("may not be repeated");
    }

    @Test
    void whatALostApplierSaysComesTooLate() {
        UUID plan = rig.start(plan().action("a", "scripted", named("a")));
        Applier lost = rig.applier(8);
        lost.step(true);
        Runnable late = rig.started.remove();
        rig.leasesRunOut();
        Applier heir = rig.applier(8);
        heir.step(true);
        Runnable second = rig.started.remove();

        rig.scripted.on("a", () -> Result.failed(Failure.permanent("too late")));
        late.run();
        lost.step(true);
        lost.step(true);

        assertThat(rig.advances.getLast().refused()).hasSize(1);
        assertThat(rig.states(plan)).isEqualTo("a=ONGOING");

        rig.scripted.on("a", Result::succeeded);
        second.run();
        rig.finish(plan, heir);

        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED");
    }

    @Test
    void anApplierThatWasTakenForDeadComesBackUnderANewIdAndGoesOnWorking() {
        rig.start(plan().action("a"));
        Applier applier = rig.applier(8);
        applier.step(true);
        rig.leasesRunOut();
        rig.applier(0).step(true);
        rig.runStarted();

        UUID next = rig.start(plan().action("b"));
        applier.step(true);
        rig.finish(next, applier);

        assertThat(Neo4jServer.query("MATCH (a:Applier) RETURN a.state AS state ORDER BY state", Map.of()))
                .extracting(row -> row.get("state").asString())
                .containsExactly("ACTIVE", "ACTIVE", "LOST", "STOPPED");
    }

    @Test
    void anApplierThatIsStoppedGivesBackWhatItRunsAtOnce() {
        UUID plan = rig.start(plan().action("a").action("b", "fail", Map.of("times", 0)));
        Applier stopped = rig.applier(8);
        stopped.step(true);
        rig.started.remove().run();
        rig.started.remove().run();
        stopped.giveBack();

        assertThat(rig.states(plan)).doesNotContain("ONGOING");

        rig.finish(plan, rig.applier(8));

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void whenTheAnswerToACommitIsLostNothingIsLost() {
        AtomicBoolean cut = new AtomicBoolean(true);
        UUID plan = rig.start(plan().action("a").action("b", "a"));
        Applier applier = rig.applier(8, graph -> new CutGraph(graph, cut));

        applier.step(true);

        assertThat(rig.states(plan)).isEqualTo("a=ONGOING b=PENDING");
        assertThat(rig.started).isEmpty();

        cut.set(false);
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.attempts(plan, "a"))
                .containsExactly(
                        "1 LOST: claimed, but not started: the database's answer was lost or came too late",
                        "2 SUCCEEDED");
    }

    @Test
    void anApplierThatStoresNothingForLongerThanItsLeaseSaysSo() {
        AtomicBoolean cut = new AtomicBoolean(true);
        Applier applier = rig.applier(8, graph -> new CutGraph(graph, cut));

        applier.step(true);
        rig.clock.pass(Rig.LEASE);
        applier.step(true);
        assertThat(applier.whyStandingStill()).isEmpty();

        rig.clock.pass(Duration.ofSeconds(1));
        applier.step(true);
        assertThat(applier.whyStandingStill())
                .hasValue("the applier has stored nothing for %d s: the line is cut"
                        .formatted(Rig.LEASE.plusSeconds(1).toSeconds()));
        assertThat(applier.complaint()).isEmpty();

        cut.set(false);
        applier.step(true);
        assertThat(applier.whyStandingStill()).isEmpty();
    }

    @Test
    void anIdleApplierChangesNothing() {
        Applier applier = rig.applier(8);
        applier.step(true);
        int advances = rig.advances.size();

        applier.step(false);
        applier.step(false);

        assertThat(rig.advances).hasSize(advances);
    }

    @Test
    void anApplierIsIdleWhenNothingRunsAndNothingIsDue() {
        UUID plan = rig.start(plan().action("a", "fail", Map.of("times", 1)).tried(2));
        Applier applier = rig.applier(8);

        applier.step(true);
        applier.step(false);
        assertThat(rig.states(plan)).isEqualTo("a=ONGOING");
        assertThat(rig.idle).isEmpty();

        rig.runStarted();
        applier.step(false);
        applier.step(false);
        assertThat(rig.states(plan)).isEqualTo("a=PENDING");
        assertThat(rig.idle).isEmpty();

        rig.finish(plan, applier);
        applier.step(true);
        applier.step(false);
        assertThat(rig.idle).hasSize(1);
    }

    @Test
    void retriesThatAreSpreadByChanceStayWithinTheirShare() {
        RetryPolicy spread = new RetryPolicy(2, Duration.ofSeconds(10), 1, Duration.ofSeconds(10), 0.5);
        UUID plan = rig.start(plan().action("a", "fail", Map.of("times", 1)).tried(spread));
        Applier applier = rig.applier(8);
        applier.step(true);
        rig.runStarted();
        applier.step(true);

        rig.clock.pass(Duration.ofMillis(4_999));
        applier.step(true);
        assertThat(rig.started).isEmpty();

        rig.clock.pass(Duration.ofMillis(10_001));
        applier.step(true);
        assertThat(rig.started).hasSize(1);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.ONGOING);
    }

    private static Map<String, Object> named(String name) {
        return Map.of("name", name);
    }

    private static int used(String key) {
        return Neo4jServer.query("MATCH (r:Resource {key: $key}) RETURN r.used AS used", Map.of("key", key))
                .getFirst()
                .get("used")
                .asInt();
    }
}
