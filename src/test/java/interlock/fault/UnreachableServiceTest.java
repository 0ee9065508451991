package interlock.fault;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.Neo4jServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Of one of two services nothing is heard any more, in the middle of a transaction that holds the gate: it is frozen, as by {@code kill
 * -STOP}, or its network falls silent. The database ends that transaction; the other service stores outcomes again soon, and loses nothing.
 * What the first sent, it sent while its attempts were its own. {@code -Dinterlock.kills=100} has it happen 70 times.
 */
class UnreachableServiceTest {
    private static final int KILLS = Integer.getInteger("interlock.kills", 4);
    private static final int MANY_KILLS = 10;
    private static final int FREEZES = Math.ceilDiv(KILLS, 4);
    private static final int SILENCES = Math.ceilDiv(KILLS, 10);
    private static final Duration MORE_THAN_A_LEASE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LONGER_THAN_AN_ADVANCE = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 500;
    private static final int SLOTS = 8;
    private static final int CHAIN = 500;

    private World world;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        world = new World();
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** How a service becomes unreachable, and comes back. */
    private interface Trouble {
        void begin() throws Exception;

        /** Checks what the service reports meanwhile, if it can answer. */
        void look() throws Exception;

        void end() throws Exception;
    }

    static List<Integer> leases() {
        return KILLS < MANY_KILLS ? List.of(6) : List.of(6, 15);
    }

    @ParameterizedTest
    @MethodSource("leases")
    void theOtherServiceGoesOnAndLosesNothing(int lease) throws Exception {
        URI server = Neo4jServer.emptied().uri();
        try (Driver driver = GraphDatabase.driver(server, AuthTokens.none());
                Network network = new Network(server);
                ServiceProcess first = start("first", network.uri(), lease);
                ServiceProcess other = start("other", server.toString(), lease)) {
            Duration longestGap = Duration.ofSeconds(lease).plus(MORE_THAN_A_LEASE);
            for (int freeze = 0; freeze < FREEZES; freeze++) {
                endure(driver, freezing(first), first, other, longestGap);
            }
            for (int silence = 0; silence < SILENCES; silence++) {
                endure(driver, silencing(network, first), first, other, longestGap);
            }
        }
    }

    private ServiceProcess start(String name, String database, int lease) throws IOException {
        return ServiceProcess.start(
                folder.resolve(name),
                "--neo4j-uri=" + database,
                "--lease=%ds".formatted(lease),
                "--max-concurrent-actions=" + SLOTS);
    }

    private static Trouble freezing(ServiceProcess service) {
        return new Trouble() {
            @Override
            public void begin() throws Exception {
                signal("STOP", service);
            }

            @Override
            public void look() {
                // It says nothing.
            }

            @Override
            public void end() throws Exception {
                signal("CONT", service);
            }
        };
    }

    private static Trouble silencing(Network network, ServiceProcess service) {
        return new Trouble() {
            @Override
            public void begin() {
                network.fallSilent();
            }

            @Override
            public void look() throws Exception {
                assertThat(service.tryGet("/health/ready").statusCode()).isEqualTo(503);
            }

            @Override
            public void end() {
                network.recover();
            }
        };
    }

    private void endure(Driver driver, Trouble trouble, ServiceProcess first, ServiceProcess other, Duration longestGap)
            throws Exception {
        String plan = other.post("/v1/action_plans", steadyWork()).path("uuid").asText();
        other.post("/v1/action_plans/" + plan + "/start", "");
        awaitOutcomes(driver, plan, other, 3);
        awaitOutcomes(driver, plan, first, 3);
        int lost = timesLost(driver, first);
        beginInTheMiddle(driver, trouble);
        try {
            awaitOutcomes(driver, plan, other, outcomes(driver, other, plan) + 50);
            assertThat(other.tryGet("/health/ready").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(PATIENCE).until(() -> timesLost(driver, first) > lost);
            trouble.look();
        } finally {
            trouble.end();
        }
        awaitOutcomes(driver, plan, first, outcomes(driver, first, plan) + 3);
        assertThat(first.tryGet("/health/ready").statusCode()).isEqualTo(200);
        other.post("/v1/action_plans/" + plan + "/cancel", "");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> other.get("/v1/action_plans/" + plan)
                        .path("state")
                        .asText()
                        .equals("CANCELLED"));
        assertThat(gaps(driver, plan)).as("time between stored outcomes").allMatch(gap -> gap < longestGap.toMillis());
        assertThat(rows(driver, """
                        MATCH (t:Attempt {outcome: 'LOST'}) MATCH (applier:Applier {id: t.applier})
                        RETURN DISTINCT applier.process AS process
                        """))
                .extracting(row -> row.get("process").asLong())
                .as("whose actions were lost")
                .isSubsetOf(first.pid());
        checkRequests(driver, plan);
    }

    /** Checks that each request was sent by an attempt that had begun, had not ended, and had not been taken back. */
    private void checkRequests(Driver driver, String plan) {
        Map<String, List<Record>> attempts = rows(driver, """
                        MATCH (a:Action {planUuid: '%s', actionType: 'http'})-[:ATTEMPTED]->(t:Attempt)
                        RETURN a.id AS id, t.startedAt.epochMillis AS began, t.finishedAt.epochMillis AS ended, t.outcome AS outcome
                        """.formatted(plan)).stream()
                .collect(groupingBy(row -> "PUT /" + row.get("id").asString()));
        assertThat(world.arrivals())
                .isNotEmpty()
                .allSatisfy(arrival -> assertThat(attempts.getOrDefault(arrival.request(), List.of()))
                        .anyMatch(attempt -> attempt.get("began").asLong() <= arrival.at()
                                && (attempt.get("ended").isNull()
                                        || arrival.at() <= attempt.get("ended").asLong())));
        world.forget();
    }

    /** Begins while both services wait for the gate, until it is the unreachable one that gets it and keeps it. */
    private static void beginInTheMiddle(Driver driver, Trouble trouble) throws Exception {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try (Session session = driver.session();
                    Transaction tx = session.beginTransaction()) {
                takeGate(tx);
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> waiting(driver) >= 2);
                trouble.begin();
                tx.rollback();
            }
            if (isGateHeld(driver)) {
                return;
            }
            trouble.end();
        }
        throw new AssertionError("never while it had the gate");
    }

    private static void takeGate(Transaction tx) {
        tx.run("MATCH (gate:Gate) SET gate.turn = gate.turn + 1").consume();
    }

    /** {@return the number of transactions that wait for another one} */
    private static int waiting(Driver driver) {
        return rows(
                        driver,
                        "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*) AS number")
                .getFirst()
                .get("number")
                .asInt();
    }

    private static boolean isGateHeld(Driver driver) {
        try (Session session = driver.session();
                Transaction tx = session.beginTransaction(TransactionConfig.builder()
                        .withTimeout(LONGER_THAN_AN_ADVANCE)
                        .build())) {
            takeGate(tx);
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

    private static int timesLost(Driver driver, ServiceProcess service) {
        return rows(
                        driver,
                        "MATCH (a:Applier {state: 'LOST', process: %d}) RETURN count(a) AS times"
                                .formatted(service.pid()))
                .getFirst()
                .get("times")
                .asInt();
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

    /** Chains of short sleeps and requests: as many as both services have slots, and longer than anybody is away. */
    private String steadyWork() {
        StringJoiner actions = new StringJoiner(",");
        for (int chain = 0; chain < 2 * SLOTS; chain++) {
            for (int place = 0; place < CHAIN; place++) {
                String id = "%d-%d".formatted(chain, place);
                String before = place == 0 ? "" : "\"request-%d-%d\"".formatted(chain, place - 1);
                actions.add("""
                        {"id": "sleep-%s", "action_type": "sleep", "input_parameters": {"duration": 0.2}, "parents": [%s]},
                        {"id": "request-%s", "action_type": "http", "input_parameters": {"method": "PUT", "url": "%s"}, "parents": ["sleep-%s"]}
                        """.formatted(id, before, id, world.url("/request-" + id), id));
            }
        }
        return "{\"name\": \"steady work\", \"actions\": [%s]}".formatted(actions);
    }

    private static List<Record> rows(Driver driver, String cypher) {
        return driver.executableQuery(cypher).execute().records();
    }
}
