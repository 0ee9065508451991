package interlock.neo4j;

import interlock.api.RetryPolicy;
import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.model.Capacities;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.PlanStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Record;

/** A plan in the middle of its life: one action runs, the others wait or have failed; and the queries for people. */
@ExtendWith(Neo4jServer.class)
abstract class ExploreFixture {
    PlanStore store;
    UUID plan;

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
        Applier applier = DeskApplier.of(graph, 8, started);
        applier.step(true);
        started.remove().run();
        applier.step(true);
        started.remove();
        started.forEach(Runnable::run);
        applier.step(true);
    }

    UUID forked() {
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

    UUID anotherPlanOnTheSameHost() {
        return store.create(PlanBuilder.plan()
                .action("other")
                .using("compute_host", "h1", 1)
                .action("elsewhere")
                .using("compute_host", "h2", 1)
                .build());
    }

    void aPathInThePlaceOfWhatIsBroken() {
        aPathFor(plan, "broken", "SUCCEEDED");
    }

    static void aPathFor(UUID plan, String action, String state) {
        Neo4jServer.query("""
                MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(replaced:Action {id: $action})
                CREATE (path:AlternativePath {
                  uuid: randomUUID(), planUuid: $plan, name: 'instead of ' + $action, rank: 0, state: $state
                })
                CREATE (path)-[:REPLACES]->(replaced)
                CREATE (plan)-[:CONTAINS]->(standIn:Action {
                  uuid: randomUUID(), planUuid: $plan, id: 'stand-in for ' + $action, actionType: 'nop', state: $state,
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

    void aRollBack() {
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

    Map<String, Object> ofPlan() {
        return Map.of("plan", plan.toString());
    }

    Map<String, Object> of(String action) {
        return Map.of("action", uuid(action));
    }

    String uuid(String action) {
        return uuid(plan, action);
    }

    static String uuid(UUID plan, String action) {
        return property(plan, action, "uuid");
    }

    static String property(UUID plan, String action, String key) {
        return Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: $action}) RETURN a[$key] AS it",
                        Map.of("plan", plan.toString(), "action", action, "key", key))
                .getFirst()
                .get("it")
                .asString();
    }

    static List<Record> explore(String query, Map<String, Object> parameters) {
        return Neo4jServer.query(Cypher.of("explore/" + query).text(), new HashMap<>(parameters));
    }

    static List<Tuple> rows(String query, Map<String, Object> parameters, String... columns) {
        return explore(query, parameters).stream()
                .map(row -> new Tuple(Stream.of(columns)
                        .map(column -> row.get(column).asObject())
                        .toArray()))
                .toList();
    }
}
