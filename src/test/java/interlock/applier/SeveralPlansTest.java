package interlock.applier;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.Neo4jServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While actions of several plans run, an advance claims few of them: three, here. */
@ExtendWith(Neo4jServer.class)
class SeveralPlansTest {
    private static final int CHILDREN = 12;

    private Rig rig;
    private Applier applier;

    @BeforeEach
    void twoPlansRun() {
        rig = new Rig(false, 100, 3);
        applier = rig.applier(20);
        PlanBuilder large = PlanBuilder.plan().action("first", "scripted", Map.of("name", "first"));
        for (int number = 0; number < CHILDREN; number++) {
            large.action("child" + number, "scripted", Map.of("name", "child" + number), "first");
        }
        rig.start(PlanBuilder.plan().action("other", "scripted", Map.of("name", "other")));
        rig.start(large);
        applier.step(true);
        assertThat(rig.started).hasSize(2);
        rig.take("first").run();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theRestIsClaimedByTheNextAdvancesThoughNobodyAsksForIt() {
        for (int claimed = 3; claimed <= CHILDREN; claimed += 3) {
            applier.step(false);
            assertThat(rig.started).hasSize(1 + claimed);
        }
    }

    @Test
    void whatHasEndedCountsUntilThatIsStored() {
        rig.take("other").run();

        applier.step(false);
        assertThat(rig.started).hasSize(3);
    }

    @Test
    void aPlanThatRunsAloneIsClaimedAtOnce() {
        applier.step(false);
        rig.take("other").run();
        applier.step(false);
        assertThat(rig.started).hasSize(3 + 3);

        applier.step(false);
        assertThat(rig.started).hasSize(CHILDREN);
    }
}
