package interlock.neo4j.advance;

import static interlock.applier.PlanBuilder.plan;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.Applier;
import interlock.applier.Rig;
import interlock.model.OnFailure;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class ContentionTest {
    @AutoClose
    private final Rig rig = new Rig();

    @Test
    void theNextInLineIsWokenWhenTheFirstLacksAnotherResource() {
        UUID plan = rig.start(plan().action("first")
                .using("host", "a", 1)
                .estimated(Duration.ofSeconds(9))
                .action("second")
                .using("host", "b", 1)
                .estimated(Duration.ofSeconds(8))
                .action("needs both")
                .using("host", "a", 1)
                .using("host", "b", 1)
                .estimated(Duration.ofSeconds(7))
                .action("needs a")
                .using("host", "a", 1)
                .estimated(Duration.ofSeconds(1)));
        Applier applier = rig.applier(8);
        applier.step(true);
        rig.started.remove().run();

        applier.step(false);

        assertThat(rig.states(plan)).isEqualTo("first=SUCCEEDED needs a=ONGOING needs both=PENDING second=ONGOING");
    }

    @Test
    void theNextInLineIsWokenWhenTheFirstIsCancelled() {
        UUID stopped = rig.start(plan().onFailure(OnFailure.STOP)
                .action("fails", "fail", Map.of())
                .using("host", "a", 1)
                .estimated(Duration.ofSeconds(9))
                .action("first in line")
                .using("host", "a", 1)
                .estimated(Duration.ofSeconds(8)));
        UUID other = rig.start(plan().action("next in line").using("host", "a", 1));
        Applier applier = rig.applier(8);
        applier.step(true);
        rig.runStarted();

        applier.step(false);

        assertThat(rig.states(stopped)).isEqualTo("fails=FAILED first in line=CANCELLED");
        assertThat(rig.states(other)).isEqualTo("next in line=ONGOING");
    }
}
