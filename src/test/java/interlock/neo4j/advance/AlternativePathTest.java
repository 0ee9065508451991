package interlock.neo4j.advance;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class AlternativePathTest {
    @AutoClose
    private final Rig rig = new Rig();

    private final Applier applier = rig.applier(8);

    private static PlanBuilder path() {
        return PlanBuilder.plan();
    }

    /** {@return the path's state by its name, sorted} */
    private static String paths(UUID plan) {
        return String.join(
                " ",
                Neo4jServer.query(
                                "MATCH (p:AlternativePath {planUuid: $plan}) RETURN p.name + '=' + p.state AS it ORDER BY it",
                                Map.of("plan", plan.toString()))
                        .stream()
                        .map(row -> row.get("it").asString())
                        .toList());
    }

    @Test
    void aPathTakesThePlaceOfWhatFailed() {
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move");
        plan.path("cold", List.of("move"), path().scripted("stop").scripted("cold", "stop"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED cold=SUCCEEDED move=FAILED stop=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsExactly("move", "stop", "cold", "after");
        assertThat(paths(uuid)).isEqualTo("cold=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.planMessage(uuid)).isEqualTo("Alternative path 'cold' replaced 'move', which failed.");
    }

    @Test
    void anUnusedPathStaysInStandby() {
        PlanBuilder plan = path().scripted("move");
        plan.path("cold", List.of("move"), path().scripted("cold"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("cold=STANDBY move=SUCCEEDED");
        assertThat(paths(uuid)).isEqualTo("cold=STANDBY");
        assertThat(rig.planMessage(uuid)).isEmpty();
    }

    @Test
    void theActionIsTriedAgainBeforeAPathIsTaken() {
        PlanBuilder plan =
                path().action("move", "fail", Map.of("message", "no")).tried(3);
        plan.path("cold", List.of("move"), path().scripted("cold"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.attempts(uuid, "move")).containsExactly("1 FAILED: no", "2 FAILED: no", "3 FAILED: no");
        assertThat(paths(uuid)).isEqualTo("cold=SUCCEEDED");
    }

    @Test
    void theNextRankFollowsAPathThatFails() {
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move");
        plan.path("first", List.of("move"), rig.failing(path(), "x").scripted("y", "x"));
        plan.path("second", List.of("move"), path().scripted("z"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED move=FAILED x=FAILED y=SKIPPED z=SUCCEEDED");
        assertThat(paths(uuid)).isEqualTo("first=FAILED second=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsExactly("move", "x", "z", "after");
        assertThat(rig.planMessage(uuid))
                .isEqualTo("Alternative path 'second' replaced 'move', which failed."
                        + " One or more actions were skipped.");
    }

    @Test
    void whenNoPathIsLeftThePolicyDecides() {
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move").scripted("other");
        plan.path("first", List.of("move"), rig.failing(path(), "x"));
        plan.path("second", List.of("move"), rig.failing(path(), "y"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=CANCELLED move=FAILED other=SUCCEEDED x=FAILED y=FAILED");
        assertThat(paths(uuid)).isEqualTo("first=FAILED second=FAILED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.FAILED);
        assertThat(rig.planMessage(uuid)).isEqualTo("Action 'y' of alternative path 'second' failed: y broke");
        assertThat(rig.message(uuid, "after")).isEqualTo("Cancelled: it depends on 'y', which failed.");
    }

    @Test
    void pathsMayHavePaths() {
        PlanBuilder inner = rig.failing(path(), "x");
        inner.path("deep", List.of("x"), path().scripted("d"));
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move");
        plan.path("outer", List.of("move"), inner.scripted("y", "x"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED d=SUCCEEDED move=FAILED x=FAILED y=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsExactly("move", "x", "d", "y", "after");
        assertThat(paths(uuid)).isEqualTo("deep=SUCCEEDED outer=SUCCEEDED");
    }

    @Test
    void aPathWithinAPathThatFailsIsFollowedByTheNextRankOutside() {
        PlanBuilder inner = rig.failing(path(), "x");
        inner.path("deep", List.of("x"), rig.failing(path(), "d"));
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move");
        plan.path("outer", List.of("move"), inner.scripted("y", "x"));
        plan.path("other", List.of("move"), path().scripted("o"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED d=FAILED move=FAILED o=SUCCEEDED x=FAILED y=SKIPPED");
        assertThat(paths(uuid)).isEqualTo("deep=FAILED other=SUCCEEDED outer=FAILED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    /** One of three fails, one runs, one has not started. */
    private PlanBuilder group(PlanBuilder path) {
        PlanBuilder plan = path().scripted("a");
        rig.failing(plan, "b").scripted("c", "a", "b");
        plan.scripted("after", "a").scripted("last", "c").scripted("other");
        return plan.path("back", List.of("a", "b", "c"), path);
    }

    @Test
    void actionsReplacedByAGroupsPathAreSkippedOrAwaited() {
        UUID uuid = rig.start(group(path().scripted("p")));
        applier.step(true);
        Runnable a = rig.take("a");
        rig.take("b").run();
        rig.take("other").run();
        applier.step(true);

        assertThat(rig.states(uuid))
                .isEqualTo("a=ONGOING after=PENDING b=FAILED c=SKIPPED last=PENDING other=SUCCEEDED p=PENDING");
        assertThat(rig.message(uuid, "c")).isEqualTo("Replaced by alternative path 'back', because 'b' failed.");
        assertThat(rig.started).isEmpty();

        a.run();
        applier.step(true);
        assertThat(rig.states(uuid)).contains("a=SUCCEEDED", "p=ONGOING", "after=PENDING", "last=PENDING");
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).contains("p=SUCCEEDED", "after=SUCCEEDED", "last=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aReplacedActionThatFailsIsNotRetriedAndHasNoConsequences() {
        PlanBuilder plan = group(path().scripted("p"));
        rig.scripted.on("a", () -> Result.failed(Failure.retryable("a broke")));
        UUID uuid = rig.start(plan);
        applier.step(true);
        Runnable a = rig.take("a");
        rig.take("b").run();
        applier.step(true);
        a.run();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).contains("a=FAILED", "p=SUCCEEDED", "after=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aPathMayAbortWhatRuns() {
        PlanBuilder plan = path().action("a", "sleep", Map.of("duration", 100));
        rig.failing(plan, "b");
        plan.path("back", List.of("a", "b"), path().scripted("p").abortRunning());
        UUID uuid = rig.start(plan);
        applier.step(true);
        Runnable a = rig.take("a");
        rig.take("b").run();
        applier.step(true);
        Runnable abort = rig.started.remove();
        abort.run();
        a.run();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=CANCELLED b=FAILED p=SUCCEEDED");
        assertThat(rig.attempts(uuid, "a"))
                .containsExactly("1 ABORTED: Replaced by alternative path 'back', because 'b' failed.");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void aPathMayRevertWhatHasSucceeded() {
        PlanBuilder plan = path().scripted("a").scripted("b", "a");
        rig.failing(plan, "c", "b");
        plan.scripted("after", "c");
        plan.path("back", List.of("a", "b", "c"), path().scripted("p").revert());
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid))
                .isEqualTo("a=SUCCEEDED after=SUCCEEDED b=SUCCEEDED c=FAILED p=SUCCEEDED"
                        + " revert a=SUCCEEDED revert b=SUCCEEDED");
        assertThat(rig.scripted.ran()).containsExactly("a", "b", "c", "revert b", "revert a", "p", "after");
    }

    @Test
    void aRevertThatFailsFailsItsPath() {
        PlanBuilder plan = path().scripted("a");
        rig.failing(plan, "b", "a");
        rig.scripted.on("revert a", () -> Result.failed(Failure.permanent("stuck")));
        plan.path("back", List.of("a", "b"), path().scripted("p").revert());
        plan.path("wide", List.of("a", "b"), path().scripted("w"));
        UUID uuid = rig.start(plan);

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("a=SUCCEEDED b=FAILED p=SKIPPED revert a=FAILED w=SUCCEEDED");
        assertThat(paths(uuid)).isEqualTo("back=FAILED wide=SUCCEEDED");
    }

    @Test
    void aWiderPathOvertakesANarrowOneThatRuns() {
        PlanBuilder plan = rig.failing(rig.failing(path(), "a"), "b");
        plan.path("cold a", List.of("a"), path().scripted("a1").scripted("a2", "a1"));
        plan.path("cold b", List.of("b"), rig.failing(path(), "b1"));
        plan.path("back", List.of("a", "b"), path().scripted("p"));
        plan.scripted("after", "a", "b");
        UUID uuid = rig.start(plan);
        applier.step(true);
        rig.runStarted();
        applier.step(true);
        Runnable a1 = rig.take("a1");
        rig.take("b1").run();
        applier.step(true);
        assertThat(paths(uuid)).isEqualTo("back=ONGOING cold a=CANCELLED cold b=FAILED");
        assertThat(rig.states(uuid))
                .isEqualTo("a1=ONGOING a2=SKIPPED a=FAILED after=PENDING b1=FAILED b=FAILED p=PENDING");
        assertThat(rig.started).isEmpty();
        a1.run();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).contains("p=SUCCEEDED", "after=SUCCEEDED", "a1=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void theOldEdgesStayAndAreMarked() {
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move");
        plan.path("cold", List.of("move"), path().scripted("stop").scripted("cold", "stop"));
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);

        assertThat(Neo4jServer.query("""
                        MATCH (:Action {planUuid: $plan, id: 'after'})-[d:DEPENDS_ON]->(parent)
                        MATCH (path:AlternativePath {planUuid: $plan})
                        RETURN parent.id + ' ' + coalesce(d.replacedBy = path.uuid, false) + ' '
                          + coalesce(d.via = path.uuid, false) AS it ORDER BY it
                        """, Map.of("plan", uuid.toString())).stream()
                        .map(row -> row.get("it").asString()))
                .containsExactly("cold false true", "move true false");
        assertThat(Neo4jServer.query("""
                        MATCH (path:AlternativePath {planUuid: $plan})-[:ACTIVATED_BY]->(a)
                        RETURN a.id + ': ' + path.reason AS it
                        """, Map.of("plan", uuid.toString())).stream()
                        .map(row -> row.get("it").asString()))
                .containsExactly("move: Action 'move' failed: move broke");
    }

    @Test
    void underStopAndRollBackThePathComesFirst() {
        for (OnFailure policy : List.of(OnFailure.STOP, OnFailure.ROLLBACK, OnFailure.IGNORE)) {
            PlanBuilder plan =
                    rig.failing(path(), "move").scripted("after", "move").onFailure(policy);
            plan.path("cold", List.of("move"), path().scripted("cold"));
            UUID uuid = rig.start(plan);

            rig.finish(uuid, applier);

            assertThat(rig.states(uuid)).as(policy.name()).isEqualTo("after=SUCCEEDED cold=SUCCEEDED move=FAILED");
            assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
        }
    }

    @Test
    void pathActionsStoppedByAPolicyAreCancelled() {
        PlanBuilder plan = rig.failing(path(), "move").onFailure(OnFailure.STOP);
        plan.path("cold", List.of("move"), path().scripted("x").scripted("y", "x"));
        rig.failing(plan, "bad");
        UUID uuid = rig.start(plan);
        applier.step(true);
        Runnable bad = rig.take("bad");
        rig.take("move").run();
        applier.step(true);
        bad.run();

        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("bad=FAILED move=FAILED x=SUCCEEDED y=CANCELLED");
        assertThat(paths(uuid)).isEqualTo("cold=CANCELLED");
        assertThat(rig.planMessage(uuid)).isEqualTo("Action 'bad' failed: bad broke");
    }

    @Test
    void aRetriedPlanGoesOnInItsPaths() {
        PlanBuilder plan = rig.failing(path(), "move").scripted("after", "move");
        plan.path("cold", List.of("move"), rig.failing(path(), "x").scripted("y", "x"));
        UUID uuid = rig.start(plan);
        rig.finish(uuid, applier);
        assertThat(rig.states(uuid)).isEqualTo("after=CANCELLED move=FAILED x=FAILED y=CANCELLED");
        rig.scripted.on("x", Result::succeeded);

        rig.control.retry(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.states(uuid)).isEqualTo("after=SUCCEEDED move=FAILED x=SUCCEEDED y=SUCCEEDED");
        assertThat(paths(uuid)).isEqualTo("cold=SUCCEEDED");
        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.attempts(uuid, "x")).containsExactly("1 FAILED: x broke", "2 SUCCEEDED");
    }

    @Test
    void aPathIsHeldUpByAPause() {
        PlanBuilder plan = rig.failing(path(), "move");
        plan.path("cold", List.of("move"), path().scripted("x"));
        UUID uuid = rig.start(plan);
        applier.step(true);
        rig.control.pause(uuid, OptionalLong.empty());
        rig.runStarted();
        applier.step(true);
        assertThat(rig.started).isEmpty();
        assertThat(rig.states(uuid)).isEqualTo("move=FAILED x=PENDING");

        rig.control.resume(uuid, OptionalLong.empty());
        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }
}
