package interlock.neo4j.advance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class RollBackTest {
    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    /** a → b1, b2 → c; d beside; bad after c. */
    private PlanBuilder diamond() {
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a");
        plan.scripted("b1", "a").scripted("b2", "a").scripted("c", "b1", "b2").scripted("d");
        return rig.failing(plan, "bad", "c", "d").scripted("never", "bad");
    }

    @Test
    void succeededActionsAreRevertedInReverseOrder() {
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
        assertThat(rig.planMessage(plan))
                .isEqualTo("Action 'bad' failed: bad broke. The succeeded actions were reverted.");
    }

    @Test
    void aRevertWhoseNameIsTakenInThePlanGetsAnother() {
        PlanBuilder plan =
                PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a").scripted("revert a", "a");
        UUID uuid = rig.start(rig.failing(plan, "bad", "revert a"));

        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
        assertThat(rig.states(uuid))
                .matches("a=SUCCEEDED bad=FAILED revert a [0-9a-f-]{36}=SUCCEEDED revert a=SUCCEEDED"
                        + " revert revert a=SUCCEEDED");
    }

    @Test
    void howLongARevertTakesIsUnknown() {
        PlanBuilder plan =
                PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a").estimated(Duration.ofMinutes(1));
        UUID uuid = rig.start(rig.failing(plan, "bad", "a"));

        rig.finish(uuid, applier);

        assertThat(Neo4jServer.query("""
                        MATCH (revert:Action)-[:REVERTS]->(undone)
                        RETURN undone.expectedSeconds AS seconds, revert.estimatedSeconds AS estimated, revert.expectedSeconds AS expected
                        """, Map.of()))
                .extracting(
                        row -> row.get("seconds").asDouble(),
                        row -> row.get("estimated").isNull(),
                        row -> row.get("expected").isNull())
                .containsExactly(tuple(60.0, true, true));
    }

    @Test
    void independentActionsAreRevertedInParallel() {
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
                PlanBuilder.plan().scripted("slow").scripted("next", "slow").onFailure(OnFailure.ROLLBACK);
        UUID uuid = rig.start(rig.failing(plan, "bad"));
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
    void actionsRunningWhenARollBackBeginsAreNotRetried() {
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK);
        rig.scripted.on("slow", () -> Result.failed(Failure.retryable("not now")));
        UUID uuid = rig.start(rig.failing(plan.scripted("slow").tried(5), "bad"));
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
                PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a").tried(3);
        rig.scripted.on("revert a", () -> Result.failed(Failure.retryable("not yet")));
        UUID uuid = rig.start(rig.failing(plan, "bad", "a"));

        rig.finish(uuid, applier);

        assertThat(rig.attempts(uuid, "revert a"))
                .containsExactly("1 FAILED: not yet", "2 FAILED: not yet", "3 FAILED: not yet");
    }

    @Test
    void anActionTypeThatCannotRevertIsPassedOver() {
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a");
        plan.action("x", "fail", Map.of("times", 0), "a");
        UUID uuid = rig.start(rig.failing(plan.scripted("b", "x"), "bad", "b"));

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
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a");
        rig.scripted.on("s", () -> Result.skipped("nothing to do"));
        plan.scripted("s", "a").scripted("b", "s");
        rig.failing(plan, "move", "b");
        plan.scripted("after", "move");
        rig.failing(plan, "bad", "after");
        plan.path("cold", List.of("move"), PlanBuilder.plan().scripted("p").scripted("q", "p"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.scripted.ran()).endsWith("bad", "revert after", "revert q", "revert p", "revert b", "revert a");
    }

    @Test
    void actionsRevertedByAPathAreNotRevertedAgain() {
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a");
        rig.failing(plan, "b", "a");
        rig.failing(plan, "bad", "b");
        plan.path("back", List.of("a", "b"), PlanBuilder.plan().scripted("p").revert());
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.scripted.ran()).containsExactly("a", "b", "revert a", "p", "bad", "revert p");
    }

    @Test
    void actionsAreRevertedOnceWhenAPathAndARollBackRevertThemTogether() {
        PlanBuilder plan = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a");
        rig.failing(rig.failing(plan, "b"), "bad");
        UUID uuid = rig.start(plan.path(
                "instead",
                List.of("a", "b"),
                PlanBuilder.plan().scripted("other").revert()));
        applier.step(true);
        rig.runStarted();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=FAILED bad=FAILED other=CANCELLED revert a=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsOnlyOnce("revert a");
    }

    @Test
    void nothingToRevertEndsThePlanAtOnce() {
        UUID plan = rig.start(rig.failing(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), "bad"));

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
        assertThat(rig.planMessage(plan)).endsWith("The succeeded actions were reverted.");
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
        assertThat(rig.planMessage(plan)).endsWith("The succeeded actions were reverted.");
    }

    @Test
    void aRollBackNamesWhatIsInDoubt() {
        rig.scripted.on("slow", () -> Result.failed(Failure.inDoubt("timed out after PT5S")));
        PlanBuilder builder = PlanBuilder.plan().onFailure(OnFailure.ROLLBACK).scripted("a");
        UUID plan = rig.start(builder.scripted("slow", "a").scripted("never", "slow"));

        rig.finish(plan, applier);

        assertThat(rig.planMessage(plan))
                .isEqualTo("Action 'slow' failed: timed out after PT5S. The succeeded actions were reverted."
                        + " In doubt: 'slow' (timed out after PT5S).");
    }

    @Test
    void revertsOfSeveralPathsHaveNumbersOfTheirOwn() {
        PlanBuilder builder = PlanBuilder.plan().scripted("a1").scripted("a2", "a1");
        builder.scripted("b1").scripted("b2", "b1");
        rig.failing(rig.failing(builder, "bad a", "a2"), "bad b", "b2");
        builder.path(
                "for a",
                List.of("a1", "a2", "bad a"),
                PlanBuilder.plan().scripted("c").revert());
        builder.path(
                "for b",
                List.of("b1", "b2", "bad b"),
                PlanBuilder.plan().scripted("d").revert());
        UUID plan = rig.start(builder);

        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.states(plan)).contains("revert a1=SUCCEEDED", "revert b2=SUCCEEDED");
        assertThat(Neo4jServer.look(
                        "MATCH (a:Action {planUuid: $plan}) RETURN a.number AS it ORDER BY it",
                        Map.of("plan", plan.toString())))
                .extracting(row -> row.get("it").asInt())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
}
