package interlock.neo4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import interlock.applier.PlanBuilder;
import interlock.neo4j.database.Graph;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Plans in conflict. */
class PlanAnalysisTest extends PlanAnalysisFixture {
    PlanAnalysisTest(Graph graph) {
        super(graph);
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
