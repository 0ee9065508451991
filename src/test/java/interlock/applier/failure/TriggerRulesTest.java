package interlock.applier.failure;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.TriggerRule;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When actions start, by the ends of their parents. */
@ExtendWith(Neo4jServer.class)
class TriggerRulesTest {
    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    @Test
    void conditionsOnResultsOfParentsAsInArgo() {
        PlanBuilder plan = rig.failing(plan().scripted("A").scripted("B", "A"), "C", "A")
                .scripted("should-execute-1", "A", "C")
                .rule(TriggerRule.ALL_DONE)
                .scripted("should-execute-2", "B", "C")
                .rule(TriggerRule.ONE_FAILED)
                .scripted("should-not-execute", "B", "C")
                .scripted("should-execute-3", "should-execute-2", "should-not-execute")
                .rule(TriggerRule.ALL_DONE);

        UUID uuid = finished(plan);

        assertThat(rig.states(uuid))
                .isEqualTo("A=SUCCEEDED B=SUCCEEDED C=FAILED should-execute-1=SUCCEEDED should-execute-2=SUCCEEDED"
                        + " should-execute-3=SUCCEEDED should-not-execute=CANCELLED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
    }

    @Test
    void aCleanUpRunsAfterItsParentsHoweverTheyEnded() {
        UUID failed = finished(rig.failing(plan().scripted("create"), "use", "create")
                .scripted("delete", "use")
                .rule(TriggerRule.ALL_DONE));
        UUID succeeded = finished(plan().scripted("create2")
                .scripted("use2", "create2")
                .scripted("delete2", "use2")
                .rule(TriggerRule.ALL_DONE));

        assertThat(rig.states(failed)).isEqualTo("create=SUCCEEDED delete=SUCCEEDED use=FAILED");
        assertThat(rig.states(succeeded)).isEqualTo("create2=SUCCEEDED delete2=SUCCEEDED use2=SUCCEEDED");
        assertThat(rig.planState(succeeded)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aReactionToFailuresIsSkippedWithoutAnyAndSoIsAllThatDependsOnNothingElse() {
        UUID uuid = finished(plan().scripted("a")
                .scripted("alarm", "a")
                .rule(TriggerRule.ONE_FAILED)
                .scripted("after-alarm", "alarm")
                .scripted("report", "alarm", "a")
                .scripted("always", "alarm")
                .rule(TriggerRule.ALL_DONE));

        assertThat(rig.states(uuid))
                .isEqualTo("a=SUCCEEDED after-alarm=SKIPPED alarm=SKIPPED always=SKIPPED report=SUCCEEDED");
        assertThat(rig.message(uuid, "alarm"))
                .isEqualTo("Skipped by its trigger rule one_failed: none of its parents has failed.");
        assertThat(rig.message(uuid, "after-alarm"))
                .isEqualTo("Skipped by its trigger rule: all of its parents were skipped by theirs.");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aCancelledParentHasEndedOnlyWhenItsOwnParentsHave() {
        UUID uuid = rig.start(rig.failing(plan(), "f")
                .scripted("slow")
                .scripted("child", "f", "slow")
                .scripted("after", "child")
                .rule(TriggerRule.ALL_DONE));

        applier.step(true);
        Runnable slow = rig.take("slow");
        rig.runStarted();
        applier.step(true);
        applier.step(true);

        assertThat(rig.states(uuid)).isEqualTo("after=PENDING child=CANCELLED f=FAILED slow=ONGOING");

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED child=CANCELLED f=FAILED slow=SUCCEEDED");
    }

    @Test
    void aReplacedParentCountsAsItsPath() {
        UUID uuid = finished(rig.failing(plan(), "move")
                .scripted("alarm", "move")
                .rule(TriggerRule.ONE_FAILED)
                .path("cold", List.of("move"), plan().scripted("stop").scripted("move-cold", "stop")));

        assertThat(rig.states(uuid)).isEqualTo("alarm=SKIPPED move-cold=SUCCEEDED move=FAILED stop=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void rulesHoldWhenFailuresAreIgnored() {
        UUID uuid = finished(rig.failing(plan().onFailure(OnFailure.IGNORE), "f")
                .scripted("child", "f")
                .scripted("alarm", "f")
                .rule(TriggerRule.ONE_FAILED));

        assertThat(rig.states(uuid)).isEqualTo("alarm=SUCCEEDED child=SUCCEEDED f=FAILED");
    }

    @Test
    void aStopCancelsActionsWhateverTheirRulesAre() {
        UUID uuid = finished(rig.failing(plan().onFailure(OnFailure.STOP), "f")
                .scripted("always", "f")
                .rule(TriggerRule.ALL_DONE));

        assertThat(rig.states(uuid)).isEqualTo("always=CANCELLED f=FAILED");
    }

    @Test
    void aRetryRunsWhatRanOnlyBecauseOfTheFailureByItsRuleAgain() {
        UUID uuid = finished(rig.failing(plan(), "f")
                .scripted("alarm", "f")
                .rule(TriggerRule.ONE_FAILED)
                .scripted("after-alarm", "alarm")
                .scripted("always", "f")
                .rule(TriggerRule.ALL_DONE));

        assertThat(rig.states(uuid)).isEqualTo("after-alarm=SUCCEEDED alarm=SUCCEEDED always=SUCCEEDED f=FAILED");

        rig.scripted.on("f", interlock.api.Result::succeeded);
        rig.control.retry(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after-alarm=SKIPPED alarm=SKIPPED always=SUCCEEDED f=SUCCEEDED");
        assertThat(rig.attempts(uuid, "always")).hasSize(1);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    private UUID finished(PlanBuilder plan) {
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);
        return uuid;
    }
}
