package interlock.neo4j.advance;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.Rig;
import interlock.neo4j.Neo4jServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While actions of several plans run, an advance claims few of them: three, here. */
@ExtendWith(Neo4jServer.class)
class SeveralPlansTest {
    private static final int CHILDREN = 12;

    @AutoClose
    private final Rig rig = new Rig(false, 100, 3);

    private final Applier applier = rig.applier(20);

    @BeforeEach
    void twoPlansRun() {
        PlanBuilder large = PlanBuilder.plan().scripted("first");
        for (int number = 0; number < CHILDREN; number++) {
            large.scripted("child" + number, "first");
        }
        rig.start(PlanBuilder.plan().scripted("other"));
        rig.start(large);
        applier.step(true);
        assertThat(rig.started).hasSize(2);
        rig.take("first").run();
    }

    @Test
    void theRestIsClaimedByTheNextAdvancesThoughNobodyAsksForIt() {
        for (int claimed = 3; claimed <= CHILDREN; claimed += 3) {
            applier.step(false);
            assertThat(rig.started).hasSize(1 + claimed);
        }
    }

    @Test
    void endedActionsCountUntilTheirOutcomeIsStored() {
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
