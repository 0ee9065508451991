package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.Applier;
import interlock.applier.Rig;
import interlock.model.NewPlan;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Schema;
import interlock.neo4j.store.PlanStore;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class NestedPathsTest {
    private static final int DEEPEST = 32;

    @Test
    void toActivateAPathDeepInOthersCostsAboutAsMuchAsNearTheTop() {
        assertDeepIsNotMuchMoreThanShallow(NestedPlan.of(DEEPEST, 10));
    }

    @Test
    void soItDoesWhereWhatHasSucceededIsRevertedFirst() {
        assertDeepIsNotMuchMoreThanShallow(NestedPlan.reverting(DEEPEST, 10));
    }

    private static void assertDeepIsNotMuchMoreThanShallow(NewPlan nested) {
        ProfiledTransactions[] profiled = new ProfiledTransactions[1];
        try (Rig rig = new Rig(clock -> profiled[0] = Neo4jServer.profiled(clock), 100, 32)) {
            UUID plan = rig.start(nested);
            Applier applier = rig.applier(8);

            NestedPlan.runUntil(rig, applier, plan, 1);
            profiled[0].hits();
            NestedPlan.runUntil(rig, applier, plan, 2);
            long shallow = profiled[0].hits();
            NestedPlan.runUntil(rig, applier, plan, DEEPEST - 1);
            profiled[0].hits();
            NestedPlan.runUntil(rig, applier, plan, DEEPEST);
            long deep = profiled[0].hits();

            assertThat(deep).isLessThanOrEqualTo(3 * shallow);
        }
    }

    @Test
    void aPathIsStoredWithinTheOneWhoseActionsItReplaces(Graph graph) {
        UUID plan = new PlanStore(graph, interlock.model.Capacities.DEFAULT).create(NestedPlan.of(3, 2));

        assertThat(within(plan)).isEqualTo("path 2 within path 1, path 3 within path 2");
    }

    @Test
    void thoseOfOlderDatabasesAreFoundByTheMigration(Graph graph) {
        UUID plan = new PlanStore(graph, interlock.model.Capacities.DEFAULT).create(NestedPlan.of(3, 2));
        Neo4jServer.query("MATCH ()-[within:WITHIN]->() DELETE within", Map.of());

        new Schema.Migration(
                        "V009__paths_within_paths",
                        Cypher.of("schema/V009__paths_within_paths").text())
                .statements()
                .forEach(graph::schema);

        assertThat(within(plan)).isEqualTo("path 2 within path 1, path 3 within path 2");
    }

    private static String within(UUID plan) {
        return String.join(
                ", ",
                Neo4jServer.query("""
                        MATCH (inner:AlternativePath {planUuid: $plan})-[:WITHIN]->(outer)
                        RETURN inner.name + ' within ' + outer.name AS it ORDER BY it
                        """, Map.of("plan", plan.toString())).stream()
                        .map(row -> row.get("it").asString())
                        .toList());
    }
}
