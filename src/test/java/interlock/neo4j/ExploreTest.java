package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import interlock.action.ActionTypes;
import interlock.action.Fail;
import interlock.action.Nop;
import interlock.api.RetryPolicy;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.applier.WorkerThreads;
import interlock.model.Capacities;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.Neo4jPlanGraph;
import interlock.neo4j.store.PlanControl;
import interlock.neo4j.store.PlanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Record;

/** The queries for people, on a plan in the middle of its life: one action runs, the others wait or have failed. */
@ExtendWith(Neo4jServer.class)
class ExploreTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private PlanStore store;
    private UUID plan;

    @BeforeEach
    void aPlanInTheMiddleOfItsLife(Graph graph) {
        store = new PlanStore(graph, Capacities.DEFAULT);
        plan = store.create(PlanBuilder.plan()
                .action("prepare")
                .estimated(Duration.ofSeconds(5))
                .action("move a", "prepare")
                .using("compute_host", "h1", 1)
                .estimated(Duration.ofSeconds(30))
                .action("move b", "prepare")
                .using("compute_host", "h1", 1)
                .estimated(Duration.ofSeconds(20))
                .action("move c", "prepare")
                .using("compute_host", "h1", 1)
                .estimated(Duration.ofSeconds(10))
                .action("flaky", "fail", Map.of("times", 1, "message", "not now"), "prepare")
                .tried(new RetryPolicy(3, Duration.ofHours(1), 1, Duration.ofHours(1), 0))
                .action("broken", "fail", Map.of("message", "never", "permanent", true), "prepare")
                .action("after broken", "broken")
                .action("end", "move a", "move b", "move c", "flaky")
                .capacity("compute_host", "h1", 1)
                .build());
        new PlanControl(graph).start(plan, OptionalLong.empty());
        ArrayDeque<Runnable> started = new ArrayDeque<>();
        Applier applier = applier(graph, started);
        applier.step(true);
        started.remove().run();
        applier.step(true);
        started.remove();
        started.forEach(Runnable::run);
        applier.step(true);
    }

    private static Applier applier(Graph graph, ArrayDeque<Runnable> started) {
        return new Applier(
                new Applier.Limits(8, LEASE),
                new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member("desk", 1, 8, LEASE), Runnable::run),
                new ActionTypes(List.of(new Nop(), new Fail())),
                new WorkerThreads(started::add, _ -> {}),
                InstantSource.system(),
                _ -> {},
                _ -> {});
    }

    static List<String> queries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("cypher/explore"))) {
            return files.map(file -> file.getFileName().toString().replace(".cypher", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQueryFindsSomethingInBothLanguages(String query) {
        Map<String, Object> parameters = Map.of(
                "plan",
                plan.toString(),
                "plans",
                10,
                "action",
                uuid("move a"),
                "host",
                "h1",
                "resource",
                "compute_host/h1");
        if (query.equals("why-not-running")) {
            parameters = Map.of("action", uuid("end"));
        }
        if (query.equals("single-points-of-failure")) {
            parameters = Map.of("plan", forked().toString());
        }
        anotherPlanOnTheSameHost();
        aPathInThePlaceOfWhatIsBroken();
        aRollBack();

        String text = Cypher.of("explore/" + query).text();

        assertThat(Neo4jServer.query("CYPHER 5 " + text, parameters)).isNotEmpty();
        assertThat(Neo4jServer.query("CYPHER 25 " + text, parameters)).isNotEmpty();
    }

    @Test
    void theLatestPlansAndHowFarTheyAre() {
        assertThat(rows("plans", Map.of(), "name", "state", "progress", "running", "failed"))
                .containsExactly(tuple("test", "ONGOING", 37L, 1L, 1L));
    }

    @Test
    void theGraphOfAPlan() {
        List<Record> rows = explore("plan-graph", ofPlan());

        assertThat(rows).hasSize(11);
        assertThat(rows).filteredOn(row -> row.get("dependency").isNull()).hasSize(1);
    }

    @Test
    void aPictureOfTheLatestPlanHasThePathsThatWereCalledFor() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        List<Record> rows = explore("latest-plan", Map.of());

        assertThat(rows).hasSize(9);
        assertThat(rows)
                .extracting(
                        row -> row.get("action").get("id").asString(),
                        row -> row.get("alternatives").size())
                .contains(tuple("broken", 1), tuple("stand-in", 1), tuple("move b", 0));
        assertThat(rows.stream().mapToInt(row -> row.get("dependencies").size()).sum())
                .isEqualTo(10);
    }

    @Test
    void aPictureOfTheAlternativePaths() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        assertThat(explore("path-graph", ofPlan()))
                .extracting(row -> row.get("tie")
                        .asPath()
                        .relationships()
                        .iterator()
                        .next()
                        .type())
                .containsExactlyInAnyOrder("REPLACES", "REPLACES", "CONTAINS", "CONTAINS", "ACTIVATED_BY");
    }

    @Test
    void aPictureOfWhatWasTried() {
        List<Record> rows = explore("attempt-graph", ofPlan());

        assertThat(rows)
                .hasSize(4)
                .allMatch(row -> row.get("applier")
                        .get("name")
                        .asString()
                        .equals(row.get("applier").get("id").asString()));
        assertThat(rows).filteredOn(row -> !row.get("runs").isNull()).hasSize(1);
    }

    @Test
    void aPictureOfWhatIsTakenAndHeld() {
        List<Record> rows = explore("resource-graph", ofPlan());

        assertThat(rows)
                .extracting(row -> row.get("uses")
                        .asPath()
                        .relationships()
                        .iterator()
                        .next()
                        .type())
                .containsExactlyInAnyOrder("USES", "USES", "USES", "HOLDS");
        assertThat(rows)
                .allMatch(row ->
                        row.get("uses").asPath().end().get("name").asString().equals("h1"));
    }

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
    void whatAnActionBlocks() {
        assertThat(rows("what-it-blocks", of("move a"), "reason", "id", "steps"))
                .containsExactly(
                        tuple("depends on it", "end", 1L),
                        tuple("waits for compute_host/h1", "move b", null),
                        tuple("waits for compute_host/h1", "move c", null));
        assertThat(rows("what-it-blocks", of("move a"), "plan")).containsOnly(tuple("test"));
    }

    @Test
    void onWhatEverythingDependsThatNothingCanReplace() {
        UUID forked = forked();
        String[] columns = {"id", "dependents", "others", "attemptsLeft"};

        assertThat(rows("single-points-of-failure", Map.of("plan", forked.toString()), columns))
                .containsExactly(tuple("first", 5L, 5L, 1L), tuple("join", 2L, 5L, 3L));

        aPathFor(forked, "join", "STANDBY");

        assertThat(rows("single-points-of-failure", Map.of("plan", forked.toString()), columns))
                .containsExactly(tuple("first", 5L, 5L, 1L));
    }

    @Test
    void thePointsOfFailureOfAPlanAreThoseThatAreLeft() {
        assertThat(explore("single-points-of-failure", ofPlan())).isEmpty();
    }

    @Test
    void whichPlansTakeTheSame() {
        UUID other = anotherPlanOnTheSameHost();

        assertThat(rows("conflicts", ofPlan(), "uuid", "state", "resource", "free", "ownActions", "actions", "units"))
                .containsExactly(tuple(other.toString(), "RECOMMENDED", "compute_host/h1", 0L, 3L, 1L, 1L));
        assertThat(rows("conflicts", Map.of("plan", other.toString()), "uuid", "resource", "ownActions", "actions"))
                .containsExactly(tuple(plan.toString(), "compute_host/h1", 1L, 3L));
    }

    @Test
    void aPlanThatIsOverConflictsWithNone() {
        UUID other = anotherPlanOnTheSameHost();
        Neo4jServer.query(
                "MATCH (p:ActionPlan {uuid: $plan}) SET p.state = 'SUPERSEDED'", Map.of("plan", other.toString()));

        assertThat(explore("conflicts", ofPlan())).isEmpty();
    }

    @Test
    void howOftenAlternativesPayOff() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        assertThat(rows("alternatives", Map.of("plans", 10), "plan", "path", "replaces", "paths", "taken", "percent"))
                .containsExactly(
                        tuple("test", "instead of broken", "fail", 1L, 1L, 100L),
                        tuple("test", "instead of move b", "nop", 1L, 0L, null));
    }

    @Test
    void whichPathTookWhosePlace() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        assertThat(rows("path-history", ofPlan(), "path", "replaces", "failedAction", "reason", "state", "actions"))
                .containsExactly(tuple("instead of broken", List.of("broken"), "broken", "never", "SUCCEEDED", 1L));
    }

    @Test
    void whatWasRevertedAndWhatWasLeft() {
        aRollBack();

        assertThat(rows("roll-back", ofPlan(), "result", "id", "revertState", "message"))
                .containsExactly(
                        tuple("reverted", "prepare", "SUCCEEDED", null),
                        tuple("left", "move a", "FAILED", "no way back"));
    }

    @Test
    void whatIsReplacedNoLongerBlocks() {
        Neo4jServer.query(
                "MATCH (:Action {uuid: $action})-[d:DEPENDS_ON]->(p) WHERE p.id <> 'move c' SET d.replacedBy = 'a path'",
                of("end"));

        assertThat(rows("why-not-running", of("end"), "what")).containsExactly(tuple("move c"));
        assertThat(rows("what-it-blocks", of("move a"), "reason")).containsOnly(tuple("waits for compute_host/h1"));
    }

    @Test
    void whyAnActionIsNotRunningIsThatItsPathStandsBy() {
        aPathFor(plan, "move b", "STANDBY");

        assertThat(rows("why-not-running", of("stand-in"), "reason", "what"))
                .containsExactly(tuple("nothing has called for its path", "instead of move b"));
    }

    @Test
    void whyAnActionIsNotRunningIsThatItIsOver() {
        assertThat(rows("why-not-running", of("after broken"), "reason", "state", "detail"))
                .containsExactly(tuple("it is over", "CANCELLED", property(plan, "after broken", "statusMessage")));
    }

    private UUID forked() {
        return store.create(PlanBuilder.plan()
                .action("first")
                .action("left", "first")
                .action("right", "first")
                .action("join", "left", "right")
                .tried(3)
                .action("a", "join")
                .action("b", "join")
                .build());
    }

    private UUID anotherPlanOnTheSameHost() {
        return store.create(PlanBuilder.plan()
                .action("other")
                .using("compute_host", "h1", 1)
                .action("elsewhere")
                .using("compute_host", "h2", 1)
                .build());
    }

    private void aPathInThePlaceOfWhatIsBroken() {
        aPathFor(plan, "broken", "SUCCEEDED");
    }

    private static void aPathFor(UUID plan, String action, String state) {
        Neo4jServer.query("""
                MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(replaced:Action {id: $action})
                CREATE (path:AlternativePath {
                  uuid: randomUUID(), planUuid: $plan, name: 'instead of ' + $action, rank: 0, state: $state
                })
                CREATE (path)-[:REPLACES]->(replaced)
                CREATE (plan)-[:CONTAINS]->(standIn:Action {
                  uuid: randomUUID(), planUuid: $plan, id: 'stand-in', actionType: 'nop', state: $state,
                  pathUuid: path.uuid, layer: 0, number: 100, priority: 1.0
                })
                CREATE (path)-[:CONTAINS]->(standIn)
                WITH path, replaced
                WHERE path.state <> 'STANDBY'
                SET path.activatedAt = datetime(), path.finishedAt = datetime(), path.reason = 'never'
                SET replaced.replacedBy = path.uuid
                CREATE (path)-[:ACTIVATED_BY]->(replaced)
                """, Map.of("plan", plan.toString(), "action", action, "state", state));
    }

    private void aRollBack() {
        Neo4jServer.query("""
                MATCH (plan:ActionPlan {uuid: $plan})
                SET plan.rollBack = 'ONGOING'
                WITH plan
                UNWIND [
                  {of: 'prepare', state: 'SUCCEEDED', reverted: true},
                  {of: 'move a', state: 'FAILED', message: 'no way back'}
                ] AS revert
                MATCH (plan)-[:CONTAINS]->(action:Action {id: revert.of})
                SET action.state = 'SUCCEEDED', action.reverted = revert.reverted
                CREATE (plan)-[:CONTAINS]->(undo:Action {
                  uuid: randomUUID(), planUuid: $plan, id: 'revert ' + action.id, actionType: 'nop', state: revert.state,
                  reverts: action.uuid, layer: 0, number: 100, priority: 1.0
                })
                SET undo.statusMessage = revert.message
                CREATE (undo)-[:REVERTS]->(action)
                """, ofPlan());
    }

    @Test
    void theCriticalPath() {
        assertThat(rows("critical-path", ofPlan(), "place", "id", "state", "remainingSeconds"))
                .containsExactly(
                        tuple(0L, "prepare", "SUCCEEDED", 36.0),
                        tuple(1L, "move a", "ONGOING", 31.0),
                        tuple(2L, "end", "PENDING", 1.0));
    }

    @Test
    void theCriticalPathIsFoundAtOnceHoweverManyPathsThereAre() {
        UUID layered = store.create(LayeredPlan.of(30, 5));

        List<Record> path = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> explore("critical-path", Map.of("plan", layered.toString())));

        assertThat(path).hasSize(30);
    }

    @Test
    void whichPlansTouchAHost() {
        assertThat(rows("plans-touching-host", Map.of("host", "h1"), "uuid", "actions", "unfinished", "ids"))
                .containsExactly(tuple(plan.toString(), 3L, 3L, List.of("move a", "move b", "move c")));
    }

    @Test
    void whatRanOnWhichApplier() {
        assertThat(rows("what-ran-where", ofPlan(), "host", "applierState", "outcome", "attempts"))
                .containsExactly(
                        tuple("desk", "ACTIVE", "FAILED", 2L),
                        tuple("desk", "ACTIVE", "SUCCEEDED", 1L),
                        tuple("desk", "ACTIVE", null, 1L));
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

    @Test
    void theSlowestActionTypes() {
        assertThat(rows("slowest-action-types", Map.of("plans", 10), "actionType", "attempts", "longest"))
                .containsExactly(tuple("nop", 1L, "prepare"));
    }

    @Test
    void theTimeline() {
        List<Record> timeline = explore("timeline", ofPlan());

        assertThat(timeline).hasSize(4);
        assertThat(timeline.getFirst().get("id").asString()).isEqualTo("prepare");
        assertThat(timeline)
                .isSortedAccordingTo((one, other) -> Double.compare(
                        one.get("start").asDouble(), other.get("start").asDouble()))
                .allMatch(row -> row.get("start").asDouble() >= 0);
    }

    @Test
    void whoHoldsAResourceAndWhoWaitsForIt() {
        assertThat(rows("who-has-resource", Map.of("resource", "compute_host/h1"), "role", "id", "units", "free"))
                .containsExactly(
                        tuple("holds", "move a", 1L, 0L),
                        tuple("waits", "move b", 1L, 0L),
                        tuple("waits", "move c", 1L, 0L));
    }

    @Test
    void whatIsWaitedFor() {
        assertThat(rows("contention", Map.of(), "resource", "capacity", "used", "waiting"))
                .containsExactly(tuple("compute_host/h1", 1L, 1L, 2L));
    }

    @Test
    void whatWentWrong() {
        assertThat(rows("failures", ofPlan(), "id", "attempt", "outcome", "message", "state"))
                .containsExactlyInAnyOrder(
                        tuple("flaky", 1L, "FAILED", "not now", "PENDING"),
                        tuple("broken", 1L, "FAILED", "never", "FAILED"));
    }

    private Map<String, Object> ofPlan() {
        return Map.of("plan", plan.toString());
    }

    private Map<String, Object> of(String action) {
        return Map.of("action", uuid(action));
    }

    private String uuid(String action) {
        return uuid(plan, action);
    }

    private static String uuid(UUID plan, String action) {
        return property(plan, action, "uuid");
    }

    private static String property(UUID plan, String action, String key) {
        return Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: $action}) RETURN a[$key] AS it",
                        Map.of("plan", plan.toString(), "action", action, "key", key))
                .getFirst()
                .get("it")
                .asString();
    }

    private static List<Record> explore(String query, Map<String, Object> parameters) {
        return Neo4jServer.query(Cypher.of("explore/" + query).text(), new HashMap<>(parameters));
    }

    private static List<Tuple> rows(String query, Map<String, Object> parameters, String... columns) {
        return explore(query, parameters).stream()
                .map(row -> new Tuple(Stream.of(columns)
                        .map(column -> row.get(column).asObject())
                        .toArray()))
                .toList();
    }
}
