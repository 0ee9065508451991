package interlock.neo4j.advance;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.applier.reference.Promises;
import interlock.model.OnFailure;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What changes all actions of a plan goes by portions: of three actions here, and of the number that is changed at once with a
 * failure. Another applier goes on where one has died; what people do in between is obeyed; the promises hold after each portion.
 */
@ExtendWith(Neo4jServer.class)
class PortionsTest {
    private static final OptionalLong ANY = OptionalLong.empty();
    private static final int PORTION = 3;

    /** The number of actions that are changed together with a failure. */
    private static final int AT_ONCE = 500;

    private static final int MANY = 620;

    private Rig rig;
    private PlanControl control;

    @BeforeEach
    void open() {
        of(PORTION);
    }

    private void of(int portion) {
        rig = new Rig(true, portion, MANY);
        control = rig.control(portion);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static PlanBuilder wide(PlanBuilder plan, int actions) {
        IntStream.range(0, actions).mapToObj("a%03d"::formatted).forEach(id -> plan.scripted(id));
        return plan;
    }

    private static long count(UUID plan, String state) {
        return Neo4jServer.look(
                        "MATCH (a:Action {planUuid: $plan, state: $state}) RETURN count(a) AS it",
                        Map.of("plan", plan.toString(), "state", state))
                .getFirst()
                .get("it")
                .asLong();
    }

    private static boolean isChanging(UUID plan) {
        return Rig.one("MATCH (p:ActionPlan {uuid: $plan}) RETURN toString(p.change IS NOT NULL) AS it", plan)
                .equals("true");
    }

    /** One advance of an applier that is never seen again; nothing has run. */
    private void advanceAndDie() {
        rig.applier(0).step(true);
        checkPromises();
    }

    private static void checkPromises() {
        Promises.check(cypher -> Neo4jServer.look(cypher, Map.of()));
    }

    private void finish(UUID plan) {
        Applier applier = rig.applier(8);
        for (int steps = 0; !rig.planState(plan).ended(); steps++) {
            assertThat(steps).as("steps to the end of %s", rig.states(plan)).isLessThan(300);
            applier.step(true);
            rig.runStarted();
        }
        checkPromises();
    }

    @Test
    void aCancelGoesOnByPortionsWhoeverAdvances() {
        UUID plan = rig.start(wide(PlanBuilder.plan(), 10));
        advanceAndDie();

        control.cancel(plan, ANY);
        assertThat(count(plan, "CANCELLED")).isEqualTo(PORTION);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLING);
        advanceAndDie();
        assertThat(count(plan, "CANCELLED")).isEqualTo(2 * PORTION);
        assertThat(isChanging(plan)).isTrue();
        finish(plan);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
        assertThat(count(plan, "CANCELLED")).isEqualTo(10);
        assertThat(rig.scripted.ran()).isEmpty();
    }

    @Test
    void aRetryGoesOnByPortionsAndRunsWhatHadNotSucceeded() {
        rig.scripted.on("a000", () -> Result.failed(Failure.permanent("broken")));
        UUID plan =
                rig.start(wide(PlanBuilder.plan().onFailure(OnFailure.STOP), 10).scripted("last", "a001", "a009"));
        rig.finish(plan, rig.applier(1));
        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        rig.scripted.on("a000", Result::succeeded);

        assertThat(control.retry(plan, ANY)).isInstanceOf(PlanControl.Change.Done.class);
        assertThat(isChanging(plan)).isTrue();
        advanceAndDie();
        finish(plan);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran().stream().filter(name -> !name.equals("a000")))
                .doesNotHaveDuplicates()
                .hasSize(10);
    }

    @Test
    void pauseAndResumeDuringARetryLoseNothing() {
        UUID plan = rig.start(wide(PlanBuilder.plan(), 10));
        control.cancel(plan, ANY);
        finish(plan);

        control.retry(plan, ANY);
        control.pause(plan, ANY);
        for (int portion = 0; isChanging(plan); portion++) {
            assertThat(portion).isLessThan(20);
            if (portion == 4) {
                control.resume(plan, ANY);
            }
            advanceAndDie();
        }
        finish(plan);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran()).hasSize(10);
    }

    @Test
    void aPauseHoldsWhatItHasNotComeToYet() {
        UUID plan = rig.start(wide(PlanBuilder.plan(), 10));
        advanceAndDie();
        assertThat(isChanging(plan)).isTrue();
        Applier applier = rig.applier(8);

        control.pause(plan, ANY);
        applier.step(true);
        assertThat(rig.started).isEmpty();
        control.resume(plan, ANY);
        finish(plan);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.scripted.ran()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aPauseWhileRevertsAreMadeReadyHoldsThem() {
        rig.scripted.on("bad", () -> Result.failed(Failure.permanent("broken")));
        PlanBuilder actions = wide(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), 10);
        UUID plan = rig.start(actions.scripted(
                "bad", IntStream.range(0, 10).mapToObj("a%03d"::formatted).toArray(String[]::new)));
        Applier applier = rig.applier(1);
        while (!rig.scripted.ran().contains("bad")) {
            applier.step(true);
            rig.runStarted();
        }
        applier.step(true); // stores the failure and the reverts; a portion of them is ready, and one is claimed
        assertThat(isChanging(plan)).isTrue();

        control.pause(plan, ANY);
        for (int portion = 0; isChanging(plan); portion++) {
            assertThat(portion).isLessThan(20);
            advanceAndDie();
        }
        assertThat(Rig.one("MATCH (a:Ready {planUuid: $plan}) RETURN toString(count(a)) AS it", plan))
                .isEqualTo("0");
        control.resume(plan, ANY);
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(reverted()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aLargeRollBackGoesOnWhereTheLastApplierDied() {
        close();
        of(AT_ONCE);
        PlanBuilder actions = wide(PlanBuilder.plan().onFailure(OnFailure.ROLLBACK), MANY);
        rig.scripted.on("bad", () -> Result.failed(Failure.permanent("broken")));
        UUID plan = rig.start(actions.scripted("bad", ids()));
        Applier applier = rig.applier(MANY);
        while (rig.scripted.ran().size() <= MANY) {
            applier.step(true);
            rig.runStarted();
        }
        applier.step(true); // stores the failure, and the first portion of the reverts; then it is not seen again
        assertThat(isStoringReverts(plan)).isTrue();
        assertThat(rig.running())
                .as("reverts that began before all were stored")
                .isEmpty();
        finish(plan);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.FAILED);
        assertThat(reverted()).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void allRevertsOfAPathAreStoredBeforeOneStarts() {
        close();
        of(AT_ONCE);
        PlanBuilder actions = wide(PlanBuilder.plan(), MANY);
        rig.scripted.on("bad", () -> Result.failed(Failure.permanent("broken")));
        actions.scripted("bad", ids());
        UUID plan = rig.start(actions.path(
                "instead",
                IntStream.concat(IntStream.range(0, MANY), IntStream.of(-1))
                        .mapToObj(i -> i < 0 ? "bad" : "a%03d".formatted(i))
                        .toList(),
                PlanBuilder.plan().scripted("other").revert()));
        Applier applier = rig.applier(MANY);
        while (rig.scripted.ran().size() <= MANY) {
            applier.step(true);
            rig.runStarted();
        }
        applier.step(true);
        control.pause(plan, ANY);
        control.resume(plan, ANY);
        assertThat(rig.running())
                .as("reverts that began before all were stored")
                .isEmpty();
        finish(plan);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(reverted()).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(rig.scripted.ran()).endsWith("other");
    }

    private static String[] ids() {
        return IntStream.range(0, MANY).mapToObj("a%03d"::formatted).toArray(String[]::new);
    }

    private static boolean isStoringReverts(UUID plan) {
        return Rig.one("MATCH (p:ActionPlan {uuid: $plan}) RETURN toString(p.rollBack = 'AWAITING') AS it", plan)
                .equals("true");
    }

    private List<String> reverted() {
        return rig.scripted.ran().stream()
                .filter(name -> name.startsWith("revert"))
                .toList();
    }
}
