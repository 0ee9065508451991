package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import interlock.model.Capacities;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.PlanStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Values;

/** The query plans of the statements whose cost must not depend on what else is stored. */
@ExtendWith(Neo4jServer.class)
class QueryPlansTest {
    @Test
    void plansAreReadInTheOrderOfTheQueueUntilThereAreEnough() {
        assertThat(PlanOperator.explain("advance/claim/candidates")
                        .find("Limit", "$plans")
                        .all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .anyMatch(each -> each.name().equals("NodeIndexSeek")
                        && each.details()
                                .startsWith("RANGE INDEX plan:ActionPlan(queueClass, queueIdle, queueLongest)"));
    }

    @ParameterizedTest
    @CsvSource({
        "candidates, 'action:Ready(planUuid, rank)'",
        "waiting, 'action:Ready(blockedBy, planUuid, blockedRank)'"
    })
    void theActionsOfAPlanAreReadInTheOrderOfTheirRankUntilThereAreEnough(String statement, String index) {
        assertThat(PlanOperator.explain("advance/claim/" + statement)
                        .find("Limit", "$slots + ")
                        .all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .anyMatch(each -> each.details().startsWith("RANGE INDEX " + index));
    }

    @Test
    void whatFitsBeforeAReservationIsFoundByTheIndexAlone() {
        assertThat(PlanOperator.explain("advance/claim/backfill").all())
                .anyMatch(each -> each.details()
                        .startsWith("RANGE INDEX action:Ready(blockedBy, blockedUnits, expectedSeconds)"));
    }

    @Test
    void theNextRetryIsFoundWithoutLookingAtTheOthers() {
        assertThat(PlanOperator.explain("advance/open/look").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop"));
    }

    @Test
    void revisionsAreReadInOrderUntilThereAreEnough() {
        assertThat(PlanOperator.explain("read/revisions").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void plansAreListedInTheOrderOfTheirAgeUntilThereAreEnough(int actions, Graph graph) {
        assertThat(explainBeside(actions, graph, "read/plans-by-age")
                        .find("Limit", "$limit")
                        .all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .filteredOn(each -> each.details().startsWith("RANGE INDEX plan:ActionPlan(number)"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void actionsAreListedInTheOrderOfTheirAgeUntilThereAreEnough(int actions, Graph graph) {
        PlanOperator plan = explainBeside(actions, graph, "read/actions-by-age");

        assertThat(plan.find("Limit", "$limit").all())
                .noneMatch(each -> each.name().matches("Sort|Top|PartialSort|PartialTop|Eager"))
                .filteredOn(each -> each.details()
                        .matches("(?s)RANGE INDEX (plan:ActionPlan\\(number|action:Action\\(planUuid, number).*"))
                .hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("ofActionsKnownByTheirUuids")
    void nodesAreFoundByUuidRegardlessOfHowMuchIsStored(String name, int actions, Graph graph) {
        assertThat(explainBeside(actions, graph, name).all())
                .filteredOn(each -> each.children().isEmpty())
                .filteredOn(each -> !each.details().contains("path:AlternativePath(planUuid)"))
                .extracting(PlanOperator::name)
                .isSubsetOf("NodeUniqueIndexSeek(Locking)", "NodeUniqueIndexSeek", "Unwind", "Argument");
    }

    static List<Arguments> ofActionsKnownByTheirUuids() {
        return onAnEmptyAndOnAFilledDatabase(
                "settle/settle",
                "settle/retry-permissions",
                "ready/count-parents",
                "claim/claim",
                "claim/reserve",
                "claim/block",
                "open/report",
                "open/own-claims",
                "follow/cancel-descendants",
                "follow/cancel",
                "record/count");
    }

    @ParameterizedTest
    @MethodSource("ofWhatThereIsToDo")
    void pendingWorkIsFoundWithoutScanningPlansOrActions(String name, int actions, Graph graph) {
        assertThat(explainBeside(actions, graph, name).all())
                .filteredOn(each -> each.details().matches(".*:(ActionPlan|Action|Pending|Ready)\\b.*"))
                .extracting(PlanOperator::name)
                .isNotEmpty()
                .doesNotContain("NodeByLabelScan", "NodeIndexScan", "AllNodesScan", "NodeUniqueIndexScan");
    }

    static List<Arguments> ofWhatThereIsToDo() {
        return onAnEmptyAndOnAFilledDatabase(
                "open/look",
                "settle/expire",
                "settle/expire-plans",
                "ready/begin-plans",
                "ready/open-due",
                "change/next",
                "change/open",
                "change/pause",
                "change/not-started",
                "change/reset",
                "change/pending",
                "claim/candidates");
    }

    private static List<Arguments> onAnEmptyAndOnAFilledDatabase(String... names) {
        return Stream.of(names)
                .flatMap(name -> IntStream.of(0, 1_000).mapToObj(actions -> arguments("advance/" + name, actions)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "advance/follow/cancel-descendants",
        "explore/why-not-running",
        "explore/what-it-blocks",
        "read/open-descendants",
        "read/failed-ancestors"
    })
    void aGraphIsWalkedNodeByNodeAndNotPathByPath(String name) {
        assertThat(PlanOperator.explain(name).all())
                .filteredOn(each -> each.name().startsWith("VarLengthExpand"))
                .isNotEmpty()
                .allMatch(each -> each.name().startsWith("VarLengthExpand(Pruning"));
    }

    @Test
    void descendantsAreCancelledAtOnceHoweverManyPathsLeadToThem(Graph graph) {
        PlanStore store = new PlanStore(graph, Capacities.DEFAULT);
        UUID plan = store.create(LayeredPlan.of(30, 5));
        String first = Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: '0/0'}) SET a.state = 'FAILED' RETURN a.uuid AS uuid",
                        Map.of("plan", plan.toString()))
                .getFirst()
                .get("uuid")
                .asString();
        Map<String, Object> failure = Map.of("action", first, "message", "why");

        int cancelled = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> graph.write(tx -> tx.run(
                                Cypher.of("advance/follow/cancel-descendants"),
                                Map.of(
                                        "failures",
                                        List.of(failure),
                                        "now",
                                        Values.value(java.time.ZonedDateTime.now())))
                        .list()
                        .size()));

        assertThat(cancelled).isEqualTo(29 * 5);
    }

    /** A statement is planned by what the database holds when it is first run, and that plan is kept. */
    private static PlanOperator explainBeside(int actions, Graph graph, String name) {
        if (actions > 0) {
            new PlanStore(graph, Capacities.DEFAULT).create(LayeredPlan.of(actions / 10, 10));
        }
        Neo4jServer.query("CALL db.clearQueryCaches()", Map.of());
        return PlanOperator.explain(name);
    }
}
