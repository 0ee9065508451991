package interlock.neo4j.advance;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.AdvanceRequest;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.PlanGraph;
import interlock.applier.ResultJudge;
import interlock.applier.Rig;
import interlock.model.Outcome;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Actions without open parents are made ready in portions, here of three actions. */
@ExtendWith(Neo4jServer.class)
class OpeningTest {
    private static final OptionalLong ANY = OptionalLong.empty();

    @AutoClose
    private final Rig rig = new Rig(false, 3, 32);

    private final Applier applier = rig.applier(1);

    private static PlanBuilder wide(int actions) {
        PlanBuilder plan = PlanBuilder.plan();
        for (int number = 0; number < actions; number++) {
            plan.scripted("a" + number);
        }
        return plan;
    }

    /** {@return the ids of what may start, runs or has run} */
    private static String opened(UUID plan) {
        return Rig.one("""
                MATCH (a:Action {planUuid: $plan})
                WHERE NOT a:Pending
                WITH a ORDER BY a.number
                RETURN reduce(text = '', id IN collect(a.id) | text + ' ' + id) AS it
                """, plan).strip();
    }

    private static boolean isOpening(UUID plan) {
        return Rig.one("MATCH (p:ActionPlan {uuid: $plan}) RETURN toString(p.changesFrom IS NOT NULL) AS it", plan)
                .equals("true");
    }

    @Test
    void theRestComesWithTheNextAdvancesThoughNobodyAsksForThem() {
        UUID plan = rig.start(wide(7));

        applier.step(true);
        assertThat(opened(plan)).isEqualTo("a0 a1 a2");
        applier.step(false);
        assertThat(opened(plan)).isEqualTo("a0 a1 a2 a3 a4 a5");
        assertThat(isOpening(plan)).isTrue();
        applier.step(false);
        assertThat(opened(plan)).isEqualTo("a0 a1 a2 a3 a4 a5 a6");
        assertThat(isOpening(plan)).isFalse();
        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void theRestIsDueAtOnce() {
        rig.start(wide(4));
        PlanGraph plans = rig.plans(1);
        String me = plans.register();

        assertThat(opening(plans, me)).contains(Duration.ZERO);
        assertThat(opening(plans, me)).isEmpty();
    }

    private static Optional<Duration> opening(PlanGraph plans, String applier) {
        ResultJudge judge = new ResultJudge((_, why) -> new Outcome.Lost(why, true), RandomGenerator.getDefault());
        return plans.advance(new AdvanceRequest(applier, List.of(), List.of(), Set.of(), 0, 3), judge)
                .nextDue();
    }

    @Test
    void severalPlansTakeTurnsAndSmallOnesShareAPortion() {
        List<UUID> plans = List.of(rig.start(wide(1)), rig.start(wide(5)), rig.start(wide(1)), rig.start(wide(5)));

        applier.step(true);
        long afterOne = plans.stream().filter(plan -> !opened(plan).isEmpty()).count();
        applier.step(false);
        applier.step(false);
        long afterThree = plans.stream().filter(plan -> !opened(plan).isEmpty()).count();
        applier.step(false);

        assertThat(afterOne).isBetween(1L, 3L);
        assertThat(afterThree).isEqualTo(4);
        assertThat(plans).noneMatch(OpeningTest::isOpening);
    }

    @Test
    void aPlanPausedMeanwhileStartsOverWhenItIsResumed() {
        UUID plan = rig.start(wide(5));
        applier.step(true);

        rig.control.pause(plan, ANY);
        applier.step(true);
        assertThat(opened(plan)).matches("a[012]");
        assertThat(isOpening(plan)).isFalse();
        rig.control.resume(plan, ANY);
        applier.step(true);

        assertThat(opened(plan)).isEqualTo("a0 a1 a2 a3 a4");
    }

    @Test
    void nothingIsOpenedOfWhatWasCancelledMeanwhile() {
        UUID plan = rig.start(wide(5));
        applier.step(true);

        rig.control.cancel(plan, ANY);
        applier.step(true);
        rig.runStarted();
        applier.step(true);

        assertThat(rig.states(plan).split(" "))
                .filteredOn(state -> state.endsWith("=CANCELLED"))
                .hasSize(4);
        assertThat(rig.planState(plan)).isEqualTo(PlanState.CANCELLED);
        assertThat(isOpening(plan)).isFalse();
    }
}
