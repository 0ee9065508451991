package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.harness.Neo4j;

/**
 * One of two services is frozen, as by {@code kill -STOP}, in the middle of a transaction that holds the gate. The database ends that
 * transaction; the other service stores outcomes again soon, and loses nothing.
 */
class FrozenServiceTest {
    private static final int FREEZES = Math.ceilDiv(Integer.getInteger("interlock.kills", 4), 2);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LONGEST_GAP = LEASE.plusSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LONGER_THAN_AN_ADVANCE = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 500;
    private static final int SLOTS = 8;
    private static final int CHAIN = 1_000;

    @TempDir
    private Path folder;

    @Test
    void theOtherServiceGoesOnAndLosesNothing() throws Exception {
        try (Neo4j server = SharedDatabase.start(folder.resolve("server"));
                Driver driver = GraphDatabase.driver(server.boltURI(), AuthTokens.none())) {
            String[] options = {
                "--neo4j-uri=" + server.boltURI(),
                "--lease=%ds".formatted(LEASE.toSeconds()),
                "--max-concurrent-actions=" + SLOTS
            };
            try (ServiceProcess frozen = ServiceProcess.start(folder.resolve("frozen"), options);
                    ServiceProcess other = ServiceProcess.start(folder.resolve("other"), options)) {
                for (int freeze = 0; freeze < FREEZES; freeze++) {
                    freezeAndThaw(driver, frozen, other);
                }
            }
        }
    }

    private static void freezeAndThaw(Driver driver, ServiceProcess frozen, ServiceProcess other) throws Exception {
        String plan = other.post("/v1/action_plans", steadyWork()).path("uuid").asText();
        other.post("/v1/action_plans/" + plan + "/start", "");
        awaitOutcomes(driver, plan, other, 3);
        awaitOutcomes(driver, plan, frozen, 3);
        freezeInTheMiddle(driver, frozen);
        try {
            awaitOutcomes(driver, plan, other, outcomes(driver, other, plan) + 50);
            assertThat(other.tryGet("/health/ready").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(PATIENCE).until(() -> isLost(driver, frozen));
        } finally {
            signal("CONT", frozen);
        }
        other.post("/v1/action_plans/" + plan + "/cancel", "");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> other.get("/v1/action_plans/" + plan)
                        .path("state")
                        .asText()
                        .equals("CANCELLED"));
        assertThat(gaps(driver, plan)).as("time between stored outcomes").allMatch(gap -> gap < LONGEST_GAP.toMillis());
        assertThat(rows(driver, """
                        MATCH (t:Attempt {outcome: 'LOST'}) MATCH (applier:Applier {id: t.applier})
                        RETURN DISTINCT applier.process AS process
                        """))
                .extracting(row -> row.get("process").asLong())
                .as("whose actions were lost")
                .isSubsetOf(frozen.pid());
    }

    /** Freezes it until it is frozen while it has the gate. */
    private static void freezeInTheMiddle(Driver driver, ServiceProcess service) throws Exception {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            signal("STOP", service);
            if (isGateHeld(driver)) {
                return;
            }
            signal("CONT", service);
        }
        throw new AssertionError("never frozen while it had the gate");
    }

    private static boolean isGateHeld(Driver driver) {
        try (Session session = driver.session();
                Transaction tx = session.beginTransaction(TransactionConfig.builder()
                        .withTimeout(LONGER_THAN_AN_ADVANCE)
                        .build())) {
            tx.run("MATCH (gate:Gate) SET gate.turn = gate.turn + 1").consume();
            tx.rollback();
            return false;
        } catch (Neo4jException e) {
            return true;
        }
    }

    private static void signal(String name, ServiceProcess service) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(service.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).as("kill -%s", name).isZero();
    }

    private static boolean isLost(Driver driver, ServiceProcess service) {
        return !rows(driver, "MATCH (a:Applier {state: 'LOST'}) RETURN a.process AS process").stream()
                .filter(row -> row.get("process").asLong() == service.pid())
                .toList()
                .isEmpty();
    }

    private static void awaitOutcomes(Driver driver, String plan, ServiceProcess service, int number) {
        Awaitility.await().atMost(PATIENCE).until(() -> outcomes(driver, service, plan) >= number);
    }

    private static int outcomes(Driver driver, ServiceProcess service, String plan) {
        return rows(driver, """
                        MATCH (:Action {planUuid: '%s', state: 'SUCCEEDED'})-[:ATTEMPTED]->(t:Attempt {outcome: 'SUCCEEDED'})
                        MATCH (:Applier {id: t.applier, process: %d})
                        RETURN count(*) AS number
                        """.formatted(plan, service.pid()))
                .getFirst()
                .get("number")
                .asInt();
    }

    /** {@return how many milliseconds have passed between an outcome and the next} */
    private static List<Long> gaps(Driver driver, String plan) {
        List<Long> times = rows(driver, """
                        MATCH (:Action {planUuid: '%s'})-[:ATTEMPTED]->(t:Attempt {outcome: 'SUCCEEDED'})
                        RETURN t.finishedAt.epochMillis AS at ORDER BY at
                        """.formatted(plan)).stream()
                .map(row -> row.get("at").asLong())
                .toList();
        return IntStream.range(1, times.size())
                .mapToObj(place -> times.get(place) - times.get(place - 1))
                .toList();
    }

    /** Chains of short sleeps: as many as both services have slots, and longer than anybody is frozen. */
    private static String steadyWork() {
        StringJoiner actions = new StringJoiner(",");
        for (int chain = 0; chain < 2 * SLOTS; chain++) {
            for (int place = 0; place < CHAIN; place++) {
                actions.add("""
                        {"id": "%d/%d", "action_type": "sleep", "input_parameters": {"duration": 0.2}, "parents": [%s]}
                        """.formatted(chain, place, place == 0 ? "" : "\"%d/%d\"".formatted(chain, place - 1)));
            }
        }
        return "{\"name\": \"steady work\", \"actions\": [%s]}".formatted(actions);
    }

    private static List<Record> rows(Driver driver, String cypher) {
        return driver.executableQuery(cypher).execute().records();
    }
}
