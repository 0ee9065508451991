package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.EmbeddedNeo4j;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;

/** Processes are killed, as by {@code kill -9}, while a plan runs. */
class KillTest {
    private static final int ACTIONS = 1_000;
    private static final int KILLS = Integer.getInteger("interlock.kills", 4);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void aPlanSurvivesTheDeathOfItsServiceOverAndOver() throws Exception {
        Path data = folder.resolve("data");
        String[] options = {"--data=" + data, "--bolt-port=0", "--browser-port=0"};
        ServiceProcess service = ServiceProcess.start(folder.resolve("log-0"), options);
        String plan = start(service);
        for (int kill = 1; kill <= KILLS; kill++) {
            awaitSucceeded(service, plan, kill * ACTIONS / (KILLS + 1));
            service.kill();
            service.close();
            service = ServiceProcess.start(folder.resolve("log-" + kill), options);
        }
        awaitEnd(service, plan);
        assertThat(service.get("/v1/action_plans/" + plan).path("state").asText())
                .isEqualTo("SUCCEEDED");
        service.kill();
        service.close();

        try (EmbeddedNeo4j database = EmbeddedNeo4j.start(new EmbeddedNeo4j.Settings(data, 0, 0));
                Driver driver = GraphDatabase.driver(
                        database.boltUri(), AuthTokens.basic(database.user(), database.password()))) {
            checkAttempts(driver);
            assertThat(rows(driver, "MATCH (t:Attempt {outcome: 'LOST'}) RETURN t"))
                    .isNotEmpty();
        }
    }

    @Test
    void twoServicesShareAPlanAndOneFinishesItWhenTheOtherIsKilled() throws Exception {
        URI server = Neo4jServer.emptied().uri();
        try (Driver driver = GraphDatabase.driver(server, AuthTokens.none())) {
            String[] options = {"--neo4j-uri=" + server, "--lease=15s", "--max-concurrent-actions=4"};
            long killed;
            try (ServiceProcess first = ServiceProcess.start(folder.resolve("first"), options);
                    ServiceProcess second = ServiceProcess.start(folder.resolve("second"), options)) {
                String plan = start(first);
                awaitSucceeded(first, plan, ACTIONS / 4);
                killed = first.pid();
                first.kill();
                awaitEnd(second, plan);

                JsonNode ended = second.get("/v1/action_plans/" + plan);
                assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
            }
            checkAttempts(driver);
            assertThat(
                            rows(
                                    driver,
                                    "MATCH (t:Attempt {outcome: 'SUCCEEDED'}) MATCH (a:Applier {id: t.applier}) RETURN DISTINCT a.process"))
                    .as("both took part")
                    .hasSize(2);
            assertThat(rows(driver, "MATCH (a:Applier {state: 'LOST'}) RETURN a.process AS process"))
                    .extracting(row -> row.get("process").asLong())
                    .contains(killed);
        }
    }

    private static String start(ServiceProcess service) throws Exception {
        String plan = service.post("/v1/action_plans", document()).path("uuid").asText();
        service.post("/v1/action_plans/" + plan + "/start", "");
        return plan;
    }

    /** Layers of twenty, each action with three parents in the layer before, each a short sleep. */
    private static String document() {
        Random random = new Random(7);
        StringJoiner actions = new StringJoiner(",");
        for (int i = 0; i < ACTIONS; i++) {
            StringJoiner parents = new StringJoiner(",");
            for (int k = 0; i >= 20 && k < 3; k++) {
                parents.add("\"a%d\"".formatted((i / 20 - 1) * 20 + (i + k * 7) % 20));
            }
            actions.add("""
                    {"id": "a%d", "action_type": "sleep", "input_parameters": {"duration": %s}, "parents": [%s]}
                    """.formatted(i, 0.02 + random.nextInt(60) / 1000.0, parents));
        }
        return "{\"name\": \"to be killed\", \"actions\": [%s]}".formatted(actions);
    }

    private static void awaitSucceeded(ServiceProcess service, String plan, int actions) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> service.get("/v1/action_plans/" + plan)
                                .path("actions_by_state")
                                .path("SUCCEEDED")
                                .asInt()
                        >= actions);
    }

    private static void awaitEnd(ServiceProcess service, String plan) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> List.of("SUCCEEDED", "FAILED")
                        .contains(service.get("/v1/action_plans/" + plan)
                                .path("state")
                                .asText()));
    }

    private static void checkAttempts(Driver driver) {
        assertThat(rows(driver, """
                        MATCH (a:Action)
                        WITH a, COUNT { (a)-[:ATTEMPTED]->({outcome: 'SUCCEEDED'}) } AS succeeded,
                          COUNT { (a)-[:ATTEMPTED]->({outcome: 'LOST'}) } AS lost
                        WHERE succeeded <> 1 OR a.attempt <> succeeded + lost
                        RETURN a.id, succeeded, lost
                        """))
                .as("every action has exactly one success, and what was cut short is recorded as lost")
                .isEmpty();
        assertThat(rows(driver, """
                        MATCH (t:Attempt {number: 1})<-[:ATTEMPTED]-(a:Action)-[:DEPENDS_ON]->(parent)
                        WHERE t.startedAt < parent.finishedAt
                        RETURN a.id
                        """))
                .as("no first attempt starts before its parents have finished")
                .isEmpty();
    }

    private static List<Record> rows(Driver driver, String cypher) {
        return driver.executableQuery(cypher).execute().records();
    }
}
