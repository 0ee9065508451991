package interlock.neo4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl.Change;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of people for a plan, and their effects in the applier. */
@ExtendWith(Neo4jServer.class)
class ControlTest {
    private static final OptionalLong ANY = OptionalLong.empty();

    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    private UUID action(UUID plan, String id) {
        return UUID.fromString(Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: $id}) RETURN a.uuid AS it",
                        Map.of("plan", plan.toString(), "id", id))
                .getFirst()
                .get("it")
                .asString());
    }

    @Test
    void aCancelAbortsWhatCanAbortAndAwaitsTheRest() {
        PlanBuilder plan = PlanBuilder.plan().action("nap", "sleep", Map.of("duration", 1000));
        UUID uuid = rig.start(plan.scripted("busy").scripted("next", "nap"));
        applier.step(true);
        Runnable nap = rig.take("nap");
        Runnable busy = rig.take("busy");

        assertThat(rig.control.cancel(uuid, ANY)).isEqualTo(new Change.Done(uuid));
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.CANCELLING);
        assertThat(rig.states(uuid)).isEqualTo("busy=ONGOING nap=ONGOING next=CANCELLED");
        applier.step(true);
        rig.runStarted();
        nap.run();
        applier.step(true);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.CANCELLING);
        assertThat(rig.states(uuid)).isEqualTo("busy=ONGOING nap=CANCELLED next=CANCELLED");
        busy.run();
        applier.step(true);

        assertThat(rig.states(uuid)).isEqualTo("busy=SUCCEEDED nap=CANCELLED next=CANCELLED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.CANCELLED);
        assertThat(rig.planMessage(uuid)).isEqualTo("Cancelled by user.");
        assertThat(rig.attempts(uuid, "nap")).containsExactly("1 ABORTED: Cancelled by user.");
    }

    @Test
    void aCancelFindsActionsOfAnotherApplierBeforeItIsWoken() {
        UUID plan = rig.start(PlanBuilder.plan().action("nap", "sleep", Map.of("duration", 1000)));
        applier.step(true);
        Runnable nap = rig.take("nap");
        rig.control.cancel(plan, ANY);

        applier.step(false);
        rig.runStarted();
        nap.run();
        applier.step(false);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void aPlanThatHasNotBegunIsCancelledAtOnce() {
        UUID recommended = rig.store.create(PlanBuilder.plan().action("a").build());
        UUID pending = rig.start(PlanBuilder.plan().action("a"));

        rig.control.cancel(recommended, ANY);
        rig.control.cancel(pending, ANY);

        for (UUID plan : new UUID[] {recommended, pending}) {
            assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
            assertThat(rig.states(plan)).isEqualTo("a=CANCELLED");
        }
    }

    @Test
    void anActionLostWhileItsPlanIsCancelledIsCancelled() {
        UUID plan = rig.start(PlanBuilder.plan().scripted("a"));
        applier.step(true);
        rig.started.clear();
        rig.control.cancel(plan, ANY);
        rig.leasesRunOut();

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("a=CANCELLED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void aFailureWhileThePlanIsCancelledIsNotTriedAgain() {
        rig.scripted.on("a", () -> Result.failed(Failure.retryable("no")));
        UUID plan = rig.start(
                PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a").tried(3));
        applier.step(true);
        Runnable a = rig.take("a");
        rig.control.cancel(plan, ANY);
        a.run();

        rig.finish(plan, applier);

        assertThat(rig.states(plan)).isEqualTo("a=FAILED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void nothingStartsWhileAPlanIsPaused() {
        UUID plan =
                rig.start(PlanBuilder.plan().scripted("a").scripted("b", "a").scripted("c"));
        applier.step(true);
        rig.take("c");
        rig.control.pause(plan, ANY);
        rig.runStarted();
        applier.step(true);
        applier.step(true);
        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=PENDING c=ONGOING");
        assertThat(rig.started).isEmpty();

        rig.control.resume(plan, ANY);
        applier.step(true);
        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=ONGOING c=ONGOING");
    }

    @Test
    void aPlanPausedBeforeItBeginsWaits() {
        UUID plan = rig.start(PlanBuilder.plan().action("a"));
        rig.control.pause(plan, ANY);
        applier.step(true);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.PENDING);

        rig.control.resume(plan, ANY);
        rig.finish(plan, applier);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aRetryThatFallsDueInAPauseWaitsForItsEndAndMakesNoWork() {
        PlanBuilder plan =
                PlanBuilder.plan().action("a", "fail", Map.of("times", 1)).tried(2);
        UUID uuid = rig.start(plan);
        applier.step(true);
        rig.runStarted();
        applier.step(true);
        rig.control.pause(uuid, ANY);
        applier.step(true);
        rig.clock.pass(Duration.ofSeconds(9));
        int advances = rig.advances.size();
        applier.step(false);
        assertThat(rig.advances).hasSize(advances);
        assertThat(rig.started).isEmpty();

        rig.control.resume(uuid, ANY);
        rig.finish(uuid, applier);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void anActionSkippedBeforeTheStartIsComplete() {
        UUID plan = rig.store.create(
                PlanBuilder.plan().scripted("a").scripted("b", "a").build());
        rig.actions.skip(action(plan, "a"), Optional.of("not wanted"));
        assertThat(rig.states(plan)).isEqualTo("a=SKIPPED b=PENDING");
        assertThat(rig.message(plan, "a")).isEqualTo("Action skipped by user. Reason: not wanted");

        rig.control.start(plan, ANY);
        rig.finish(plan, applier);

        assertThat(rig.states(plan)).isEqualTo("a=SKIPPED b=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsExactly("b");
        assertThat(rig.planMessage(plan)).isEqualTo("One or more actions were skipped.");
    }

    @Test
    void anActionSkippedWhileThePlanRunsLetsItsChildrenStartAfterItsParents() {
        UUID plan =
                rig.start(PlanBuilder.plan().scripted("a").scripted("b", "a").scripted("c", "b"));
        applier.step(true);
        rig.actions.skip(action(plan, "b"), Optional.empty());
        applier.step(true);
        assertThat(rig.states(plan)).isEqualTo("a=ONGOING b=SKIPPED c=PENDING");
        rig.runStarted();
        applier.step(true);

        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=SKIPPED c=ONGOING");
        assertThat(rig.message(plan, "b")).isEqualTo("Action skipped by user.");
    }

    @Test
    void theLastActionSkippedEndsThePlan() {
        PlanBuilder plan = PlanBuilder.plan().action("a", "fail", Map.of()).tried(5);
        UUID uuid = rig.start(plan);
        applier.step(true);
        rig.runStarted();
        applier.step(true);

        rig.actions.skip(action(uuid, "a"), Optional.empty());

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void onlyPendingActionsCanBeSkipped() {
        PlanBuilder plan = PlanBuilder.plan().scripted("a").scripted("b", "a");
        plan.path("p", java.util.List.of("b"), PlanBuilder.plan().scripted("s"));
        UUID uuid = rig.start(plan);
        applier.step(true);
        assertThat(rig.actions.skip(action(uuid, "a"), Optional.empty()))
                .isEqualTo(new Change.Refused("ONGOING", "Couldn't skip when state is 'ONGOING'."));
        assertThat(rig.actions.skip(action(uuid, "s"), Optional.empty()))
                .isEqualTo(new Change.Refused("STANDBY", "Couldn't skip when state is 'STANDBY'."));
        rig.finish(uuid, applier);
        assertThat(rig.actions.skip(action(uuid, "a"), Optional.empty()))
                .isEqualTo(new Change.Refused("SUCCEEDED", "Couldn't skip when the plan's state is 'SUCCEEDED'."));
        assertThat(rig.actions.skip(UUID.randomUUID(), Optional.empty())).isEqualTo(new Change.Unknown());
    }

    @Test
    void aRetriedPlanRunsWhatFailedAndWhatWasCancelled() {
        PlanBuilder plan =
                rig.failing(PlanBuilder.plan().scripted("a"), "b", "a").tried(2);
        UUID uuid = rig.start(plan.scripted("c", "b").scripted("d", "a"));
        rig.finish(uuid, applier);
        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=FAILED c=CANCELLED d=SUCCEEDED");
        rig.scripted.on("b", Result::succeeded);
        int before = rig.scripted.ran().size();

        assertThat(rig.control.retry(uuid, ANY)).isEqualTo(new Change.Done(uuid));
        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=PENDING c=PENDING d=SUCCEEDED");
        assertThat(rig.planMessage(uuid)).isEmpty();
        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran().subList(before, before + 2)).containsExactly("b", "c");
        assertThat(rig.attempts(uuid, "b")).hasSize(2);
        assertThat(rig.attempts(uuid, "a")).hasSize(1);
    }

    @Test
    void aRetryBeginsTheCountingOfFailuresAnew() {
        PlanBuilder plan =
                PlanBuilder.plan().action("a", "fail", Map.of("message", "no")).tried(2);
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);
        rig.control.retry(uuid, ANY);
        rig.finish(uuid, applier);

        assertThat(rig.attempts(uuid, "a"))
                .containsExactly("1 FAILED: no", "2 FAILED: no", "3 FAILED: no", "4 FAILED: no");
        assertThat(rig.planMessage(uuid)).isEqualTo("Action 'a' failed: no");
    }

    @Test
    void aCancelledPlanIsRetried() {
        UUID plan = rig.start(PlanBuilder.plan().scripted("a").scripted("b", "a"));
        applier.step(true);
        rig.control.cancel(plan, ANY);
        rig.finish(plan, applier);
        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=CANCELLED");

        rig.control.retry(plan, ANY);
        rig.finish(plan, applier);

        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED b=SUCCEEDED");
    }

    @Test
    void aPathCancelledBeforeItWasOpenedRevertsWhenItsPlanIsRetried() {
        PlanBuilder plan = PlanBuilder.plan().scripted("a").scripted("slow");
        rig.failing(plan, "b", "a");
        plan.path(
                "back",
                java.util.List.of("a", "b", "slow"),
                PlanBuilder.plan().scripted("p").revert());
        UUID uuid = rig.start(plan);
        applier.step(true);
        Runnable slow = rig.take("slow");
        rig.runStarted();
        applier.step(true);
        rig.runStarted();
        applier.step(true);
        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=FAILED p=PENDING slow=ONGOING");
        rig.control.cancel(uuid, ANY);
        slow.run();
        rig.finish(uuid, applier);
        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=FAILED p=CANCELLED slow=SUCCEEDED");

        rig.control.retry(uuid, ANY);
        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran()).endsWith("p").contains("revert a", "revert slow");
    }

    @Test
    void aPlanWithTheSameAuditSupersedes() {
        UUID audit = UUID.randomUUID();
        UUID old = rig.store.create(PlanBuilder.plan().action("a").audit(audit).build());
        UUID other = rig.store.create(
                PlanBuilder.plan().action("a").audit(UUID.randomUUID()).build());
        UUID started = rig.start(PlanBuilder.plan().action("a").audit(audit));
        UUID latest =
                rig.store.create(PlanBuilder.plan().action("a").audit(audit).build());

        assertThat(rig.planState(old)).isEqualTo(PlanState.SUPERSEDED);
        assertThat(rig.states(old)).isEqualTo("a=CANCELLED");
        assertThat(rig.planMessage(old)).isEqualTo("Superseded by plan " + started + ".");
        assertThat(rig.planState(other)).isEqualTo(PlanState.RECOMMENDED);
        assertThat(rig.planState(started)).isEqualTo(PlanState.PENDING);
        assertThat(rig.planState(latest)).isEqualTo(PlanState.RECOMMENDED);
    }

    @Test
    void aPlanOfTheSameNameSupersedesIfItSaysSo() {
        UUID old = rig.store.create(PlanBuilder.plan().action("a").build());
        rig.store.create(PlanBuilder.plan().action("a").build());
        assertThat(rig.planState(old)).isEqualTo(PlanState.RECOMMENDED);

        rig.store.create(PlanBuilder.plan().action("a").supersede().build());
        assertThat(rig.planState(old)).isEqualTo(PlanState.SUPERSEDED);
    }

    @Test
    void aPlanThatNobodyStartsExpires() {
        UUID old = rig.store.create(PlanBuilder.plan().action("a").build());
        rig.clock.pass(Duration.ofHours(23));
        UUID young = rig.store.create(PlanBuilder.plan().action("a").build());
        assertThat(rig.store.supersedeExpired(Duration.ofHours(24))).isEmpty();
        rig.clock.pass(Duration.ofHours(2));

        assertThat(rig.store.supersedeExpired(Duration.ofHours(24))).containsExactly(old);

        assertThat(rig.planState(old)).isEqualTo(PlanState.SUPERSEDED);
        assertThat(rig.planState(young)).isEqualTo(PlanState.RECOMMENDED);
        assertThat(rig.planMessage(old)).contains("24");
    }

    @Test
    void theDeadlineCountsFromTheFirstAttempt() {
        PlanBuilder plan = PlanBuilder.plan()
                .action("a", "fail", Map.of("message", "no"))
                .tried(100)
                .deadline(Duration.ofSeconds(10));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.attempts(uuid, "a")).hasSize(4); // after 0, 1, 3 and 7 seconds; the next would be after 15
        assertThat(rig.message(uuid, "a"))
                .isEqualTo("Action failed in execute: no; its deadline leaves no time for another attempt");
    }
}
