package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.RetryPolicy;
import interlock.applier.AdvanceRequest;
import interlock.applier.AdvanceResult;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.PlanGraph;
import interlock.applier.ResultJudge;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.Outcome;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deadlines of actions are noticed when they pass, and back-offs hold. */
@ExtendWith(Neo4jServer.class)
class DeadlinesTest {
    private static final RetryPolicy EVERY_SECOND =
            new RetryPolicy(3, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0);
    private static final RetryPolicy AFTER_20_SECONDS =
            new RetryPolicy(2, Duration.ofSeconds(20), 1, Duration.ofSeconds(20), 0);

    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    @Test
    void aDeadlineThatPassesWhileTheActionWaitsForAResourceFailsItThen() {
        PlanBuilder path = plan().action("stand-in");
        UUID plan = rig.start(plan().capacity("lock", "D", 1)
                .action("x", "fail", Map.of("times", 1))
                .estimated(Duration.ofMinutes(1))
                .tried(EVERY_SECOND)
                .deadline(Duration.ofSeconds(3))
                .using("lock", "D", 1)
                .scripted("y")
                .using("lock", "D", 1)
                .path("other", List.of("x"), path));
        advance(applier);
        rig.take("x").run();
        advance(applier);
        assertThat(rig.running()).containsExactly("y");

        pass(applier, Duration.ofMillis(2_999));
        assertThat(rig.states(plan)).isEqualTo("stand-in=STANDBY x=PENDING y=ONGOING");

        pass(applier, Duration.ofMillis(1));
        assertThat(rig.states(plan)).isEqualTo("stand-in=ONGOING x=FAILED y=ONGOING");
        assertThat(rig.message(plan, "x"))
                .isEqualTo("Action failed in execute: asked to fail; its deadline passed while it waited for lock/D");
        assertThat(rig.attempts(plan, "x")).containsExactly("1 FAILED: asked to fail");

        rig.finish(plan, applier);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void theApplierKnowsWhenTheNextDeadlinePasses() {
        UUID plan = waitingForTheLock(OnFailure.CONTINUE);
        PlanGraph plans = rig.plans(0);
        String other = plans.register();

        rig.clock.pass(Duration.ofSeconds(1));
        look(plans, other);
        assertThat(look(plans, other).nextDue()).contains(Duration.ofSeconds(2));

        rig.clock.pass(Duration.ofSeconds(2));
        assertThat(plans.hasWork(other)).isTrue();
        look(plans, other);
        assertThat(rig.states(plan)).isEqualTo("after=CANCELLED x=FAILED y=ONGOING");
    }

    @Test
    void aDeadlineRunsOnWhileThePlanIsPaused() {
        UUID plan = rig.start(plan().action("x", "fail", Map.of("times", 1))
                .tried(EVERY_SECOND)
                .deadline(Duration.ofSeconds(3))
                .action("after", "x"));
        advance(applier);
        rig.runStarted();
        advance(applier);
        rig.control.pause(plan, OptionalLong.empty());

        pass(applier, Duration.ofSeconds(3));

        assertThat(rig.states(plan)).isEqualTo("after=CANCELLED x=FAILED");
        assertThat(rig.message(plan, "x"))
                .isEqualTo(
                        "Action failed in execute: asked to fail; its deadline passed while it waited for its paused plan");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan))
                .isEqualTo("Action 'x' failed: asked to fail; its deadline passed while it waited for its paused plan");
    }

    @Test
    void aDeadlineThatPassesWhileTheActionWaitsForASlotFailsIt() {
        UUID plan = rig.start(plan().action("x", "fail", Map.of("times", 1))
                .tried(EVERY_SECOND)
                .deadline(Duration.ofSeconds(3)));
        Applier single = rig.applier(1);
        advance(single);
        rig.runStarted();
        rig.start(plan().scripted("z").priority(9));
        advance(single);
        assertThat(rig.running()).containsExactly("z");

        pass(single, Duration.ofSeconds(1));
        pass(single, Duration.ofSeconds(2));

        assertThat(rig.states(plan)).isEqualTo("x=FAILED");
        assertThat(rig.message(plan, "x")).endsWith("its deadline passed while it waited for a slot");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
    }

    @Test
    void thePoliciesFollowInTheSameTransaction() {
        UUID plan = waitingForTheLock(OnFailure.STOP);
        pass(applier, Duration.ofSeconds(3));

        assertThat(rig.states(plan)).isEqualTo("after=CANCELLED x=FAILED y=ONGOING");
        rig.runStarted();
        advance(applier);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
    }

    @Test
    void aRetryOfThePlanStartsTheDeadlineAnew() {
        UUID plan = waitingForTheLock(OnFailure.CONTINUE);
        pass(applier, Duration.ofSeconds(3));
        rig.runStarted();
        advance(applier);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);

        rig.clock.pass(Duration.ofHours(1));
        rig.control.retry(plan, OptionalLong.empty());
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aCancelledPlanIsNotToldOfItsDeadlines() {
        UUID plan = waitingForTheLock(OnFailure.CONTINUE);
        rig.control.cancel(plan, OptionalLong.empty());
        pass(applier, Duration.ofSeconds(3));
        rig.runStarted();
        advance(applier);

        assertThat(rig.states(plan)).startsWith("after=CANCELLED x=CANCELLED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void manyDeadlinesThatPassAtOnceAreHandledInPortions() {
        int many = 700;
        PlanBuilder builder = plan().capacity("lock", "D", 1).scripted("y").using("lock", "D", 1);
        for (int i = 0; i < many; i++) {
            builder.action("x" + i, "fail", Map.of("times", 1))
                    .tried(EVERY_SECOND)
                    .deadline(Duration.ofSeconds(3))
                    .using("lock", "D", 1);
        }
        UUID plan = rig.start(builder);
        Neo4jServer.query(
                """
                MATCH (x:Action {planUuid: $plan}) WHERE x.id <> 'y'
                SET x.startedAt = $now, x.deadlineAt = $now + duration('PT3S'), x.attempt = 1, x.applier = 'gone'
                """, Map.of("plan", plan.toString(), "now", rig.clock.instant().atZone(ZoneOffset.UTC)));
        PlanGraph plans = rig.plans(1);
        String me = plans.register();
        advance(plans, me, 1);
        assertThat(rig.states(plan)).contains("y=PENDING");
        rig.clock.pass(Duration.ofSeconds(3));

        AdvanceResult first = advance(plans, me, 500);
        assertThat(first.nextDue()).contains(Duration.ZERO);
        assertThat(failed(plan)).isEqualTo(500);

        advance(plans, me, 500);
        assertThat(failed(plan)).isEqualTo(many);
    }

    @Test
    void aLostAttemptAfterItsDeadlineIsNotRepeated() {
        UUID plan = rig.start(plan().scripted("x").tried(3).deadline(Duration.ofSeconds(3)));
        advance(applier);

        rig.leasesRunOut();
        advance(rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("x=FAILED");
        assertThat(rig.message(plan, "x")).endsWith("its outcome is unknown, and its deadline has passed");
    }

    @Test
    void aBackOffHoldsWhenAPathTakesThePlaceOfAParent() {
        UUID plan = rig.start(rig.failing(plan().scripted("w"), "q", "w")
                .action("x", "fail", Map.of("times", 1), "w")
                .tried(AFTER_20_SECONDS)
                .path("p", List.of("w", "q"), plan().scripted("p1")));
        advance(applier);
        rig.runStarted();
        advance(applier);
        rig.take("x").run();
        advance(applier);
        rig.runStarted();
        advance(applier);
        assertThat(rig.states(plan)).isEqualTo("p1=ONGOING q=FAILED w=SUCCEEDED x=PENDING");
        rig.runStarted();

        becomesDueAfter20Seconds(plan, applier);
    }

    @Test
    void aBackOffHoldsOverAPause() {
        UUID plan = failedOnce();
        pass(applier, Duration.ofSeconds(5));
        rig.control.pause(plan, OptionalLong.empty());
        advance(applier);
        rig.control.resume(plan, OptionalLong.empty());

        pass(applier, Duration.ofMillis(14_999));
        assertThat(rig.running()).isEmpty();
        pass(applier, Duration.ofMillis(1));
        assertThat(rig.running()).containsExactly("x");
    }

    @Test
    void aBackOffHoldsAfterARetryOfThePlan() {
        UUID plan = rig.start(plan().action("x", "fail", Map.of("times", 2))
                .tried(AFTER_20_SECONDS)
                .scripted("y"));
        advance(applier);
        rig.runStarted();
        advance(applier);
        rig.control.cancel(plan, OptionalLong.empty());
        rig.control.retry(plan, OptionalLong.empty());
        advance(applier);
        assertThat(rig.running()).as("a cancelled wait is over").containsExactly("x");
        rig.runStarted();
        advance(applier);

        becomesDueAfter20Seconds(plan, applier);
    }

    @Test
    void aBackOffHoldsWhenThePriorityChanges() {
        UUID plan = failedOnce();
        rig.control.setPriority(plan, OptionalLong.empty(), 50);

        becomesDueAfter20Seconds(plan, applier);
    }

    private UUID failedOnce() {
        UUID plan = rig.start(plan().action("x", "fail", Map.of("times", 1)).tried(AFTER_20_SECONDS));
        advance(applier);
        rig.runStarted();
        advance(applier);
        return plan;
    }

    private void becomesDueAfter20Seconds(UUID plan, Applier applier) {
        pass(applier, Duration.ofMillis(19_999));
        assertThat(rig.running()).isEmpty();
        pass(applier, Duration.ofMillis(1));
        assertThat(rig.running()).containsExactly("x");
        rig.finish(plan, applier);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    /** x has failed once and waits for the lock that y holds. */
    private UUID waitingForTheLock(OnFailure policy) {
        UUID plan = rig.start(plan().capacity("lock", "D", 1)
                .onFailure(policy)
                .action("x", "fail", Map.of("times", 1))
                .estimated(Duration.ofMinutes(1))
                .tried(EVERY_SECOND)
                .deadline(Duration.ofSeconds(3))
                .using("lock", "D", 1)
                .scripted("y")
                .using("lock", "D", 1)
                .action("after", "x"));
        advance(applier);
        rig.take("x").run();
        advance(applier);
        assertThat(rig.running()).containsExactly("y");
        return plan;
    }

    private void pass(Applier applier, Duration duration) {
        rig.clock.pass(duration);
        advance(applier);
    }

    private static void advance(Applier applier) {
        applier.step(true);
    }

    static AdvanceResult look(PlanGraph plans, String applier) {
        return advance(plans, applier, 100);
    }

    private static AdvanceResult advance(PlanGraph plans, String applier, int portion) {
        ResultJudge judge = new ResultJudge((_, why) -> new Outcome.Lost(why, true), RandomGenerator.getDefault());
        return plans.advance(new AdvanceRequest(applier, List.of(), List.of(), Set.of(), 0, portion), judge);
    }

    private static int failed(UUID plan) {
        return Neo4jServer.look(
                        "MATCH (p:ActionPlan {uuid: $plan}) RETURN p.failed AS failed", Map.of("plan", plan.toString()))
                .getFirst()
                .get("failed")
                .asInt();
    }
}
