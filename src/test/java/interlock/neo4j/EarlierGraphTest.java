package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.ResourceKey;
import interlock.model.Capacities;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Schema;
import interlock.neo4j.store.ResourceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations of a graph that an earlier version stored. */
@ExtendWith(Neo4jServer.class)
class EarlierGraphTest {
    private static final String V012 = "V012__keys_of_actions_and_revisions_of_plans";
    private static final String V013 = "V013__sources_of_capacities";
    private static final String V018 = "V018__deadlines";

    private Graph graph;

    @BeforeEach
    void forgetTheKey(Graph server) {
        graph = server;
        graph.schema("DROP CONSTRAINT action_id IF EXISTS");
    }

    @AfterEach
    void haveTheKeyAgain() throws IOException {
        Neo4jServer.empty();
        migrate();
    }

    @Test
    void actionsThatWereCalledAlikeGetIdsOfTheirOwn() throws IOException {
        Neo4jServer.query("""
                UNWIND ['p', 'q'] AS plan
                CREATE (owner:ActionPlan {uuid: plan})
                WITH owner
                UNWIND ['a', 'revert a', 'b', 'revert a'] AS id
                CREATE (owner)-[:CONTAINS]->(action:Action {planUuid: owner.uuid, id: id, name: id})
                """, Map.of());
        Neo4jServer.query("""
                MATCH (plan:ActionPlan)-[:CONTAINS]->(action)
                WITH plan, action ORDER BY plan.uuid, action.id
                WITH plan, collect(action) AS actions
                UNWIND range(0, size(actions) - 1) AS number
                WITH plan, number, actions[number] AS action
                SET action.number = number, action.uuid = plan.uuid + number
                """, Map.of());

        migrate();

        assertThat(strings("MATCH (a:Action) RETURN a.planUuid + ': ' + a.id AS it"))
                .containsExactlyInAnyOrder(
                        "p: a",
                        "p: b",
                        "p: revert a",
                        "p: revert a p3",
                        "q: a",
                        "q: b",
                        "q: revert a",
                        "q: revert a q3");
        assertThat(strings("MATCH (a:Action) WHERE a.name <> a.id RETURN a.id AS it"))
                .isEmpty();
        assertThat(strings("SHOW CONSTRAINTS YIELD name WHERE name = 'action_id' RETURN name AS it"))
                .hasSize(1);
    }

    @Test
    void plansLeadToTheRevisionsThatWereStoredBefore() throws IOException {
        Neo4jServer.query("""
                UNWIND ['p', 'q'] AS plan
                CREATE (:ActionPlan {uuid: plan})
                WITH plan
                UNWIND range(1, 3) AS number
                CREATE (:Revision {planUuid: plan, number: number})
                """, Map.of());
        Neo4jServer.query("CREATE (:Revision {auditUuid: 'audit', number: 1})", Map.of());

        migrate();
        migrate();

        assertThat(strings("MATCH (p:ActionPlan)-[:CHANGED]->(r:Revision) RETURN p.uuid + r.planUuid + r.number AS it"))
                .containsExactlyInAnyOrder("pp1", "pp2", "pp3", "qq1", "qq2", "qq3");
    }

    @Test
    void aCapacityThatWasNotTheDefaultCountsAsThatOfAPlanUnlessItIsConfigured() throws IOException {
        Neo4jServer.query("""
                UNWIND [
                  ['lock', 'plain', 1], ['lock', 'wide', 3], ['compute_host', 'plain', 2], ['compute_host', 'wide', 4],
                  ['action_type', 'named', 1], ['action_type', 'configured', 5]
                ] AS old
                CREATE (:Resource {
                  key: old[0] + '/' + old[1], kind: old[0], id: old[1], name: old[1],
                  capacity: old[2], used: 1, free: old[2] - 1
                })
                """, Map.of());

        migrate(V013);
        Capacities configured = new Capacities(Map.of(), Map.of(ResourceKey.actionType("configured"), 5));
        new ResourceStore(graph, configured.with(Set.of("compute_host"))).applyConfiguration();

        assertThat(strings("""
                MATCH (r:Resource)
                RETURN r.key + ' ' + coalesce(r.capacity, 'unlimited') + ' ' + coalesce(r.free, '-') + ' ' + r.source AS it
                """))
                .containsExactlyInAnyOrder(
                        "lock/plain 1 0 default",
                        "lock/wide 3 2 plan",
                        "compute_host/plain unlimited - default",
                        "compute_host/wide 4 3 plan",
                        "action_type/named unlimited - default",
                        "action_type/configured 5 4 configuration");
        assertThat(
                        strings(
                                "MATCH (r:Resource {key: 'action_type/configured'}) WHERE r.planCapacity IS NOT NULL RETURN r.key AS it"))
                .isEmpty();
    }

    @Test
    void deadlinesOfActionsThatWaitForAnotherAttemptAreWatched() throws IOException {
        Neo4jServer.query("""
                UNWIND [['waits', 'PENDING', 3.5], ['without', 'PENDING', null], ['ended', 'FAILED', 3.5]] AS old
                CREATE (:Action {
                  uuid: old[0], id: old[0], planUuid: 'p', state: old[1], deadlineSeconds: old[2],
                  startedAt: datetime('2026-05-04T12:00:00Z')
                })
                CREATE (:Action {uuid: old[0] + ' new', id: 'new', planUuid: old[0], state: 'PENDING', deadlineSeconds: 3.5})
                """, Map.of());

        migrate(V018);

        assertThat(strings("MATCH (a:Action) WHERE a.deadlineAt IS NOT NULL RETURN a.id + ' ' + a.deadlineAt AS it"))
                .containsExactly("waits 2026-05-04T12:00:03.5Z");
    }

    private void migrate() throws IOException {
        migrate(V012);
    }

    private void migrate(String migration) throws IOException {
        String text = Files.readString(Path.of("cypher", "schema", migration + ".cypher"));
        new Schema.Migration(migration, text).statements().forEach(graph::schema);
    }

    private static List<String> strings(String cypher) {
        return Neo4jServer.query(cypher, Map.of()).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }
}
