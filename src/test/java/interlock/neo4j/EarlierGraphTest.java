package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Migrations of a graph that an earlier version stored. */
@ExtendWith(Neo4jServer.class)
class EarlierGraphTest {
    private static final String V012 = "V012__keys_of_actions_and_revisions_of_plans";

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

    private void migrate() throws IOException {
        String text = Files.readString(Path.of("cypher", "schema", V012 + ".cypher"));
        new Schema.Migration(V012, text).statements().forEach(graph::schema);
    }

    private static List<String> strings(String cypher) {
        return Neo4jServer.query(cypher, Map.of()).stream()
                .map(row -> row.get("it").asString())
                .toList();
    }
}
