package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import interlock.neo4j.Neo4jServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/**
 * A service is killed, as by {@code kill -9}, at known moments around a failure. What becomes of the plan is what would
 * have become of it without that.
 */
class KilledAroundFailuresTest {
    @TempDir
    private static Path folder;

    private static RestartedService service;
    private static SharedKills kills;

    @BeforeAll
    static void start() throws IOException {
        service = RestartedService.on(Neo4jServer.emptied().uri(), folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @TestFactory
    List<DynamicTest> whatBecomesOfAPlanIsWhatWouldHaveBecomeOfItAnyway() {
        List<Scenario> scenarios = List.of(
                new Scenario(
                        "the path is activated once when the last attempt is cut short, and tried again",
                        KilledAroundFailuresTest::lastAttempt),
                new Scenario(
                        "the path is activated once when the failure is known but not stored",
                        KilledAroundFailuresTest::failureNotStored),
                new Scenario(
                        "what may not be repeated has failed, and its path takes its place",
                        KilledAroundFailuresTest::notRepeatable),
                new Scenario("a path goes on, and so does a path in a path", KilledAroundFailuresTest::pathInPath),
                new Scenario(
                        "the path of a group does not wait for what died with the service",
                        KilledAroundFailuresTest::pathOfGroup),
                new Scenario("a roll-back goes on where it was", KilledAroundFailuresTest::rollBack),
                new Scenario(
                        "a revert that may not be repeated has failed", KilledAroundFailuresTest::revertNotRepeatable),
                new Scenario(
                        "a plan is cancelled, though what ran cannot be repeated", KilledAroundFailuresTest::cancelled),
                new Scenario(
                        "a paused plan waits for its user, though its service died", KilledAroundFailuresTest::paused),
                new Scenario(
                        "whether it was done is asked before it is done again", KilledAroundFailuresTest::askable));
        kills = new SharedKills(service, scenarios.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> played = new ArrayList<>();
            scenarios.forEach(scenario -> played.add(threads.submit(() -> scenario.play(kills))));
            return IntStream.range(0, scenarios.size())
                    .mapToObj(at -> dynamicTest(scenarios.get(at).what(), () -> Scenario.report(played.get(at))))
                    .toList();
        }
    }

    @AfterEach
    void everythingIsInOrder() {
        service.check();
    }

    private static void lastAttempt(World world) throws Exception {
        Document document = new Document(
                "continue",
                world.put("a").attempts(2).or("other", world.put("b")),
                world.put("c").after("a"));
        world.fails("PUT /a", World.UNAVAILABLE);
        Ending expected = service.undisturbed(document, world);

        Held first = world.hold("PUT /a");
        Held last = world.hold("PUT /a");
        String plan = service.apply(document);
        first.release();
        kills.killDuring(last);
        last.drop();
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected);
        assertThat(expected.state()).isEqualTo("SUCCEEDED");
        assertThat(service.attempts(plan, "a")).containsExactly("FAILED", "LOST", "FAILED");
        assertThat(world.requests()).containsExactly("PUT /a", "PUT /a", "PUT /a", "PUT /b", "PUT /c");
    }

    private static void failureNotStored(World world) throws Exception {
        Document document = new Document(
                "continue",
                world.put("a").or("other", world.put("b")),
                world.put("c").after("a"));
        world.fails("PUT /a", World.REFUSED);
        Ending expected = service.undisturbed(document, world);

        Held only = world.hold("PUT /a");
        String plan = service.apply(document);
        only.await();
        kills.awaitOthers();
        try (Driver driver = GraphDatabase.driver(Neo4jServer.settings().uri(), AuthTokens.none());
                var session = driver.session();
                var gate = session.beginTransaction()) {
            gate.run("MATCH (gate:Gate {name: 'gate'}) SET gate.turn = gate.turn")
                    .consume();
            only.release();
            awaitBlockedTransaction(driver);
            kills.kill();
        }
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected);
        assertThat(service.attempts(plan, "a")).containsExactly("LOST", "FAILED");
        assertThat(world.requests()).containsExactly("PUT /a", "PUT /a", "PUT /b", "PUT /c");
    }

    private static void notRepeatable(World world) throws Exception {
        Document document = new Document(
                "continue",
                world.post("a").attempts(3).or("other", world.put("b")),
                world.put("c").after("a"));
        world.fails("POST /a", World.REFUSED);
        Ending expected = service.undisturbed(document, world);

        Held only = world.hold("POST /a");
        String plan = service.apply(document);
        kills.killDuring(only);
        only.release();
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected);
        assertThat(service.attempts(plan, "a")).containsExactly("LOST");
        assertThat(world.requests()).containsExactly("POST /a", "PUT /b", "PUT /c");
    }

    private static void pathInPath(World world) throws Exception {
        Document document = new Document(
                "continue",
                world.put("a")
                        .or(
                                "outer",
                                world.put("b1"),
                                world.put("b2")
                                        .after("b1")
                                        .or(
                                                "inner",
                                                world.put("c1"),
                                                world.put("c2").after("c1")),
                                world.put("b3").after("b2"))
                        .or("never", world.put("n")),
                world.put("d").after("a"));
        world.fails("PUT /a", World.REFUSED);
        world.fails("PUT /b2", World.REFUSED);
        Ending expected = service.undisturbed(document, world);

        Held inPath = world.hold("PUT /b1");
        Held inPathOfPath = world.hold("PUT /c1");
        String plan = service.apply(document);
        kills.killDuring(inPath);
        inPath.drop();
        kills.restart();
        kills.killDuring(inPathOfPath);
        inPathOfPath.release();
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected);
        assertThat(expected.state()).isEqualTo("SUCCEEDED");
        assertThat(world.requests())
                .containsExactly(
                        "PUT /a", "PUT /b1", "PUT /b1", "PUT /b2", "PUT /c1", "PUT /c1", "PUT /c2", "PUT /b3",
                        "PUT /d");
    }

    private static void pathOfGroup(World world) throws Exception {
        Document document = new Document(
                        "continue",
                        world.put("done").undoneBy("PUT"),
                        world.put("runs").after("done"),
                        world.put("fails").after("done"),
                        world.put("last").after("runs", "fails"))
                .or(
                        "instead",
                        List.of("done", "runs", "fails"),
                        true,
                        world.put("b1"),
                        world.put("b2").after("b1"));
        world.fails("PUT /fails", World.REFUSED);

        Held running = world.hold("PUT /runs");
        String undisturbed = service.apply(document);
        running.await();
        service.awaitOngoing("instead", undisturbed);
        running.drop();
        Ending expected = service.ending(undisturbed, world);
        world.forget();

        Held cutShort = world.hold("PUT /runs");
        String plan = service.apply(document);
        cutShort.await();
        service.awaitOngoing("instead", plan);
        kills.kill();
        cutShort.drop();
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected.with("runs", "CANCELLED"));
        assertThat(expected.state()).isEqualTo("SUCCEEDED");
        assertThat(service.attempts(plan, "runs")).containsExactly("LOST");
        assertThat(world.requests().subList(3, world.requests().size()))
                .containsExactly("PUT /done/undo", "PUT /b1", "PUT /b2", "PUT /last");
    }

    private static void rollBack(World world) throws Exception {
        Document document = threeAndAFailure("PUT", world);
        Ending expected = service.undisturbed(document, world);

        Held undoing = world.hold("PUT /b/undo");
        String plan = service.apply(document);
        undoing.await();
        service.awaitState(plan, "revert c", "SUCCEEDED");
        kills.kill();
        undoing.release();
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected);
        assertThat(expected.state()).isEqualTo("FAILED");
        assertThat(expected.message()).endsWith("The succeeded actions were reverted.");
        assertThat(expected.done()).isEmpty();
        assertThat(service.attempts(plan, "revert b")).containsExactly("LOST", "SUCCEEDED");
        assertThat(world.count("PUT /c/undo")).isOne();
        List<String> undone = world.requests().stream()
                .filter(request -> request.endsWith("/undo") && !request.contains("c"))
                .toList();
        assertThat(undone).containsExactly("PUT /b/undo", "PUT /b/undo", "PUT /a/undo");
    }

    private static void revertNotRepeatable(World world) throws Exception {
        Document document = threeAndAFailure("POST", world);
        world.fails("POST /b/undo", World.REFUSED);
        Ending expected = service.undisturbed(document, world);

        Held undoing = world.hold("POST /b/undo");
        String plan = service.apply(document);
        kills.killDuring(undoing);
        undoing.drop();
        kills.restart();

        Ending ending = service.ending(plan, world);
        assertThat(ending.actions()).isEqualTo(expected.actions());
        assertThat(ending.actions()).containsEntry("revert b", "FAILED").containsEntry("revert a", "CANCELLED");
        assertThat(ending.message()).contains("Not reverted: 'a'", "'b' (", "it may not be repeated");
        assertThat(world.count("POST /b/undo")).isOne();
    }

    /** a, then b beside c, then what fails. */
    private static Document threeAndAFailure(String method, World world) {
        world.fails("PUT /d", World.REFUSED);
        return new Document(
                "rollback",
                world.put("a").undoneBy(method),
                world.put("b").undoneBy(method).after("a"),
                world.put("c").undoneBy("PUT").after("a"),
                world.put("d").undoneBy(method).after("b", "c"),
                world.put("e").after("d"));
    }

    private static void cancelled(World world) throws Exception {
        Document document =
                new Document("continue", world.post("a"), world.put("b").after("a"));

        Held running = world.hold("POST /a");
        String plan = service.apply(document);
        running.await();
        kills.kill();
        service.cancel(plan);
        running.drop();
        kills.restart();

        Ending ending = service.ending(plan, world);
        assertThat(ending.state()).isEqualTo("CANCELLED");
        assertThat(ending.message()).isEqualTo("Cancelled by user.");
        assertThat(ending.actions()).containsEntry("a", "CANCELLED").containsEntry("b", "CANCELLED");
        assertThat(world.requests()).containsExactly("POST /a");
    }

    private static void paused(World world) throws Exception {
        Document document = new Document(
                "continue",
                world.put("a"),
                world.put("b").after("a"),
                world.put("c").after("b"));

        Held running = world.hold("PUT /b");
        String plan = service.apply(document);
        running.await();
        service.tell(plan, "pause");
        kills.kill();
        running.drop();
        kills.restart();
        service.awaitState(plan, "b", "PENDING");
        service.undisturbed(
                new Document("continue", world.put("x"), world.put("y").after("x")), world);

        assertThat(service.plan(plan).path("paused").asBoolean()).isTrue();
        assertThat(service.attempts(plan, "b")).containsExactly("LOST");
        service.tell(plan, "resume");
        assertThat(service.ending(plan, world).state()).isEqualTo("SUCCEEDED");
        assertThat(world.requests()).containsExactly("PUT /b", "PUT /c");
    }

    private static void askable(World world) throws Exception {
        Document document = new Document(
                "continue",
                world.post("done").askable(),
                world.post("undone").askable(),
                world.put("last").after("done", "undone"));
        Ending expected = service.undisturbed(document, world);

        Held done = world.hold("POST /done");
        Held undone = world.hold("POST /undone");
        Held asking = world.hold("GET /done");
        String plan = service.apply(document);
        done.await();
        undone.await();
        kills.kill();
        done.release();
        undone.drop();
        kills.restart();
        asking.await();
        service.awaitState(plan, "undone", "SUCCEEDED");
        kills.kill();
        asking.release();
        kills.restart();

        assertThat(service.ending(plan, world)).isEqualTo(expected);
        assertThat(service.attempts(plan, "done")).containsExactly("LOST", "LOST", "SUCCEEDED");
        assertThat(service.attempts(plan, "undone")).containsExactly("LOST", "SUCCEEDED");
        assertThat(world.requestsFor("/done")).containsExactly("POST /done", "GET /done", "GET /done");
        assertThat(world.requestsFor("/undone")).containsExactly("POST /undone", "GET /undone", "POST /undone");
    }

    private static void awaitBlockedTransaction(Driver driver) {
        Awaitility.await()
                .atMost(RestartedService.PATIENCE)
                .until(() ->
                        driver
                                .executableQuery("SHOW TRANSACTIONS YIELD status RETURN status")
                                .execute()
                                .records()
                                .stream()
                                .anyMatch(row -> row.get("status").asString().startsWith("Blocked")));
    }
}
