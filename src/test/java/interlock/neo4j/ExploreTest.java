package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import interlock.applier.PlanBuilder;
import interlock.neo4j.database.Cypher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Record;

/** The queries for people. */
class ExploreTest extends ExploreFixture {
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
    void singlePointsOfFailure() {
        UUID forked = forked();
        String[] columns = {"id", "dependents", "others", "attemptsLeft"};

        assertThat(rows("single-points-of-failure", Map.of("plan", forked.toString()), columns))
                .containsExactly(tuple("first", 5L, 5L, 1L), tuple("join", 2L, 5L, 3L));

        aPathFor(forked, "join", "STANDBY");

        assertThat(rows("single-points-of-failure", Map.of("plan", forked.toString()), columns))
                .containsExactly(tuple("first", 5L, 5L, 1L));
    }

    @Test
    void endedActionsAreNoPointsOfFailure() {
        assertThat(explore("single-points-of-failure", ofPlan())).isEmpty();
    }

    @Test
    void conflictingPlans() {
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
    void shareOfAlternativePathsThatWereTaken() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        assertThat(rows("alternatives", Map.of("plans", 10), "plan", "path", "replaces", "paths", "taken", "percent"))
                .containsExactly(
                        tuple("test", "instead of broken", "fail", 1L, 1L, 100L),
                        tuple("test", "instead of move b", "nop", 1L, 0L, null));
    }

    @Test
    void historyOfAlternativePaths() {
        aPathInThePlaceOfWhatIsBroken();
        aPathFor(plan, "move b", "STANDBY");

        assertThat(rows("path-history", ofPlan(), "path", "replaces", "failedAction", "reason", "state", "actions"))
                .containsExactly(tuple("instead of broken", List.of("broken"), "broken", "never", "SUCCEEDED", 1L));
    }

    @Test
    void resultOfARollBack() {
        aRollBack();

        assertThat(rows("roll-back", ofPlan(), "result", "id", "revertState", "message"))
                .containsExactly(
                        tuple("reverted", "prepare", "SUCCEEDED", null),
                        tuple("left", "move a", "FAILED", "no way back"));
    }

    @Test
    void theCriticalPath() {
        Neo4jServer.query("""
                MATCH (plan:ActionPlan {uuid: $plan})
                SET plan.startedAt = datetime('2026-01-01T00:00:00Z')
                WITH plan
                UNWIND [['prepare', 1, 6], ['move a', 6, 36], ['move b', 36, 56], ['broken', 6, 40]] AS row
                MATCH (plan)-[:CONTAINS]->(action:Action {id: row[0]})
                SET action.startedAt = plan.startedAt + duration({seconds: row[1]}),
                  action.finishedAt = plan.startedAt + duration({seconds: row[2]})
                WITH plan
                MATCH (plan)-[:CONTAINS]->(flaky:Action {id: 'flaky'})
                REMOVE flaky.startedAt""", ofPlan());

        assertThat(rows("critical-path", ofPlan(), "place", "id", "waitedSeconds", "waitedFor", "ranSeconds"))
                .containsExactly(
                        tuple(0L, "prepare", 1.0, "slot", 5.0),
                        tuple(1L, "move a", 0.0, null, 30.0),
                        tuple(2L, "move b", 0.0, "compute_host/h1", 20.0));
    }

    @Test
    void theCriticalPathOfAPlanThatHasNotStartedIsThatOfItsForecast() {
        UUID other = store.create(
                PlanBuilder.plan().action("a").action("b", "a").action("c").build());
        Neo4jServer.query("""
                MATCH (action:Action {planUuid: $plan})
                SET action.estimatedStartSeconds = CASE action.id WHEN 'b' THEN 4.0 ELSE 0.0 END,
                  action.expectedSeconds = 4.0""", Map.of("plan", other.toString()));

        assertThat(rows("critical-path", Map.of("plan", other.toString()), "id", "ranSeconds"))
                .containsExactly(tuple("a", 4.0), tuple("b", 4.0));
    }

    @Test
    void theCriticalPathIsFoundAtOnceHoweverManyPathsThereAre() {
        UUID layered = store.create(LayeredPlan.of(30, 5));
        Neo4jServer.query("""
                MATCH (action:Action {planUuid: $plan})
                SET action.estimatedStartSeconds = 1.0 * action.layer""", Map.of("plan", layered.toString()));

        List<Record> path = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> explore("critical-path", Map.of("plan", layered.toString())));

        assertThat(path).hasSize(30);
    }

    @Test
    void plansThatUseAHost() {
        assertThat(rows("plans-touching-host", Map.of("host", "h1"), "uuid", "actions", "unfinished", "ids"))
                .containsExactly(tuple(plan.toString(), 3L, 3L, List.of("move a", "move b", "move c")));
    }

    @Test
    void actionsOfPathsThatWereNotActivatedDoNotTouchAHost() {
        Neo4jServer.query(
                "MATCH (action:Action {planUuid: $plan, id: 'move c'}) SET action.state = 'STANDBY'", ofPlan());

        assertThat(rows("plans-touching-host", Map.of("host", "h1"), "actions", "unfinished", "standby", "ids"))
                .containsExactly(tuple(2L, 2L, 1L, List.of("move a", "move b")));
    }

    @Test
    void attemptsByApplier() {
        assertThat(rows("what-ran-where", ofPlan(), "host", "applierState", "outcome", "attempts"))
                .containsExactly(
                        tuple("desk", "ACTIVE", "FAILED", 2L),
                        tuple("desk", "ACTIVE", "SUCCEEDED", 1L),
                        tuple("desk", "ACTIVE", null, 1L));
    }

    @Test
    void theSlowestActionTypes() {
        assertThat(rows("slowest-action-types", Map.of("plans", 10), "actionType", "attempts", "longest"))
                .containsExactly(tuple("nop", 1L, "prepare"));
    }

    @Test
    void anUnknownEstimateIsNoEstimate() {
        Neo4jServer.query("MATCH (action:Action {id: 'prepare'}) REMOVE action.estimatedSeconds", Map.of());

        assertThat(rows("slowest-action-types", Map.of("plans", 10), "actionType", "estimatedSeconds", "estimated"))
                .containsExactly(tuple("nop", null, 0L));
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
    void holdersOfAResourceAndActionsThatWaitForIt() {
        assertThat(rows("who-has-resource", Map.of("resource", "compute_host/h1"), "role", "id", "units", "free"))
                .containsExactly(
                        tuple("holds", "move a", 1L, 0L),
                        tuple("waits", "move b", 1L, 0L),
                        tuple("waits", "move c", 1L, 0L));
    }

    @Test
    void contendedResources() {
        assertThat(rows("contention", Map.of(), "resource", "capacity", "used", "waiting"))
                .containsExactly(tuple("compute_host/h1", 1L, 1L, 2L));
    }

    @Test
    void failedAttempts() {
        assertThat(rows("failures", ofPlan(), "id", "attempt", "outcome", "message", "state"))
                .containsExactlyInAnyOrder(
                        tuple("flaky", 1L, "FAILED", "not now", "PENDING"),
                        tuple("broken", 1L, "FAILED", "never", "FAILED"));
    }
}
