package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Large demands are not starved, and short actions use what is kept for them meanwhile. */
@ExtendWith(Neo4jServer.class)
class BackfillTest {
    private static final String POOL = "pool-1";

    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void aLargeDemandStartsWhenTheActionsThatRanHaveEnded() {
        Applier applier = besideFirst(2);
        UUID large = rig.start(plan().action("large").using("pool", POOL, 4).estimated(Duration.ofSeconds(500)));
        rig.start(units("small", 30, Duration.ofSeconds(400)));
        applier.step(true);

        assertThat(rig.running()).containsExactly("first");
        assertThat(keptFor()).isEqualTo("large");
        rig.take("first").run();
        applier.step(false);

        assertThat(rig.running()).containsExactly("large");
        assertThat(keptFor()).isEqualTo("none");
        rig.finish(large, applier);
    }

    @Test
    void aPlanThatComesLaterWithLongerActionsWaitsForTheLargeDemand() {
        Applier applier = besideFirst(3);
        rig.start(plan().action("large").using("pool", POOL, 4).estimated(Duration.ofSeconds(30)));
        applier.step(true);
        rig.start(units("long", 2, Duration.ofSeconds(600)));
        applier.step(true);

        assertThat(rig.running()).containsExactly("first");
        rig.take("first").run();
        applier.step(false);

        assertThat(rig.running()).containsExactly("large");
    }

    @Test
    void shortActionsPassBehindAThousandThatDoNotFit() {
        Applier applier = besideFirst(3);
        PlanBuilder many = plan();
        for (int number = 0; number < 1_000; number++) {
            many.action("large" + number).using("pool", POOL, 2).estimated(Duration.ofSeconds(900));
        }
        many.action("long").using("pool", POOL, 1).estimated(Duration.ofSeconds(90));
        many.action("unknown").using("pool", POOL, 1);
        many.action("short").using("pool", POOL, 1).estimated(Duration.ofSeconds(30));
        rig.start(many);

        for (int step = 0; rig.running().size() < 2; step++) {
            assertThat(step).as("advances until the short one runs").isLessThan(30);
            applier.step(true);
        }

        assertThat(rig.running()).containsExactly("first", "short");
    }

    @Test
    void twoThatNeedTheSameTwoResourcesBothRun() {
        Applier applier = rig.applier(16);
        rig.start(pool().capacity("rack", "r", 4)
                .action("x")
                .using("pool", POOL, 1)
                .estimated(Duration.ofSeconds(5))
                .action("y")
                .using("rack", "r", 1)
                .estimated(Duration.ofSeconds(5)));
        applier.step(true);
        UUID one = rig.start(plan().action("one").using("pool", POOL, 4).using("rack", "r", 1));
        UUID other = rig.start(plan().action("other").using("rack", "r", 4).using("pool", POOL, 1));
        applier.step(true);

        rig.finish(one, applier);
        rig.finish(other, applier);

        assertThat(rig.planState(one)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(rig.planState(other)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void whoUsesFewerUnitsGetsTheNextOne() {
        Applier applier = rig.applier(16);
        rig.start(units("a", 20, Duration.ofHours(1)).capacity("pool", POOL, 4));
        applier.step(true);
        rig.start(units("b", 20, Duration.ofSeconds(1)));
        applier.step(true);

        rig.started.remove().run();
        applier.step(false);
        rig.started.remove().run();
        applier.step(false);

        assertThat(rig.running()).hasSize(4);
        assertThat(rig.running()).filteredOn(id -> id.startsWith("b")).hasSize(2);
    }

    @Test
    void theKeptActionIsCancelledAndTheOthersGoOn() {
        Applier applier = besideFirst(2);
        UUID large = rig.start(plan().action("large").using("pool", POOL, 4).estimated(Duration.ofSeconds(500)));
        rig.start(units("small", 4, Duration.ofSeconds(400)));
        applier.step(true);

        rig.control.cancel(large, OptionalLong.empty());
        applier.step(true);

        assertThat(rig.running()).hasSize(3).contains("first");
    }

    /** {@return an applier that runs an action of a minute with this number of the four units} */
    private Applier besideFirst(int units) {
        Applier applier = rig.applier(16);
        rig.start(pool().action("first").using("pool", POOL, units).estimated(Duration.ofSeconds(60)));
        applier.step(true);
        return applier;
    }

    private static PlanBuilder pool() {
        return plan().capacity("pool", POOL, 4);
    }

    private static PlanBuilder units(String name, int actions, Duration estimate) {
        PlanBuilder plan = plan();
        for (int number = 0; number < actions; number++) {
            plan.action(name + number).using("pool", POOL, 1).estimated(estimate);
        }
        return plan;
    }

    private static String keptFor() {
        return Neo4jServer.look("""
                        MATCH (r:Resource {key: 'pool/pool-1'})
                        OPTIONAL MATCH (a:Action {uuid: r.reservedFor})
                        RETURN coalesce(a.id, 'none') AS it
                        """, Map.of()).getFirst().get("it").asString();
    }
}
