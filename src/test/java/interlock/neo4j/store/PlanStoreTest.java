package interlock.neo4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.applier.PlanBuilder;
import interlock.model.Capacities;
import interlock.model.NewPlan;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Storing plans over Bolt, and inside the process of the database. */
@ExtendWith(Neo4jServer.class)
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("interlock.neo4j.database.TransactionTest#ways")
class PlanStoreTest {
    private static final Capacities CAPACITIES = Capacities.DEFAULT;

    private final Transactions graph;

    PlanStoreTest(Transactions graph) {
        this.graph = graph;
    }

    /** Where something happens before the first write, of which who writes knows nothing. */
    private record Meanwhile(Transactions graph, AtomicReference<@Nullable Runnable> event) implements Transactions {
        @Override
        public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
            Optional.ofNullable(event.getAndSet(null)).ifPresent(Runnable::run);
            return graph.write(work);
        }

        @Override
        public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
            return graph.read(work);
        }
    }

    private static List<String> plans() {
        return Neo4jServer.query("MATCH (plan:ActionPlan) RETURN plan.uuid AS plan", Map.of()).stream()
                .map(row -> row.get("plan").asString())
                .toList();
    }

    @Test
    void ofTwoRequestsWithTheSameKeyTheOneThatIsStoredFirstMakesThePlan() {
        NewPlan plan = PlanBuilder.plan().action("a").idempotencyKey("key").build();
        AtomicReference<UUID> quicker = new AtomicReference<>();
        Runnable another = () -> quicker.set(new PlanStore(graph, CAPACITIES).create(plan));

        UUID stored = new PlanStore(new Meanwhile(graph, new AtomicReference<>(another)), CAPACITIES).create(plan);

        assertThat(stored).isEqualTo(quicker.get());
        assertThat(plans()).containsExactly(stored.toString());
    }

    @Test
    void theExpectedDurationIsTheEstimateElseWhatWasRecorded() {
        Neo4jServer.query("""
                CREATE (:RecordedDuration {
                  key: 'lift', name: 'lift', actionType: 'lift', attempts: 3, durations: [5.0, 7.0, 9.0], succeeded: [true, true, true]
                })
                """, Map.of());
        PlanBuilder plan = PlanBuilder.plan()
                .action("estimated", "lift", Map.of())
                .estimated(Duration.ofSeconds(60))
                .action("recorded", "lift", Map.of())
                .action("unknown", "other", Map.of());

        UUID stored = new PlanStore(graph, CAPACITIES).create(plan.build());

        assertThat(Neo4jServer.query("""
                        MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action)
                        RETURN action.id + ' ' + coalesce(action.estimatedSeconds, '-') + ' ' + coalesce(action.expectedSeconds, '-') AS it
                        ORDER BY action.number
                        """, Map.of("plan", stored.toString())))
                .extracting(row -> row.get("it").asString())
                .containsExactly("estimated 60.0 60.0", "recorded - 7.0", "unknown - -");
    }

    @Test
    void aPlanOfSeveralBatchesIsThereAsAWhole() {
        PlanBuilder plan = PlanBuilder.plan().action("0");
        for (int i = 1; i < 2_500; i++) {
            plan.action(Integer.toString(i), Integer.toString(i - 1));
        }

        UUID stored = new PlanStore(graph, CAPACITIES).create(plan.build());

        Map<String, Object> row = Neo4jServer.query("""
                        MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(action)
                        RETURN plan.actionsTotal AS total, count(action) AS actions,
                          sum(COUNT { (action)-[:DEPENDS_ON]->() }) AS edges
                        """, Map.of("plan", stored.toString()))
                .getFirst()
                .asMap();
        assertThat(row).isEqualTo(Map.of("total", 2_500L, "actions", 2_500L, "edges", 2_499L));
    }
}
