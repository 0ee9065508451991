package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.ResourceKey;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Capacities of resources and of action types, over all plans. */
@ExtendWith(Neo4jServer.class)
class ResourceLimitsTest {
    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void aLockIsHeldByOneActionAtATimeWhicheverPlanItBelongsTo() {
        UUID one = rig.start(plan().action("a").using("instance", "vm-1", 1));
        UUID two = rig.start(plan().action("b").using("instance", "vm-1", 1));
        Applier applier = rig.applier(8);

        applier.step(true);

        assertThat(rig.started).hasSize(1);

        rig.finish(one, applier);
        rig.finish(two, applier);

        assertThat(rig.planState(two)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(used("instance/vm-1")).isZero();
    }

    @Test
    void aResourceOfTwoUnitsTakesTwoAtOnce() {
        PlanBuilder plan = plan().capacity("compute_host", "h1", 2);
        for (int i = 0; i < 5; i++) {
            plan.action("move-" + i).using("compute_host", "h1", 1);
        }
        UUID uuid = rig.start(plan);
        Applier applier = rig.applier(8);

        applier.step(true);

        assertThat(rig.started).hasSize(2);
        assertThat(used("compute_host/h1")).isEqualTo(2);

        rig.finish(uuid, applier);

        assertThat(rig.planState(uuid)).isEqualTo(PlanState.SUCCEEDED);
    }

    @Test
    void unitsAreGivenBackWhenAnAttemptFailsAndWaitsForTheNext() {
        UUID plan = rig.start(plan().action("a", "fail", Map.of("times", 1))
                .tried(2)
                .using("rack", "r1", 1)
                .scripted("b")
                .using("rack", "r1", 1));
        Applier applier = rig.applier(1);

        rig.finish(plan, applier);

        assertThat(rig.planState(plan)).isEqualTo(PlanState.SUCCEEDED);
        assertThat(used("rack/r1")).isZero();
    }

    @Test
    void aLimitOnATypeHoldsOverAllPlans() {
        rig.resources.set(ResourceKey.actionType("scripted"), 1, false);
        rig.start(plan().scripted("a").action("b"));
        rig.start(plan().scripted("c"));

        rig.applier(8).step(true);
        rig.runStarted();

        assertThat(rig.scripted.ran()).hasSize(1);
    }

    private static int used(String key) {
        return Neo4jServer.query("MATCH (r:Resource {key: $key}) RETURN r.used AS used", Map.of("key", key))
                .getFirst()
                .get("used")
                .asInt();
    }
}
