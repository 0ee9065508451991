package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Interrupted actions that may not be repeated, and whose type can determine their result. */
@ExtendWith(Neo4jServer.class)
class ReconcileTest {
    @AutoClose
    private final Rig rig = new Rig();

    @BeforeEach
    void open() {
        rig.scripted.notIdempotent();
    }

    /** {@return a plan whose only attempt was lost with its applier} */
    private UUID lost(PlanBuilder plan) {
        UUID uuid = rig.start(plan);
        rig.applier(8).step(true);
        rig.started.clear();
        rig.leasesRunOut();
        return uuid;
    }

    private static PlanBuilder plan() {
        return PlanBuilder.plan().scripted("a");
    }

    @Test
    void aCompletedActionIsNotRepeated() {
        rig.scripted.on("reconcile a", () -> Result.succeeded("it was done"));
        UUID plan = lost(plan());

        rig.finish(plan, rig.applier(8));

        assertThat(rig.scripted.ran()).containsExactly("reconcile a");
        assertThat(rig.attempts(plan, "a")).endsWith("2 SUCCEEDED: it was done").hasSize(2);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void anActionThatWasNotDoneIsExecuted() {
        rig.scripted.on("reconcile a", () -> ScriptedType.NOT_DONE);
        UUID plan = lost(plan());

        rig.finish(plan, rig.applier(8));

        assertThat(rig.scripted.ran()).containsExactly("reconcile a", "a");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void asLongAsNobodyKnowsItIsAskedAgain() {
        int[] asked = {0};
        rig.scripted.on(
                "reconcile a",
                () -> asked[0]++ == 0 ? Result.failed(Failure.retryable("cannot find out")) : ScriptedType.NOT_DONE);
        UUID plan = lost(plan().tried(3));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.scripted.ran()).containsExactly("reconcile a", "reconcile a", "a");
        assertThat(rig.attempts(plan, "a")).hasSize(3).contains("2 FAILED: cannot find out");
    }

    @Test
    void afterATimeoutItIsAskedToo() {
        rig.scripted.on("reconcile a", () -> Result.succeeded("it was done"));
        UUID plan = rig.start(plan().tried(2).timeout(Duration.ofSeconds(5)));
        Applier applier = rig.applier(8);
        rig.scripted.on("a", () -> {
            rig.clock.pass(Duration.ofSeconds(5));
            applier.step(false);
            throw new InterruptedException();
        });

        rig.finish(plan, applier);

        assertThat(rig.scripted.ran()).containsExactly("a", "reconcile a");
        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void afterAFailureThatLeavesNoDoubtItIsNotAsked() {
        int[] tried = {0};
        rig.scripted.on("reconcile a", () -> Result.succeeded("it was done"));
        rig.scripted.on("a", () -> tried[0]++ == 0 ? Result.failed(Failure.retryable("no")) : Result.succeeded());
        UUID plan = rig.start(plan().tried(2));

        rig.finish(plan, rig.applier(8));

        assertThat(rig.scripted.ran()).containsExactly("a", "a");
    }

    @Test
    void whatCannotFindOutFails() {
        UUID plan = lost(plan());

        rig.finish(plan, rig.applier(8));

        assertThat(rig.scripted.ran()).isEmpty();
        assertThat(rig.states(plan)).isEqualTo("a=FAILED");
        assertThat(rig.message(plan, "a")).contains("its outcome is unknown", "may not be repeated");
    }
}
