package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.PlanBuilder;
import interlock.model.Capacities;
import interlock.model.NewPlan;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.view.Diagnosis;
import interlock.neo4j.view.PlanAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.summary.ProfiledPlan;

/** The cost of walking the graph of a plan grows with its actions and dependencies, not with the number of paths through it. */
@ExtendWith(Neo4jServer.class)
@SuppressWarnings("deprecation") // what replaces profile() tells no database hits yet
class WalkedGraphsTest {
    private static final int HITS_FOR_EACH_NODE_AND_EDGE = 15;

    /** It reads four properties at both ends of each dependency, and does so twice. */
    private static final int HITS_OF_CRITICAL_PATH = 100;

    private static final List<String> LANGUAGES = List.of("CYPHER 5", "CYPHER 25");

    private final List<Walked> plans = new ArrayList<>();

    /** A stored plan: its first and last action, and how many actions and dependencies it has. */
    private record Walked(String shape, UUID plan, String first, String last, long size) {}

    @BeforeEach
    void plansOfAllShapesWhoseFirstActionsFailed() {
        PlanStore store = new PlanStore(Neo4jServer.embedded(Optional.empty()), Capacities.DEFAULT);
        plans.add(walked("layers", store.create(LayeredPlan.of(100, 10))));
        plans.add(walked("broad layers", store.create(LayeredPlan.of(10, 50))));
        plans.add(walked("all edges", store.create(withAllEdges(120))));
        plans.add(walked("chain", store.create(LayeredPlan.of(2_000, 1))));
        plans.add(walked("wide", store.create(wide(2_000))));
        Neo4jServer.query(
                "MATCH (a:Action) SET a.state = CASE WHEN a.layer = 0 THEN 'FAILED' ELSE 'CANCELLED' END", Map.of());
    }

    private static NewPlan withAllEdges(int actions) {
        PlanBuilder plan = PlanBuilder.plan();
        for (int i = 0; i < actions; i++) {
            plan.action(
                    String.valueOf(i),
                    IntStream.range(0, i).mapToObj(String::valueOf).toArray(String[]::new));
        }
        return plan.build();
    }

    private static NewPlan wide(int actions) {
        PlanBuilder plan = PlanBuilder.plan().action("first");
        IntStream.range(0, actions).forEach(i -> plan.action(String.valueOf(i), "first"));
        return plan.build();
    }

    private static Walked walked(String shape, UUID plan) {
        var row = Neo4jServer.query(
                        "MATCH (a:Action {planUuid: $plan}) WITH a ORDER BY a.number"
                                + " WITH collect(a.uuid) AS uuids, sum(COUNT { (a)-[:DEPENDS_ON]->() }) AS edges"
                                + " RETURN head(uuids) AS first, last(uuids) AS last, size(uuids) + edges AS size",
                        Map.of("plan", plan.toString()))
                .getFirst();
        return new Walked(
                shape,
                plan,
                row.get("first").asString(),
                row.get("last").asString(),
                row.get("size").asLong());
    }

    @Test
    void eachActionAndDependencyIsLookedAtAFewTimes() {
        Neo4jServer.query("CALL db.clearQueryCaches()", Map.of());
        SoftAssertions hits = new SoftAssertions();

        look(hits, "read/failed-ancestors", Walked::last, HITS_FOR_EACH_NODE_AND_EDGE);
        look(hits, "read/open-descendants", Walked::first, HITS_FOR_EACH_NODE_AND_EDGE);
        look(hits, "explore/what-it-blocks", Walked::first, HITS_FOR_EACH_NODE_AND_EDGE);
        look(hits, "explore/critical-path", Walked::first, HITS_OF_CRITICAL_PATH);
        Neo4jServer.query("MATCH (a:Action) SET a.state = 'PENDING'", Map.of());
        look(hits, "explore/why-not-running", Walked::last, HITS_FOR_EACH_NODE_AND_EDGE);

        hits.assertAll();
    }

    private void look(SoftAssertions hits, String statement, Function<Walked, String> action, int factor) {
        for (String language : LANGUAGES) {
            for (Walked walked : plans) {
                Map<String, Object> parameters = Map.of(
                        "plan",
                        walked.plan().toString(),
                        "action",
                        action.apply(walked),
                        "states",
                        List.of("CANCELLED"),
                        "limit",
                        1000);
                hits.assertThat(hits(language, statement, parameters))
                        .as(
                                "%s, %s, %s, %d actions and dependencies",
                                statement, language, walked.shape(), walked.size())
                        .isBetween(1L, walked.size() * factor + 1000);
            }
        }
    }

    @Test
    void whatFailedBeforeACancelledActionIsToldHoweverManyWaysLeadThere(Graph graph) {
        Walked layers = plans.getFirst();

        Diagnosis explanation = new PlanAnalysis(graph)
                .explain(UUID.fromString(layers.last()), false)
                .orElseThrow();

        assertThat(explanation.reasons())
                .anySatisfy(reason -> assertThat(reason.detail().toString()).contains("0/0"));
    }

    private static long hits(String language, String statement, Map<String, Object> parameters) {
        try (Session session = Neo4jServer.session()) {
            return session.executeRead(tx -> {
                Result result =
                        tx.run(language + " PROFILE " + Cypher.of(statement).text(), parameters);
                result.list();
                return hits(result.consume().profile());
            });
        }
    }

    private static long hits(ProfiledPlan operator) {
        return operator.dbHits()
                + operator.children().stream().mapToLong(WalkedGraphsTest::hits).sum();
    }
}
