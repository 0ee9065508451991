package interlock.neo4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import interlock.applier.PlanBuilder;
import interlock.model.OnFailure;
import interlock.neo4j.LayeredPlan;
import interlock.neo4j.database.Graph;
import interlock.neo4j.view.Diagnosis.ActionRef;
import interlock.neo4j.view.Diagnosis.Kind;
import interlock.neo4j.view.Diagnosis.PathRef;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The impact of the failure of an action. */
class ImpactTest extends PlanAnalysisFixture {
    ImpactTest(Graph graph) {
        super(graph);
    }

    @Test
    void pathsAreTriedByRankThoseWithinAPathBeforeThoseAroundIt() {
        UUID plan = store.create(PlanBuilder.plan().action("a").action("b", "a").build());
        path(plan, "second", 1, "STANDBY", List.of("a"), "a2", "STANDBY");
        path(plan, "first", 0, "STANDBY", List.of("a"), "a1", "STANDBY");
        path(plan, "all", 2, "STANDBY", List.of("a", "b"), "ab", "STANDBY");
        path(plan, "within", 0, "STANDBY", List.of("a2"), "a22", "STANDBY");

        assertThat(impact(plan, "a").paths()).extracting(PathRef::name).containsExactly("first", "second", "all");
        assertThat(impact(plan, "a2").paths()).extracting(PathRef::name).containsExactly("within", "all");
        assertThat(impact(plan, "ab").paths()).isEmpty();
        assertThat(reason(plan, "a2", Kind.STANDBY).message())
                .isEqualTo("its path 'second', which replaces 'a', has not been activated");
    }

    @Test
    void thePolicyDecidesWhatAFailureCancels() {
        for (OnFailure policy : OnFailure.values()) {
            UUID plan = store.create(PlanBuilder.plan()
                    .action("a")
                    .action("b", "a")
                    .action("aside")
                    .onFailure(policy)
                    .build());

            List<String> cancelled = switch (policy) {
                case CONTINUE, PAUSE -> List.of("b");
                case STOP, ROLLBACK -> List.of("b", "aside");
                case IGNORE -> List.of();
            };
            assertThat(impact(plan, "a").cancelled().actions())
                    .as(policy.name())
                    .extracting(ActionRef::id)
                    .containsExactlyElementsOf(cancelled);
        }
    }

    @Test
    void aThousandCancelledActionsAreNamedAndAllAreCounted() {
        UUID plan = store.create(LayeredPlan.of(40, 50));

        Impact impact = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> impact(plan, "0/0"));

        assertThat(impact.cancelled().total()).isEqualTo(39 * 50);
        assertThat(impact.cancelled().actions()).hasSize(1000);
    }
}
