package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.PlanGraph;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a plan may run: not before a time, and no longer than its deadline. */
@ExtendWith(Neo4jServer.class)
class PlanWindowTest {
    private static final OptionalLong ANY = OptionalLong.empty();

    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    @Test
    void afterItsDeadlineNothingStartsAndRunningActionsAreAborted() {
        UUID plan =
                rig.start(plan().scripted("a").scripted("b").scripted("c", "a").planDeadline(Duration.ofHours(8)));
        advance();
        pass(Duration.ofHours(8).minusMillis(1));
        assertThat(rig.states(plan)).isEqualTo("a=ONGOING b=ONGOING c=PENDING");

        pass(Duration.ofMillis(1));

        assertThat(rig.states(plan)).isEqualTo("a=ONGOING b=ONGOING c=CANCELLED");
        assertThat(rig.message(plan, "c")).isEqualTo("Cancelled: the plan's deadline of PT8H has passed.");
        assertThat(Rig.one(
                        "MATCH (a:Action {planUuid: $plan, id: 'a'})<-[:RUNS]-(m:Applier) RETURN a.abort AS it", plan))
                .isEqualTo("Cancelled: the plan's deadline of PT8H has passed.");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.ONGOING);
        assertThat(rig.planMessage(plan)).isEqualTo("The plan's deadline of PT8H has passed.");

        rig.runStarted();
        advance();

        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan)).isEqualTo("The plan's deadline of PT8H has passed.");
    }

    @Test
    void theDeadlineOfAPausedPlanRunsOn() {
        UUID plan = rig.start(plan().scripted("a").scripted("b", "a").planDeadline(Duration.ofMinutes(1)));
        advance();
        rig.runStarted();
        rig.control.pause(plan, ANY);
        advance();
        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=PENDING");

        pass(Duration.ofMinutes(1));

        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=CANCELLED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan)).isEqualTo("The plan's deadline of PT1M has passed.");
    }

    @Test
    void thereIsNeitherARetryNorAPathNorARollBackAfterTheDeadline() {
        rig.scripted.on("b", () -> Result.failed(Failure.retryable("not now")));
        UUID plan = rig.start(plan().onFailure(OnFailure.ROLLBACK)
                .scripted("a")
                .scripted("b", "a")
                .tried(5)
                .path("other", List.of("b"), plan().scripted("stand-in"))
                .planDeadline(Duration.ofSeconds(20)));
        advance();
        rig.runStarted();
        advance();
        rig.clock.pass(Duration.ofSeconds(20));
        rig.runStarted();
        advance();

        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=FAILED stand-in=STANDBY");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan)).isEqualTo("The plan's deadline of PT20S has passed.");
    }

    @Test
    void theDeadlineEndsARollBack() {
        UUID plan = rig.start(rig.failing(plan().onFailure(OnFailure.ROLLBACK).scripted("a"), "bad", "a")
                .planDeadline(Duration.ofMinutes(1)));
        advance();
        rig.runStarted();
        advance();
        rig.runStarted();
        advance();
        advance();
        assertThat(rig.states(plan)).contains("revert a=ONGOING");
        rig.scripted.on("revert a", () -> Result.failed(Failure.retryable("not now")));

        pass(Duration.ofMinutes(1));
        rig.runStarted();
        advance();

        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan))
                .startsWith(
                        "Action 'bad' failed: bad broke. Then the plan's deadline of PT1M passed. Not reverted: 'a'");
    }

    @Test
    void aRetryStartsTheDeadlineAnew() {
        UUID plan = rig.start(plan().scripted("a").scripted("b", "a").planDeadline(Duration.ofMinutes(1)));
        advance();
        pass(Duration.ofMinutes(1));
        rig.runStarted();
        advance();
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);

        rig.clock.pass(Duration.ofHours(1));
        rig.control.retry(plan, ANY);
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void theApplierKnowsWhenADeadlineOrABeginComes() {
        rig.start(plan().scripted("a").planDeadline(Duration.ofSeconds(20)));
        advance();
        rig.start(plan().scripted("later").notBefore(rig.clock.instant().plusSeconds(10)));
        PlanGraph plans = rig.plans(0);
        String other = plans.register();

        assertThat(DeadlinesTest.look(plans, other).nextDue()).contains(Duration.ofSeconds(10));
        rig.clock.pass(Duration.ofSeconds(10));
        assertThat(plans.hasWork(other)).isTrue();
        assertThat(DeadlinesTest.look(plans, other).nextDue()).contains(Duration.ofSeconds(10));
    }

    @Test
    void aStartedPlanWaitsForItsTime() {
        UUID plan = rig.start(plan().scripted("a").notBefore(rig.clock.instant().plusSeconds(60)));
        advance();
        assertThat(rig.planState(plan)).isEqualTo(PlanState.PENDING);
        assertThat(rig.planMessage(plan)).isEqualTo("It begins at 2026-11-22T12:01:00Z or later: its not_before.");

        pass(Duration.ofMillis(59_999));
        assertThat(rig.planState(plan)).isEqualTo(PlanState.PENDING);

        pass(Duration.ofMillis(1));
        assertThat(rig.planState(plan)).isEqualTo(PlanState.ONGOING);
        assertThat(rig.planMessage(plan)).isEmpty();
        assertThat(rig.running()).containsExactly("a");
    }

    @Test
    void aPlanThatWaitsForItsTimeMayBePausedResumedAndCancelled() {
        UUID plan = rig.start(plan().scripted("a").notBefore(rig.clock.instant().plusSeconds(60)));
        assertThat(rig.control.pause(plan, ANY)).isInstanceOf(Change.Done.class);
        pass(Duration.ofMinutes(2));
        assertThat(rig.planState(plan)).isEqualTo(PlanState.PENDING);
        rig.control.resume(plan, ANY);
        advance();
        assertThat(rig.planState(plan)).isEqualTo(PlanState.ONGOING);

        UUID other =
                rig.start(plan().scripted("b").notBefore(rig.clock.instant().plusSeconds(60)));
        assertThat(rig.control.cancel(other, ANY)).isInstanceOf(Change.Done.class);
        pass(Duration.ofMinutes(2));
        assertThat(rig.planState(other)).isEqualTo(PlanState.CANCELLED);
        assertThat(rig.states(other)).isEqualTo("b=CANCELLED");
    }

    @Test
    void aRetryWaitsForTheTimeOnlyIfItIsStillToCome() {
        UUID plan =
                rig.start(rig.failing(plan(), "a").notBefore(rig.clock.instant().plusSeconds(60)));
        pass(Duration.ofMinutes(1));
        rig.finish(plan, applier);
        rig.scripted.on("a", Result::succeeded);

        rig.control.retry(plan, ANY);
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);

        UUID other =
                rig.start(plan().scripted("b").notBefore(rig.clock.instant().plusSeconds(3600)));
        rig.control.cancel(other, ANY);
        rig.control.retry(other, ANY);
        advance();
        assertThat(rig.planState(other)).isEqualTo(PlanState.PENDING);
        assertThat(rig.planMessage(other)).endsWith("or later: its not_before.");
    }

    @Test
    void theTimeoutOfAnActionDoesNotLimitItsRevert() {
        PlanBuilder builder = plan().onFailure(OnFailure.ROLLBACK)
                .scripted("a")
                .timeout(Duration.ofSeconds(5))
                .scripted("b")
                .timeout(Duration.ofSeconds(5))
                .revertTimeout(Duration.ofSeconds(60));
        UUID plan = rig.start(rig.failing(builder, "bad", "a", "b"));
        advance();
        rig.runStarted();
        advance();
        rig.runStarted();
        advance();
        advance();
        assertThat(rig.running()).containsExactlyInAnyOrder("revert a", "revert b");

        assertThat(Neo4jServer.look("""
                        MATCH (a:Action {planUuid: $plan}) WHERE a.reverts IS NOT NULL
                        RETURN a.id + ' ' + coalesce(a.timeoutSeconds, 'without limit') AS it
                        """, Map.of("plan", plan.toString())))
                .extracting(row -> row.get("it").asString())
                .containsExactlyInAnyOrder("revert a without limit", "revert b 60.0");
        rig.finish(plan, applier);
        assertThat(rig.planMessage(plan)).endsWith("The succeeded actions were reverted.");
    }

    private void pass(Duration duration) {
        rig.clock.pass(duration);
        advance();
    }

    private void advance() {
        applier.step(true);
    }
}
