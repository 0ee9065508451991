package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class RollBackTest {
    private Rig rig;
    private Applier applier;

    @BeforeEach
    void open() {
        rig = new Rig();
        applier = rig.applier(8);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static PlanBuilder scripted(PlanBuilder plan, String id, String... parents) {
        return plan.action(id, "scripted", Map.of("name", id), parents);
    }

    private PlanBuilder failing(PlanBuilder plan, String id, String... parents) {
        rig.scripted.on(id, () -> Result.failed(Failure.permanent(id + " broke")));
        return scripted(plan, id, parents);
    }

    /** a → b1, b2 → c; d beside; bad after c. */
    private PlanBuilder diamond() {
        PlanBuilder plan = scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a");
        scripted(scripted(scripted(scripted(plan, "b1", "a"), "b2", "a"), "c", "b1", "b2"), "d");
        return scripted(failing(plan, "bad", "c", "d"), "never", "bad");
    }

    @Test
    void whatHasSucceededIsRevertedInReversedOrder() {
        UUID plan = rig.start(diamond());

        rig.finish(plan, applier);

        assertThat(rig.states(plan))
                .isEqualTo(
                        "a=SUCCEEDED b1=SUCCEEDED b2=SUCCEEDED bad=FAILED c=SUCCEEDED d=SUCCEEDED never=CANCELLED"
                                + " revert a=SUCCEEDED revert b1=SUCCEEDED revert b2=SUCCEEDED revert c=SUCCEEDED revert d=SUCCEEDED");
        List<String> reverted = rig.scripted.ran().stream()
                .filter(name -> name.startsWith("revert"))
                .toList();
        assertThat(reverted).containsSubsequence("revert c", "revert b1", "revert a");
        assertThat(reverted).containsSubsequence("revert c", "revert b2", "revert a");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan)).isEqualTo("Action 'bad' failed: bad broke. What had succeeded was reverted.");
    }

    @Test
    void aRevertWhoseNameIsTakenInThePlanGetsAnother() {
        PlanBuilder plan = scripted(scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a"), "revert a", "a");
        UUID uuid = rig.start(failing(plan, "bad", "revert a"));

        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
        assertThat(rig.states(uuid))
                .matches("a=SUCCEEDED bad=FAILED revert a [0-9a-f-]{36}=SUCCEEDED revert a=SUCCEEDED"
                        + " revert revert a=SUCCEEDED");
    }

    @Test
    void whatIsIndependentIsRevertedAtOnce() {
        UUID plan = rig.start(diamond());
        for (int i = 0; i < 4; i++) {
            applier.step(true);
            rig.runStarted();
        }
        applier.step(true);

        assertThat(rig.states(plan)).contains("revert c=ONGOING", "revert d=ONGOING", "revert b1=PENDING");
        rig.take("revert c").run();
        applier.step(true);
        assertThat(rig.states(plan)).contains("revert b1=ONGOING", "revert b2=ONGOING", "revert a=PENDING");
    }

    @Test
    void aRollBackWaitsForWhatRunsAndRevertsThatToo() {
        PlanBuilder plan =
                scripted(scripted(PlanBuilder.plan(), "slow"), "next", "slow").onFailure(OnFailure.ROLLBACK);
        UUID uuid = rig.start(failing(plan, "bad"));
        applier.step(true);
        Runnable slow = rig.take("slow");
        rig.take("bad").run();
        applier.step(true);
        assertThat(rig.states(uuid)).isEqualTo("bad=FAILED next=CANCELLED slow=ONGOING");

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("bad=FAILED next=CANCELLED revert slow=SUCCEEDED slow=SUCCEEDED");
    }

    @Test
    void whatRunsWhenARollBackBeginsIsNotTriedAgain() {
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK);
        rig.scripted.on("slow", () -> Result.failed(Failure.retryable("not now")));
        UUID uuid = rig.start(failing(scripted(plan, "slow").tried(5), "bad"));
        applier.step(true);
        Runnable slow = rig.take("slow");
        rig.take("bad").run();
        applier.step(true);
        slow.run();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("bad=FAILED slow=FAILED");
        assertThat(rig.planMessage(uuid)).startsWith("Action 'bad' failed: bad broke");
    }

    @Test
    void aRevertThatFailsLeavesWhatWaitsForItAndIsNamed() {
        rig.scripted.on("revert b1", () -> Result.failed(Failure.permanent("stuck")));
        UUID plan = rig.start(diamond());

        rig.finish(plan, applier);

        assertThat(rig.states(plan))
                .contains("revert a=CANCELLED", "revert b1=FAILED", "revert b2=SUCCEEDED", "revert d=SUCCEEDED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan))
                .isEqualTo("Action 'bad' failed: bad broke. Not reverted: 'a', 'b1' (Action failed in revert: stuck).");
        assertThat(rig.message(plan, "revert a")).isEqualTo("Cancelled: it depends on 'revert b1', which failed.");
    }

    @Test
    void aRevertIsTriedAsOftenAsItsAction() {
        PlanBuilder plan =
                scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a").tried(3);
        rig.scripted.on("revert a", () -> Result.failed(Failure.retryable("not yet")));
        UUID uuid = rig.start(failing(plan, "bad", "a"));

        rig.finish(uuid, applier);

        assertThat(rig.attempts(uuid, "revert a"))
                .containsExactly("1 FAILED: not yet", "2 FAILED: not yet", "3 FAILED: not yet");
    }

    @Test
    void anActionTypeThatCannotRevertIsPassedOver() {
        PlanBuilder plan = scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a");
        plan.action("x", "fail", Map.of("times", 0), "a");
        UUID uuid = rig.start(failing(scripted(plan, "b", "x"), "bad", "b"));

        rig.finish(uuid, applier);

        assertThat(rig.scripted.ran()).endsWith("revert b", "revert a");
        assertThat(rig.states(uuid)).contains("revert x=SKIPPED", "revert a=SUCCEEDED");
        assertThat(rig.message(uuid, "revert x")).isEqualTo("Action type 'fail' cannot be reverted.");
        assertThat(rig.planMessage(uuid))
                .isEqualTo("Action 'bad' failed: bad broke."
                        + " Not reverted: 'x' (Action type 'fail' cannot be reverted.).");
    }

    @Test
    void theOrderHoldsAcrossWhatWasSkippedAndAcrossPaths() {
        PlanBuilder plan = scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a");
        rig.scripted.on("s", () -> Result.skipped("nothing to do"));
        scripted(scripted(plan, "s", "a"), "b", "s");
        failing(plan, "move", "b");
        scripted(plan, "after", "move");
        failing(plan, "bad", "after");
        plan.path("cold", List.of("move"), scripted(scripted(PlanBuilder.plan(), "p"), "q", "p"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.scripted.ran()).endsWith("bad", "revert after", "revert q", "revert p", "revert b", "revert a");
    }

    @Test
    void whatAPathHasRevertedIsNotRevertedAgain() {
        PlanBuilder plan = scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a");
        failing(plan, "b", "a");
        failing(plan, "bad", "b");
        plan.path("back", List.of("a", "b"), scripted(PlanBuilder.plan(), "p").revert());
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.scripted.ran()).containsExactly("a", "b", "revert a", "p", "bad", "revert p");
    }

    @Test
    void whatAPathWouldRevertIsRevertedOnceWhenThePlanIsRolledBackInTheSameMoment() {
        PlanBuilder plan = scripted(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "a");
        failing(failing(plan, "b"), "bad");
        UUID uuid = rig.start(plan.path(
                "instead",
                List.of("a", "b"),
                scripted(PlanBuilder.plan(), "other").revert()));
        applier.step(true);
        rig.runStarted();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=FAILED bad=FAILED other=CANCELLED revert a=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsOnlyOnce("revert a");
    }

    @Test
    void nothingToRevertEndsThePlanAtOnce() {
        UUID plan = rig.start(failing(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "bad"));

        rig.finish(plan, applier);

        assertThat(rig.states(plan)).isEqualTo("bad=FAILED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan)).isEqualTo("Action 'bad' failed: bad broke.");
    }

    @Test
    void aRollBackGoesOnAfterACrash() {
        UUID plan = rig.start(diamond());
        for (int i = 0; i < 5; i++) {
            applier.step(true);
            rig.runStarted();
        }
        assertThat(rig.states(plan)).contains("revert c=ONGOING");
        rig.started.clear();
        rig.leasesRunOut();

        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).contains("revert a=SUCCEEDED", "revert d=SUCCEEDED");
        assertThat(rig.planMessage(plan)).endsWith("What had succeeded was reverted.");
    }

    @Test
    void aRollBackThatIsCancelledNamesWhatIsLeft() {
        UUID plan = rig.start(diamond());
        for (int i = 0; i < 4; i++) {
            applier.step(true);
            rig.runStarted();
        }
        applier.step(true);
        rig.take("revert d").run();
        applier.step(true);
        rig.control.cancel(plan, OptionalLong.empty());
        rig.take("revert c").run();

        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(plan))
                .isEqualTo(
                        "Action 'bad' failed: bad broke. The roll-back was cancelled. Not reverted: 'a', 'b1', 'b2'.");
    }

    @Test
    void aRolledBackPlanIsRetriedFromTheStart() {
        UUID plan = rig.start(diamond());
        rig.finish(plan, applier);
        int before = rig.scripted.ran().size();
        rig.scripted.on("bad", Result::succeeded);

        rig.control.retry(plan, OptionalLong.empty());
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran().subList(before, rig.scripted.ran().size()))
                .containsExactlyInAnyOrder("a", "b1", "b2", "c", "d", "bad", "never");
    }

    @Test
    void aPlanMayBeRolledBackTwice() {
        UUID plan = rig.start(diamond());
        rig.finish(plan, applier);
        rig.control.retry(plan, OptionalLong.empty());
        rig.finish(plan, applier);

        assertThat(rig.states(plan)).contains("revert a (2)=SUCCEEDED", "revert a=SUCCEEDED");
        assertThat(rig.planMessage(plan)).endsWith("What had succeeded was reverted.");
    }
}
