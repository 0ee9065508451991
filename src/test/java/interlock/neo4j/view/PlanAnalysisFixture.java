package interlock.neo4j.view;

import interlock.applier.Applier;
import interlock.applier.PlanBuilder;
import interlock.model.ActionState;
import interlock.model.Capacities;
import interlock.neo4j.DeskApplier;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.view.Diagnosis.Kind;
import interlock.neo4j.view.Diagnosis.Reason;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;

/** The fixture of tests of the analysis of plans: stored plans, appliers, and the questions about an action. */
@ExtendWith(Neo4jServer.class)
abstract class PlanAnalysisFixture {
    final Graph graph;
    final PlanStore store;
    final PlanAnalysis questions;
    final Queue<Runnable> started = new ArrayDeque<>();

    PlanAnalysisFixture(Graph graph) {
        this.graph = graph;
        this.store = new PlanStore(graph, Capacities.DEFAULT);
        this.questions = new PlanAnalysis(graph);
    }

    Applier applier(int slots) {
        Applier applier = DeskApplier.of(graph, slots, started);
        applier.step(true);
        return applier;
    }

    static void anotherApplier() {
        Neo4jServer.query("""
                CREATE (:Applier {
                  id: 'another', host: 'desk', process: 2, state: 'ACTIVE', maxConcurrentActions: 8,
                  startedAt: datetime()
                })
                CREATE (:Lease {applier: 'another', until: datetime() + duration('PT5M')})""", Map.of());
    }

    void runFirst() {
        started.remove().run();
    }

    UUID start(PlanBuilder builder) {
        UUID plan = store.create(builder.build());
        new PlanControl(graph).start(plan, OptionalLong.empty());
        return plan;
    }

    static void path(
            UUID plan, String name, int rank, String state, List<String> replaces, String action, String actionState) {
        Neo4jServer.query(
                """
                MATCH (plan:ActionPlan {uuid: $plan})
                CREATE (path:AlternativePath {
                  uuid: randomUUID(), planUuid: $plan, name: $name, rank: $rank, state: $state
                })
                CREATE (plan)-[:CONTAINS]->(action:Action:$($label) {
                  uuid: randomUUID(), planUuid: $plan, id: $action, name: $action, actionType: 'nop', state: $actionState,
                  pathUuid: path.uuid, number: 100, priority: 1.0, layer: 0, unmetParents: 0, attempt: 0, failures: 0
                })
                CREATE (path)-[:CONTAINS]->(action)
                WITH path
                MATCH (replaced:Action {planUuid: $plan})
                WHERE replaced.id IN $replaces
                CREATE (path)-[:REPLACES]->(replaced)""",
                Map.of(
                        "plan",
                        plan.toString(),
                        "name",
                        name,
                        "rank",
                        rank,
                        "state",
                        state,
                        "replaces",
                        replaces,
                        "action",
                        action,
                        "actionState",
                        actionState,
                        "label",
                        ActionState.valueOf(actionState).label()));
    }

    static Map<String, Object> of(UUID plan) {
        return Map.of("plan", plan.toString());
    }

    List<Kind> kinds(UUID plan, String action) {
        return explain(plan, action).reasons().stream().map(Reason::kind).toList();
    }

    Reason reason(UUID plan, String action, Kind kind) {
        return explain(plan, action).reasons().stream()
                .filter(reason -> reason.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    Diagnosis explain(UUID plan, String action) {
        return questions.explain(uuid(plan, action), false).orElseThrow();
    }

    Impact impact(UUID plan, String action) {
        return questions.impact(uuid(plan, action), false).orElseThrow();
    }

    static UUID uuid(UUID plan, String action) {
        return UUID.fromString(Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan, id: $action}) RETURN a.uuid AS it",
                        Map.of("plan", plan.toString(), "action", action))
                .getFirst()
                .get("it")
                .asString());
    }
}
