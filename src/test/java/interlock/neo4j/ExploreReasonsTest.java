package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import interlock.applier.PlanBuilder;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The queries that say why something does not run. */
class ExploreReasonsTest extends ExploreFixture {
    @Test
    void whyAnActionIsNotRunningAreTheUnfinishedOnesBeforeIt() {
        assertThat(rows("why-not-running", of("end"), "reason", "what", "state", "steps"))
                .containsExactly(
                        tuple("depends on an action", "flaky", "PENDING", 1L),
                        tuple("depends on an action", "move a", "ONGOING", 1L),
                        tuple("depends on an action", "move b", "PENDING", 1L),
                        tuple("depends on an action", "move c", "PENDING", 1L));
    }

    @Test
    void whyAnActionIsNotRunningIsAResource() {
        assertThat(rows("why-not-running", of("move b"), "reason", "what", "state", "detail"))
                .containsExactly(tuple("waits for a resource", "compute_host/h1", "1 of 1 used", "held by move a (1)"));
    }

    @Test
    void whyAnActionIsNotRunningIsTime() {
        assertThat(rows("why-not-running", of("flaky"), "reason", "detail"))
                .containsExactly(tuple("waits for its time", property(plan, "flaky", "statusMessage")));
    }

    @Test
    void whyAnActionIsNotRunningIsThatNobodyStartedItsPlan() {
        UUID other = store.create(PlanBuilder.plan().action("alone").build());

        assertThat(rows("why-not-running", Map.of("action", uuid(other, "alone")), "reason", "state"))
                .containsExactly(tuple("its plan does not run", "RECOMMENDED"));
        Neo4jServer.query("MATCH (lease:Lease) SET lease.until = datetime() - duration('PT1S')", Map.of());
        assertThat(rows("why-not-running", Map.of("action", uuid(other, "alone")), "reason"))
                .containsExactly(tuple("its plan does not run"), tuple("no applier is active"));
    }

    @Test
    void whyAnActionIsNotRunningIsThatItsPathStandsBy() {
        aPathFor(plan, "move b", "STANDBY");

        assertThat(rows("why-not-running", of("stand-in for move b"), "reason", "what"))
                .containsExactly(tuple("nothing has called for its path", "instead of move b"));
    }

    @Test
    void whyAnActionIsNotRunningIsThatItIsOver() {
        assertThat(rows("why-not-running", of("after broken"), "reason", "state", "detail"))
                .containsExactly(tuple("it is over", "CANCELLED", property(plan, "after broken", "statusMessage")));
    }

    @Test
    void actionsBlockedByAnAction() {
        assertThat(rows("what-it-blocks", of("move a"), "reason", "id", "steps"))
                .containsExactly(
                        tuple("depends on it", "end", 1L),
                        tuple("waits for compute_host/h1", "move b", null),
                        tuple("waits for compute_host/h1", "move c", null));
        assertThat(rows("what-it-blocks", of("move a"), "plan")).containsOnly(tuple("test"));
    }

    @Test
    void replacedDependenciesBlockNothing() {
        Neo4jServer.query(
                "MATCH (:Action {uuid: $action})-[d:DEPENDS_ON]->(p) WHERE p.id <> 'move c' SET d.replacedBy = 'a path'",
                of("end"));

        assertThat(rows("why-not-running", of("end"), "what")).containsExactly(tuple("move c"));
        assertThat(rows("what-it-blocks", of("move a"), "reason")).containsOnly(tuple("waits for compute_host/h1"));
    }

    @Test
    void whyAPlanDoesNotGetOn() {
        assertThat(rows("why-stuck", ofPlan(), "reason", "action"))
                .containsExactlyInAnyOrder(
                        tuple("failed", "broken"),
                        tuple("runs", "move a"),
                        tuple("waits for a resource", "move b"),
                        tuple("waits for a resource", "move c"),
                        tuple("waits for its next attempt", "flaky"));
    }

    @Test
    void aPlanThatNobodyStartedDoesNotGetOn() {
        UUID other = store.create(PlanBuilder.plan().action("alone").build());

        assertThat(rows("why-stuck", Map.of("plan", other.toString()), "reason", "detail"))
                .containsExactly(tuple("the plan is RECOMMENDED", "nobody has started it"));
    }
}
