package interlock.applier.failure;

import static interlock.applier.PlanBuilder.plan;
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
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Actions that run when all others have ended. */
@ExtendWith(Neo4jServer.class)
class FinallyTest {
    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    @Test
    void theyRunAfterSuccessAndAfterFailureUnderEachPolicy() {
        UUID succeeded = finished(plan().scripted("a").last(enable()));

        assertThat(rig.states(succeeded)).isEqualTo("a=SUCCEEDED enable=SUCCEEDED report=SUCCEEDED");
        assertThat(rig.planState(succeeded)).isEqualTo(PlanState.SUCCEEDED);

        for (OnFailure policy : List.of(OnFailure.CONTINUE, OnFailure.STOP, OnFailure.ROLLBACK, OnFailure.IGNORE)) {
            UUID failed = finished(rig.failing(plan().onFailure(policy).scripted("done"), "f")
                    .scripted("child", "f")
                    .last(enable()));

            assertThat(rig.states(failed))
                    .as(policy.name())
                    .contains("enable=SUCCEEDED", "report=SUCCEEDED", "f=FAILED");
            assertThat(rig.planState(failed)).as(policy.name()).isEqualTo(PlanState.FAILED);
            assertThat(rig.planMessage(failed)).as(policy.name()).startsWith("Action 'f' failed: f broke");
        }
    }

    @Test
    void theyWaitForAllOthers() {
        UUID uuid = rig.start(rig.failing(plan(), "move-a").scripted("move-b").last(enable()));

        applier.step(true);
        Runnable slow = rig.take("move-b");
        rig.runStarted();
        applier.step(true);

        assertThat(rig.states(uuid)).isEqualTo("enable=STANDBY move-a=FAILED move-b=ONGOING report=STANDBY");

        slow.run();
        applier.step(true);
        applier.step(true);

        assertThat(rig.running()).containsExactly("enable");

        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
    }

    @Test
    void theyRunAfterACancelAndThePlanEndsCancelledAllTheSame() {
        UUID uuid = rig.start(plan().scripted("move").scripted("next", "move").last(enable()));
        applier.step(true);
        rig.control.cancel(uuid, OptionalLong.empty());

        rig.runStarted();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("enable=SUCCEEDED move=SUCCEEDED next=CANCELLED report=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.CANCELLED);
        assertThat(rig.planMessage(uuid)).isEqualTo("Cancelled by user.");
    }

    @Test
    void theyDoNotRunInAPlanThatNeverRan() {
        UUID uuid = rig.start(plan().scripted("move").last(enable()));

        rig.control.cancel(uuid, OptionalLong.empty());

        assertThat(rig.states(uuid)).isEqualTo("enable=STANDBY move=CANCELLED report=STANDBY");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void aFailureInThemMakesThePlanFailAlsoAfterACancel() {
        UUID uuid =
                finished(plan().scripted("a").last(rig.failing(plan(), "enable").scripted("report")));

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED enable=FAILED report=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);

        UUID cancelled = rig.start(plan().scripted("b").last(rig.failing(plan(), "enable")));
        applier.step(true);
        rig.control.cancel(cancelled, OptionalLong.empty());
        rig.runStarted();
        rig.finish(cancelled, applier);

        assertThat(rig.planState(cancelled)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(cancelled)).isEqualTo("Cancelled by user. Action 'enable' failed: enable broke");
    }

    @Test
    void theirOwnRetriesAndPathsCount() {
        rig.scripted.on("enable", () -> Result.failed(Failure.retryable("not yet")));
        UUID uuid = finished(plan().scripted("a")
                .last(plan().scripted("enable").tried(2).path("by hand", List.of("enable"), plan().scripted("call"))));

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED call=SUCCEEDED enable=FAILED");
        assertThat(rig.attempts(uuid, "enable")).hasSize(2);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aSecondCancelThatAbortsEndsThem() {
        UUID uuid = rig.start(plan().scripted("a").last(enable()));
        applier.step(true);
        rig.control.cancel(uuid, OptionalLong.empty());
        rig.runStarted();
        applier.step(true);
        applier.step(true);

        assertThat(rig.running()).containsExactly("enable");
        assertThat(rig.control.cancel(uuid, OptionalLong.empty())).isInstanceOf(Change.Refused.class);

        rig.control.cancel(uuid, OptionalLong.empty(), true);
        rig.runStarted();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED enable=SUCCEEDED report=CANCELLED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void theyWaitWhileThePlanIsPaused() {
        UUID uuid = rig.start(plan().scripted("a").last(enable()));
        applier.step(true);
        rig.control.pause(uuid, OptionalLong.empty());
        rig.runStarted();
        applier.step(true);
        applier.step(true);

        assertThat(rig.running()).isEmpty();
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.ONGOING);

        rig.control.resume(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED enable=SUCCEEDED report=SUCCEEDED");
    }

    @Test
    void aRetryOfThePlanRunsThemAgainAsAWhole() {
        UUID uuid = finished(rig.failing(plan(), "f")
                .last(rig.failing(plan(), "enable")
                        .scripted("report")
                        .path("by hand", List.of("enable"), plan().scripted("call"))));

        assertThat(rig.states(uuid)).isEqualTo("call=SUCCEEDED enable=FAILED f=FAILED report=SUCCEEDED");

        rig.scripted.on("f", Result::succeeded);
        rig.scripted.on("enable", Result::succeeded);
        rig.control.retry(uuid, OptionalLong.empty());

        assertThat(rig.states(uuid)).isEqualTo("call=STANDBY enable=STANDBY f=PENDING report=STANDBY");

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("call=STANDBY enable=SUCCEEDED f=SUCCEEDED report=SUCCEEDED");
        assertThat(rig.attempts(uuid, "report")).hasSize(2);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void theyRunAgainWhenTheirApplierIsLost() {
        UUID uuid = rig.start(plan().scripted("a").last(enable()));
        applier.step(true);
        rig.runStarted();
        applier.step(true);
        applier.step(true);
        rig.take("enable");
        rig.leasesRunOut();

        rig.finish(uuid, rig.applier(8));

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED enable=SUCCEEDED report=SUCCEEDED");
        assertThat(rig.attempts(uuid, "enable")).hasSize(2);
    }

    private static PlanBuilder enable() {
        return plan().scripted("enable").scripted("report", "enable");
    }

    private UUID finished(PlanBuilder plan) {
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);
        return uuid;
    }
}
