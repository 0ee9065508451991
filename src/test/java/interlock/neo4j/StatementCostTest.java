package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.FilledDatabase.Scene;
import interlock.neo4j.database.Cypher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.graphdb.ExecutionPlanDescription;
import org.neo4j.graphdb.QueryStatistics;
import org.neo4j.graphdb.Result;
import org.neo4j.graphdb.Transaction;

/**
 * Every statement on a filled database. What it costs, in database hits, is bounded by what it touches: what it is asked about,
 * what it returns and what it changes; some by a whole plan. None by what has ended. {@code -Dinterlock.ended=1000000} has
 * more of what has ended.
 */
@ExtendWith(Neo4jServer.class)
class StatementCostTest {
    /** A statement that counts routes instead of nodes does not end in time. */
    private static final int LONGEST_SECONDS = 120;

    private static final int FREE = 300;
    private static final Bound OTHERWISE = new Bound(20, Touched.ASKED);

    /** By the end of a statement's name, or by its folder. */
    private static final Map<String, Bound> BOUNDS = Map.ofEntries(
            Map.entry("cancel-descendants", new Bound(15, Touched.PLAN)),
            Map.entry("complete", new Bound(5, Touched.PLAN)),
            Map.entry("not-reverted", new Bound(5, Touched.PLAN)),
            Map.entry("in-doubt", new Bound(5, Touched.PLAN)),
            Map.entry("succeeded-in-plan", new Bound(5, Touched.PLAN)),
            Map.entry("retry-paths", new Bound(5, Touched.PLAN)),
            Map.entry("reset-paths", new Bound(10, Touched.PLAN)),
            Map.entry("cancelled-because", new Bound(15, Touched.PLAN)),
            Map.entry("path-after-parents", new Bound(15, Touched.PLAN)),
            Map.entry("failed-finally", new Bound(5, Touched.PLAN)),
            Map.entry("first-failure", new Bound(5, Touched.PLAN)),
            Map.entry("read/cancelled-in-plan", new Bound(5, Touched.PLAN)),
            Map.entry("read/failed-in-plan", new Bound(5, Touched.PLAN)),
            Map.entry("read/alternative-paths", new Bound(10, Touched.PLAN)),
            Map.entry("read/conflicts", new Bound(10, Touched.PLAN)),
            Map.entry("next-paths", new Bound(25, Touched.ASKED)),
            Map.entry("read/frontier", new Bound(1, Touched.PLANS)),
            Map.entry("read/failed-ancestors", new Bound(15, Touched.PLAN)),
            Map.entry("read/standstills", new Bound(10, Touched.PLAN)),
            Map.entry("read/other-plans", new Bound(10, Touched.PLANS)),
            Map.entry("read/forecast", new Bound(15, Touched.PLAN)),
            Map.entry("read/graph-edges", new Bound(10, Touched.PLAN)),
            Map.entry("read/open-descendants", new Bound(15, Touched.PLAN)),
            Map.entry("read/open-rest", new Bound(10, Touched.PLAN)),
            Map.entry("read/timeline", new Bound(10, Touched.PLAN)),
            Map.entry("read/waiting-for-resources-of", new Bound(10, Touched.PLAN)),
            Map.entry("read/action-page", new Bound(20, Touched.PLAN)),
            Map.entry("retention/export-actions", new Bound(10, Touched.PLAN)),
            Map.entry("retention/export-paths", new Bound(10, Touched.PLAN)),
            Map.entry("explore/", new Bound(20, Touched.PLAN)),
            Map.entry("explore/alternatives", new Bound(10, Touched.PLANS)),
            Map.entry("explore/slowest-action-types", new Bound(10, Touched.PLANS)));

    /** The event before the statement, by the end of the statement's name. */
    private static final Map<String, String> BEFORE = Map.of(
            "cancel-descendants",
            "UNWIND $running AS one MATCH (a:Action {uuid: one.action}) REMOVE a:Ongoing SET a:Failed, a.state = 'FAILED'",
            "complete",
            "UNWIND $running AS one MATCH (a:Action {uuid: one.action}) SET a:Completed",
            "make-ready",
            "UNWIND $waiting AS uuid MATCH (a:Action {uuid: uuid}) SET a:Due",
            "cancelled-because",
            "MATCH (a:Action {planUuid: $plan, state: 'PENDING'}) SET a.state = 'CANCELLED'",
            "path-after-parents",
            "MATCH (a:Action {planUuid: $plan, state: 'PENDING'}) SET a.state = 'SKIPPED', a.released = false",
            "next",
            "MATCH (p:ActionPlan {uuid: $plan}) SET p.change = 'OPENING', p.changesFrom = 0",
            "retry-paths",
            "UNWIND $paths AS uuid MATCH (p:AlternativePath {uuid: uuid}) SET p.state = 'FAILED'",
            "succeeded-before-path",
            "UNWIND $paths AS uuid MATCH (p:AlternativePath {uuid: uuid}) SET p.replacedBy = $next");

    /** Those that are not tried, and why. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "migration/lock-key", "a change of the schema, made once",
            "security/set-password", "for the database of the system",
            "read/terminate", "looks at transactions, not at the graph");

    private enum Touched {
        /** The nodes of its parameters with their relationships; its rows; its changes. */
        ASKED,
        /** All of the plan. */
        PLAN,
        /** All of the plans that are not over. */
        PLANS
    }

    private record Bound(int factor, Touched of) {}

    private record Cost(long hits, long touched) {}

    @TestFactory
    Stream<DynamicTest> aStatementCostsWhatItTouches() throws IOException {
        FilledDatabase database = new FilledDatabase();
        StatementParameters parameters = new StatementParameters(database);
        return statements().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> isBounded(name, database, parameters)))
                .onClose(database::close);
    }

    private static List<String> statements() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("cypher"))) {
            return files.map(file ->
                            Path.of("cypher").relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.matches(".*(?<!/V\\d{3}__\\w{1,80})\\.cypher"))
                    .map(file -> file.replace(".cypher", ""))
                    .filter(name -> known(LEFT_OUT, name, "").isEmpty())
                    .sorted()
                    .toList();
        }
    }

    private static void isBounded(String name, FilledDatabase database, StatementParameters parameters) {
        Bound bound = known(BOUNDS, name, OTHERWISE);
        Set<Map<String, Object>> tried = new HashSet<>();
        String text = Cypher.of(name).text();
        for (Scene scene : database.scenes()) {
            Map<String, Object> its = parameters.of(name, text, scene);
            if (tried.add(its)) {
                Cost cost = cost(name, text, its, database, scene);
                assertThat(cost.hits())
                        .as(
                                "database hits of %s on the %s plan, where %s comes to %d",
                                name, scene, bound.of(), cost.touched())
                        .isLessThanOrEqualTo(FREE + bound.factor() * cost.touched());
            }
        }
    }

    private static Cost cost(
            String name, String text, Map<String, Object> parameters, FilledDatabase database, Scene scene) {
        try (Transaction tx = Neo4jServer.database().beginTx(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            tx.execute(
                            known(BEFORE, name, "RETURN 1 AS one"),
                            Map.of(
                                    "plan", scene.plan(),
                                    "paths", scene.paths(),
                                    "next", scene.next(),
                                    "waiting", scene.waiting(),
                                    "running", scene.running()))
                    .close();
            long asked = asked(tx, parameters);
            try (Result result = tx.execute("PROFILE " + text, parameters)) {
                long rows = result.stream().count();
                long touched = switch (known(BOUNDS, name, OTHERWISE).of()) {
                    case ASKED -> asked + rows + changes(result.getQueryStatistics());
                    case PLAN -> scene.size();
                    case PLANS ->
                        database.scenes().stream().mapToLong(Scene::size).sum();
                };
                return new Cost(hits(result.getExecutionPlanDescription()), touched);
            }
        }
    }

    private static long asked(Transaction tx, Map<String, Object> parameters) {
        List<Object> asked = new ArrayList<>();
        flatten(parameters.values(), asked);
        try (Result degrees = tx.execute("""
                UNWIND $asked AS uuid
                OPTIONAL MATCH (action:Action {uuid: uuid})
                OPTIONAL MATCH (path:AlternativePath {uuid: uuid})
                OPTIONAL MATCH (applier:Applier {id: uuid})
                RETURN sum(COUNT { (action)--() } + COUNT { (path)--() } + COUNT { (applier)--() }) AS it
                """, Map.of("asked", asked))) {
            return asked.size() + (long) degrees.next().get("it");
        }
    }

    /** A limit stands for so many. */
    private static void flatten(@Nullable Object value, List<Object> into) {
        switch (value) {
            case Map<?, ?> map -> map.values().forEach(it -> flatten(it, into));
            case Collection<?> list -> list.forEach(it -> flatten(it, into));
            case Integer number -> {
                for (int i = 0; i < number; i++) {
                    into.add("");
                }
            }
            case String text -> into.add(text);
            case null, default -> {}
        }
    }

    private static long changes(QueryStatistics counted) {
        return counted.getNodesCreated()
                + counted.getNodesDeleted()
                + counted.getRelationshipsCreated()
                + counted.getRelationshipsDeleted()
                + counted.getPropertiesSet()
                + counted.getLabelsAdded()
                + counted.getLabelsRemoved();
    }

    private static long hits(ExecutionPlanDescription plan) {
        return plan.getProfilerStatistics().getDbHits()
                + plan.getChildren().stream().mapToLong(StatementCostTest::hits).sum();
    }

    /** {@return what a table has for a statement} By its name, by the end of that, or by its folder. */
    private static <T> T known(Map<String, T> table, String statement, T otherwise) {
        String folder = statement.substring(0, statement.indexOf('/') + 1);
        return table.entrySet().stream()
                .filter(it -> ("/" + statement).endsWith("/" + it.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(table.getOrDefault(folder, otherwise));
    }
}
