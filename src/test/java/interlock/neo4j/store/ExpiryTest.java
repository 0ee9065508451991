package interlock.neo4j.store;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.Rig;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class ExpiryTest {
    private static final Duration EXPIRY = Duration.ofHours(24);

    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void aPlanThatNobodyHasStartedForTooLongIsSuperseded() {
        var old = rig.store.create(plan().action("a").build());
        var started = rig.start(plan().action("a"));
        rig.clock.pass(Duration.ofHours(1));
        var young = rig.store.create(plan().action("a").build());

        rig.clock.pass(Duration.ofHours(23));
        var early = rig.store.supersedeExpired(EXPIRY);
        rig.clock.pass(Duration.ofSeconds(1));
        var due = rig.store.supersedeExpired(EXPIRY);
        var again = rig.store.supersedeExpired(EXPIRY);

        assertThat(early).isEmpty();
        assertThat(due).containsExactly(old);
        assertThat(again).isEmpty();
        assertThat(rig.planState(old)).isEqualTo(PlanState.SUPERSEDED);
        assertThat(rig.states(old)).isEqualTo("a=CANCELLED");
        assertThat(rig.planMessage(old)).isEqualTo("Superseded: it was recommended and not started for PT24H.");
        assertThat(rig.planState(started)).isEqualTo(PlanState.PENDING);
        assertThat(rig.planState(young)).isEqualTo(PlanState.RECOMMENDED);
    }
}
