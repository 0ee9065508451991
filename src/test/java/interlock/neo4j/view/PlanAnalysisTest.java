package interlock.neo4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.model.PlanState;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Graph;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Critical paths, and plans in conflict. */
class PlanAnalysisTest extends PlanAnalysisFixture {
    PlanAnalysisTest(Graph graph) {
        super(graph);
    }

    @Test
    void theCriticalPathCoversTheUnfinishedActions() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan()
                .action("a")
                .estimated(Duration.ofSeconds(100))
                .action("b", "a")
                .action("c")
                .estimated(Duration.ofSeconds(20))
                .action("d", "b", "c"));

        assertThat(chain(plan, PlanState.PENDING)).containsExactly("a", "b", "d");
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(chain(plan, PlanState.ONGOING)).containsExactly("c", "d");
        assertThat(questions.criticalPath(plan, PlanState.ONGOING).seconds()).isEqualTo(21);
    }

    @Test
    void theCriticalPathOfAnEndedPlanCoversAllActions() {
        Applier applier = applier(8);
        UUID plan = start(PlanBuilder.plan().action("a").action("b", "a"));
        applier.step(true);
        runFirst();
        applier.step(true);
        runFirst();
        applier.step(true);

        assertThat(chain(plan, PlanState.SUCCEEDED)).containsExactly("a", "b");
        assertThat(questions.criticalPath(plan, PlanState.ONGOING).links()).isEmpty();
    }

    @Test
    void theCriticalPathFollowsWhatIsInForce() {
        UUID plan = store.create(
                PlanBuilder.plan().action("a").action("b", "a").action("c", "b").build());
        Neo4jServer.query(
                "MATCH (:Action {planUuid: $plan, id: 'b'})-[d:DEPENDS_ON]->() SET d.replacedBy = 'x'", of(plan));

        assertThat(chain(plan, PlanState.RECOMMENDED)).containsExactly("b", "c");
    }

    @Test
    void plansThatBearTheSameResourceIdConflictUnlessAResourceSaysSoAlready() {
        UUID one = store.create(PlanBuilder.plan()
                .action("a", "nop", Map.of("resource_id", "i1"))
                .using("instance", "i1", 1)
                .action("b", "nop", Map.of("resource_id", "i2"))
                .build());
        UUID other = store.create(PlanBuilder.plan()
                .action("c", "nop", Map.of("resource_id", "i1"))
                .using("instance", "i1", 1)
                .action("d", "nop", Map.of("resource_id", "i2"))
                .build());
        store.create(PlanBuilder.plan()
                .action("e", "nop", Map.of("resource_id", "i3"))
                .build());

        List<Conflict> conflicts = questions.conflicts(one);

        assertThat(conflicts).extracting(Conflict::planUuid).containsExactly(other.toString());
        assertThat(conflicts.getFirst().resources())
                .extracting(Conflict.Shared::kind, Conflict.Shared::id, Conflict.Shared::capacity)
                .containsExactly(
                        tuple("instance", "i1", OptionalLong.of(1)), tuple("resource_id", "i2", OptionalLong.empty()));
    }
}
