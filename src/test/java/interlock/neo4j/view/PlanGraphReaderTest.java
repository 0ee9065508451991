package interlock.neo4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.PlanBuilder;
import interlock.model.Capacities;
import interlock.model.PlanGraphView;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.store.PlanStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class PlanGraphReaderTest {
    private static final int ACTIONS = 40;
    private static final int DRAWINGS = 60;
    private static final Cypher CHANGE = new Cypher("change", """
        MATCH (plan:ActionPlan {uuid: $plan})
        SET plan.revision = plan.revision + 1
        WITH plan
        MATCH (plan)-[:CONTAINS]->(action:Action)
        SET action.attempt = plan.revision
        """);

    /** Those who read during a commit may see a plan as it is afterwards, and its actions as they were. */
    @Test
    void allOfARevisionIsDrawnOfWhichAnythingWasSeen(Graph graph) throws Exception {
        PlanReader reader = new PlanReader(graph, Neo4jServer.entities(graph));
        PlanBuilder plan = PlanBuilder.plan();
        IntStream.range(0, ACTIONS).forEach(i -> plan.action("a" + i));
        UUID uuid = new PlanStore(graph, Capacities.DEFAULT).create(plan.build());
        AtomicBoolean enough = new AtomicBoolean();
        Thread changing = Thread.ofPlatform().start(() -> {
            Transactions others = Neo4jServer.embedded(Optional.empty());
            while (!enough.get()) {
                others.write(
                        tx -> tx.run(CHANGE, Map.of("plan", uuid.toString())).list());
            }
        });

        try {
            for (int i = 0; i < DRAWINGS; i++) {
                long seen = reader.plan(uuid, false).orElseThrow().revision();
                PlanGraphView drawing = reader.graph(uuid, seen);

                assertThat(drawing.revision()).isEqualTo(seen);
                assertThat(drawing.nodes())
                        .hasSize(ACTIONS)
                        .allMatch(node -> seen == 1 || node.attempt() >= seen, "is of revision " + seen);
            }
        } finally {
            enough.set(true);
            changing.join();
        }
    }
}
