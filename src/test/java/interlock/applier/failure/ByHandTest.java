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
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do about single actions: they did it by hand, or want it to run again. */
@ExtendWith(Neo4jServer.class)
class ByHandTest {
    private static final Optional<String> BY_HAND = Optional.of("done by hand");

    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    @Test
    void aFailedActionOfAnEndedPlanIsSkippedAndARetryRunsTheRest() {
        UUID uuid = finished(chain());

        assertThat(skip(uuid, "A")).isInstanceOf(Change.Done.class);
        assertThat(rig.states(uuid)).isEqualTo("A=SKIPPED B=CANCELLED C=CANCELLED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);

        rig.control.retry(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("A=SKIPPED B=SUCCEEDED C=SUCCEEDED");
        assertThat(rig.attempts(uuid, "A")).hasSize(1);
        assertThat(rig.message(uuid, "A")).isEqualTo("Action skipped by user. Reason: done by hand");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aFailedActionOfARunningPlanIsSkippedAndTheRestRunsAtOnce() {
        UUID uuid = rig.start(chain().scripted("slow"));
        applier.step(true);
        Runnable slow = rig.take("slow");
        rig.runStarted();
        applier.step(true);

        assertThat(rig.states(uuid)).isEqualTo("A=FAILED B=CANCELLED C=CANCELLED slow=ONGOING");

        skip(uuid, "A");
        applier.step(true);

        assertThat(rig.running()).containsExactly("B");

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("A=SKIPPED B=SUCCEEDED C=SUCCEEDED slow=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void anotherFailedAncestorKeepsADescendantCancelledAndTheAnswerSaysSo() {
        UUID uuid = rig.start(rig.failing(rig.failing(plan().onFailure(OnFailure.PAUSE), "f"), "g")
                .scripted("both", "f", "g"));
        applier.step(true);
        rig.runStarted();
        applier.step(true);

        assertThat(skip(uuid, "f"))
                .isEqualTo(new Change.Done(
                        uuid, List.of("'both' stays CANCELLED: it also depends on 'g', which is FAILED")));
        assertThat(rig.states(uuid)).isEqualTo("both=CANCELLED f=SKIPPED g=FAILED");

        assertThat(skip(uuid, "g")).isEqualTo(new Change.Done(uuid));
        rig.control.resume(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("both=SUCCEEDED f=SKIPPED g=SKIPPED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void oneActionOfARunningPlanIsRetriedWithWhatWasCancelledBecauseOfIt() {
        UUID uuid = rig.start(chain().scripted("slow"));
        applier.step(true);
        Runnable slow = rig.take("slow");
        rig.runStarted();
        applier.step(true);
        rig.scripted.on("A", Result::succeeded);

        assertThat(retry(uuid, "A")).isInstanceOf(Change.Done.class);
        assertThat(rig.states(uuid)).isEqualTo("A=PENDING B=PENDING C=PENDING slow=ONGOING");

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("A=SUCCEEDED B=SUCCEEDED C=SUCCEEDED slow=SUCCEEDED");
        assertThat(rig.attempts(uuid, "A")).hasSize(2);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void oneActionOfAnEndedPlanIsRetriedAndAnotherFailureStays() {
        UUID uuid = finished(rig.failing(chain(), "other").scripted("after", "other"));
        rig.scripted.on("A", Result::succeeded);

        retry(uuid, "A");
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("A=SUCCEEDED B=SUCCEEDED C=SUCCEEDED after=CANCELLED other=FAILED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(uuid)).isEqualTo("Action 'other' failed: other broke");
    }

    @Test
    void whatAPathHasReplacedOrWhatWasRolledBackIsNeitherSkippedNorRetried() {
        UUID replaced = finished(rig.failing(plan(), "f").path("p", List.of("f"), plan().scripted("other")));
        UUID rolledBack =
                finished(rig.failing(plan().onFailure(OnFailure.ROLLBACK).scripted("done"), "f", "done"));

        for (UUID uuid : List.of(replaced, rolledBack)) {
            assertThat(skip(uuid, "f")).isInstanceOf(Change.Refused.class);
            assertThat(retry(uuid, "f")).isInstanceOf(Change.Refused.class);
        }
        assertThat(rig.states(replaced)).isEqualTo("f=FAILED other=SUCCEEDED");
    }

    @Test
    void aCancelledActionIsRetriedByWhatCancelledIt() {
        UUID uuid = finished(chain());

        assertThat(retry(uuid, "B"))
                .isEqualTo(new Change.Refused(
                        "CANCELLED", "Couldn't retry: it depends on 'A', which is FAILED; retry that."));
    }

    @Test
    void aSkippedActionIsCompleteAfterItsParents() {
        UUID uuid = rig.start(
                plan().scripted("w").scripted("a", "w").scripted("b", "a").scripted("c", "b"));
        applier.step(true);
        Runnable slow = rig.take("w");

        skip(uuid, "b");
        skip(uuid, "a");
        applier.step(true);

        assertThat(rig.states(uuid)).isEqualTo("a=SKIPPED b=SKIPPED c=PENDING w=ONGOING");
        assertThat(rig.running()).isEmpty();

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SKIPPED b=SKIPPED c=SUCCEEDED w=SUCCEEDED");
    }

    @Test
    void whatDependsOnAFailureThroughASkippedActionIsCancelled() {
        UUID uuid = rig.start(rig.failing(plan(), "w").scripted("a", "w").scripted("c", "a"));
        skip(uuid, "a");

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SKIPPED c=CANCELLED w=FAILED");
    }

    @Test
    void skippingAnActionOfAPathThatWaitsDoesNotOpenIt() {
        UUID uuid = rig.start(rig.failing(plan().scripted("m"), "f")
                .scripted("c", "m", "f")
                .path(
                        "p",
                        List.of("m", "f"),
                        plan().scripted("p1").scripted("p2", "p1").revert()));
        applier.step(true);
        Runnable slow = rig.take("m");
        rig.runStarted();
        applier.step(true);

        skip(uuid, "p1");
        applier.step(true);

        assertThat(rig.running()).isEmpty();

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid))
                .isEqualTo("c=SUCCEEDED f=FAILED m=SUCCEEDED p1=SKIPPED p2=SUCCEEDED revert m=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsSubsequence("m", "revert m", "p2", "c");
    }

    @Test
    void aPathWhoseActionsWereAllSkippedWhileItWaitedStillHoldsBackItsChildren() {
        UUID uuid = rig.start(rig.failing(plan().scripted("m"), "f")
                .scripted("c", "m", "f")
                .path("p", List.of("m", "f"), plan().scripted("p1")));
        applier.step(true);
        Runnable slow = rig.take("m");
        rig.runStarted();
        applier.step(true);
        skip(uuid, "p1");
        applier.step(true);

        assertThat(rig.running()).isEmpty();

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("c=SUCCEEDED f=FAILED m=SUCCEEDED p1=SKIPPED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aGroupsPathWaitsForTheParentsOfWhatItReplaces() {
        UUID uuid = rig.start(rig.failing(plan().scripted("w").scripted("m", "w"), "f")
                .scripted("c", "m", "f")
                .path("p", List.of("m", "f"), plan().scripted("p1")));
        applier.step(true);
        Runnable slow = rig.take("w");
        rig.runStarted();
        applier.step(true);
        applier.step(true);

        assertThat(rig.states(uuid)).isEqualTo("c=PENDING f=FAILED m=SKIPPED p1=PENDING w=ONGOING");
        assertThat(rig.running()).isEmpty();

        slow.run();
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("c=SUCCEEDED f=FAILED m=SKIPPED p1=SUCCEEDED w=SUCCEEDED");
    }

    @Test
    void aPlanThatPausesOnFailuresStaysOngoingUntilSomebodyDecides() {
        UUID uuid = rig.start(chain().onFailure(OnFailure.PAUSE));
        applier.step(true);
        rig.runStarted();
        applier.step(true);
        applier.step(true);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.ONGOING);
        assertThat(Rig.one("MATCH (p:ActionPlan {uuid: $plan}) RETURN toString(p.paused) AS it", uuid))
                .isEqualTo("true");
        assertThat(rig.planMessage(uuid))
                .isEqualTo("Paused: Action 'A' failed: A broke. Skip or retry the action, or resume the plan.");

        rig.control.resume(uuid, OptionalLong.empty());

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
        assertThat(rig.states(uuid)).isEqualTo("A=FAILED B=CANCELLED C=CANCELLED");
    }

    @Test
    void aPausedRetryWaitsForAResume() {
        UUID uuid = finished(chain());
        rig.scripted.on("A", Result::succeeded);

        rig.control.retry(uuid, OptionalLong.empty(), true, false);
        applier.step(true);
        applier.step(true);

        assertThat(rig.running()).isEmpty();
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.PENDING);

        rig.control.resume(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aRetryPutsPathsBackOnRequest() {
        UUID uuid = finished(rig.failing(
                rig.failing(plan(), "move")
                        .scripted("after", "move")
                        .path("cold", List.of("move"), plan().scripted("stop").scripted("cold", "stop")),
                "x"));
        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED cold=SUCCEEDED move=FAILED stop=SUCCEEDED x=FAILED");
        rig.scripted.on("move", Result::succeeded);
        rig.scripted.on("x", Result::succeeded);

        rig.control.retry(uuid, OptionalLong.empty(), false, true);
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED cold=STANDBY move=SUCCEEDED stop=STANDBY x=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aCompensationUndoesTheGoalAndThePlanFails() {
        UUID uuid = finished(drain());

        assertThat(rig.states(uuid))
                .isEqualTo("aside=SUCCEEDED disable=SUCCEEDED enable=SUCCEEDED move=FAILED power-off=CANCELLED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(uuid))
                .isEqualTo("Gave up on 'move', which failed: move broke. Alternative path 'give back' has undone it.");

        rig.scripted.on("move", Result::succeeded);
        rig.control.retry(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid))
                .isEqualTo("aside=SUCCEEDED disable=SUCCEEDED enable=STANDBY move=SUCCEEDED power-off=SUCCEEDED");
        assertThat(rig.attempts(uuid, "disable")).hasSize(2);
        assertThat(rig.attempts(uuid, "aside")).hasSize(1);
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    private PlanBuilder drain() {
        return rig.failing(plan().scripted("disable"), "move", "disable")
                .scripted("power-off", "move")
                .scripted("aside")
                .path(
                        "give back",
                        List.of("disable", "move"),
                        plan().scripted("enable").compensation());
    }

    private PlanBuilder chain() {
        rig.scripted.on("A", () -> Result.failed(Failure.permanent("A broke")));
        return plan().scripted("A").scripted("B", "A").scripted("C", "B");
    }

    private Change skip(UUID plan, String id) {
        return rig.actions.skipAnyway(action(plan, id), BY_HAND);
    }

    private Change retry(UUID plan, String id) {
        return rig.actions.retry(action(plan, id), Optional.empty());
    }

    private static UUID action(UUID plan, String id) {
        return UUID.fromString(Neo4jServer.look(
                        "MATCH (a:Action {planUuid: $plan, id: $id}) RETURN a.uuid AS uuid",
                        Map.of("plan", plan.toString(), "id", id))
                .getFirst()
                .get("uuid")
                .asString());
    }

    private UUID finished(PlanBuilder plan) {
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);
        return uuid;
    }
}
