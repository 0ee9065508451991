package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.RetryPolicy;
import interlock.applier.Applier;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Retries, time-outs and failure policies. */
@ExtendWith(Neo4jServer.class)
class FailureHandlingTest {
    @AutoClose
    private final Rig rig = new Rig();

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

    @Test
    void anAttemptThatOutlivesItsTimeoutIsStoppedAndFails() {
        rig.scripted.on("slow", () -> {
            throw new InterruptedException();
        });
        UUID plan = rig.start(plan().scripted("slow").timeout(Duration.ofSeconds(5)));
        Applier applier = rig.applier(8);

        applier.step(true);
        rig.clock.pass(Duration.ofSeconds(5));
        applier.step(false);
        rig.finish(plan, applier);

        assertThat(rig.attempts(plan, "slow")).containsExactly("1 FAILED: timed out after PT5S");
    }

    @Test
    void everythingThatATypeThrowsIsAFailureOfItsAction() {
        rig.scripted.on("a", () -> {
            throw new IllegalStateException("the world is not as it should be");
        });
        rig.scripted.on("b", () -> {
            throw new StackOverflowError();
        });
        UUID plan = rig.start(plan().scripted("a").scripted("b"));

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
}
