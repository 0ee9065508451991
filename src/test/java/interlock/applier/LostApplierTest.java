package interlock.applier;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Appliers that die, freeze, stop or lose their database. */
@ExtendWith(Neo4jServer.class)
class LostApplierTest {
    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void theActionsOfADeadApplierAreTakenBackWhenItsLeaseHasRunOut() {
        UUID plan = rig.start(plan().action("a").action("b", "a"));
        Applier dead = rig.applier(8);
        dead.step(true);
        rig.started.clear();
        Applier heir = rig.applier(8);

        heir.step(true);
        rig.clock.pass(Rig.LEASE);
        heir.step(true);

        assertThat(rig.started).isEmpty();

        rig.clock.pass(Duration.ofMillis(1));
        rig.finish(plan, heir);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.attempts(plan, "a"))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1 LOST: its applier rig-"),
                        second -> assertThat(second).isEqualTo("2 SUCCEEDED"));
    }

    @Test
    void anActionThatMayNotBeRepeatedFailsWhenItsApplierDies() {
        rig.scripted.notIdempotent();
        UUID plan = rig.start(plan().scripted("a"));
        rig.applier(8).step(true);
        rig.started.clear();

        rig.leasesRunOut();
        rig.finish(plan, rig.applier(8));

        assertThat(rig.states(plan)).isEqualTo("a=FAILED");
        assertThat(rig.message(plan, "a")).contains("may not be repeated");
    }

    @Test
    void outcomesOfALostApplierAreRefused() {
        UUID plan = rig.start(plan().scripted("a"));
        Applier lost = rig.applier(8);
        lost.step(true);
        Runnable late = rig.started.remove();
        rig.leasesRunOut();
        Applier heir = rig.applier(8);
        heir.step(true);
        Runnable second = rig.started.remove();

        rig.scripted.on("a", () -> Result.failed(Failure.permanent("too late")));
        late.run();
        lost.step(true);
        lost.step(true);

        assertThat(rig.advances.getLast().refused()).hasSize(1);
        assertThat(rig.states(plan)).isEqualTo("a=ONGOING");

        rig.scripted.on("a", Result::succeeded);
        second.run();
        rig.finish(plan, heir);

        assertThat(rig.states(plan)).isEqualTo("a=SUCCEEDED");
    }

    @Test
    void onlyTheOutcomeOfTheCurrentAttemptIsStored() {
        rig.scripted.on("a", () -> Result.failed(Failure.permanent("no")));
        UUID plan = rig.start(plan().scripted("a"));
        Applier paused = rig.applier(8);
        paused.step(true);
        Runnable stale = rig.take("a");
        rig.leasesRunOut();
        Applier other = rig.applier(8);
        other.step(true);
        rig.started.clear();
        rig.leasesRunOut();
        paused.step(true);
        paused.step(true);
        Runnable latest = rig.take("a");
        stale.run();
        latest.run();

        paused.step(true);

        assertThat(rig.states(plan)).isEqualTo("a=FAILED");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(rig.attempts(plan, "a")).last().isEqualTo("3 FAILED: no");
    }

    @Test
    void anApplierThatWasTakenForDeadComesBackUnderANewIdAndGoesOnWorking() {
        rig.start(plan().action("a"));
        Applier applier = rig.applier(8);
        applier.step(true);
        rig.leasesRunOut();
        rig.applier(0).step(true);
        rig.runStarted();

        UUID next = rig.start(plan().action("b"));
        applier.step(true);
        rig.finish(next, applier);

        assertThat(Neo4jServer.query("MATCH (a:Applier) RETURN a.state AS state ORDER BY state", Map.of()))
                .extracting(row -> row.get("state").asString())
                .containsExactly("ACTIVE", "ACTIVE", "LOST", "STOPPED");
    }

    @Test
    void anApplierThatIsStoppedGivesBackWhatItRunsAtOnce() {
        UUID plan = rig.start(plan().action("a").action("b", "fail", Map.of("times", 0)));
        Applier stopped = rig.applier(8);
        stopped.step(true);
        rig.started.remove().run();
        rig.started.remove().run();
        stopped.giveBack();

        assertThat(rig.states(plan)).doesNotContain("ONGOING");

        rig.finish(plan, rig.applier(8));

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void whenTheAnswerToACommitIsLostNothingIsLost() {
        AtomicBoolean cut = new AtomicBoolean(true);
        UUID plan = rig.start(plan().action("a").action("b", "a"));
        Applier applier = rig.applier(8, graph -> new CutGraph(graph, cut));

        applier.step(true);

        assertThat(rig.states(plan)).isEqualTo("a=ONGOING b=PENDING");
        assertThat(rig.started).isEmpty();

        cut.set(false);
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.attempts(plan, "a"))
                .containsExactly(
                        "1 LOST: claimed, but not started: the database's answer was lost or came too late",
                        "2 SUCCEEDED");
    }

    @Test
    void anApplierThatStoresNothingForLongerThanItsLeaseSaysSo() {
        AtomicBoolean cut = new AtomicBoolean(true);
        Applier applier = rig.applier(8, graph -> new CutGraph(graph, cut));

        applier.step(true);
        rig.clock.pass(Rig.LEASE);
        applier.step(true);
        assertThat(applier.whyStandingStill()).isEmpty();

        rig.clock.pass(Duration.ofSeconds(1));
        applier.step(true);
        assertThat(applier.whyStandingStill())
                .hasValue("the applier has stored nothing for %d s: the line is cut"
                        .formatted(Rig.LEASE.plusSeconds(1).toSeconds()));
        assertThat(applier.complaint()).isEmpty();

        cut.set(false);
        applier.step(true);
        assertThat(applier.whyStandingStill()).isEmpty();
    }
}
