package interlock.neo4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.Neo4jServer;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class WarmupTest {
    private static final String ALONE = "alone";

    private final Transactions graph = Neo4jServer.embedded(Optional.empty());
    private final Neo4jPlanGraph plans =
            new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member("desk", 1, 8, Duration.ofSeconds(30)), Runnable::run);

    private static long nodes() {
        return Neo4jServer.query("MATCH (node) WHERE NOT node:Gate RETURN count(node) AS nodes", Map.of())
                .getFirst()
                .get("nodes")
                .asLong();
    }

    @Test
    void nothingStaysOfAWarmup() {
        long before = nodes();
        Warmup warmup = new Warmup(graph, plans, () -> false);
        int all = warmup.left();

        for (int held = 1; held <= all; held++) {
            warmup.next(ALONE);
            assertThat(warmup.left()).isEqualTo(all - held);
        }
        warmup.next(ALONE);

        assertThat(warmup.left()).isZero();
        assertThat(nodes()).isEqualTo(before);
    }

    @Test
    void aWarmupMakesWayWhereverItIsAndIsHeldAnew() {
        AtomicInteger looks = new AtomicInteger();
        AtomicBoolean waits = new AtomicBoolean();
        AtomicInteger place = new AtomicInteger();
        Warmup warmup = new Warmup(graph, plans, () -> looks.incrementAndGet() == place.get() || waits.get());
        int all = warmup.left();

        do {
            looks.set(0);
            place.incrementAndGet();
            warmup.next(ALONE);
        } while (warmup.left() == all);
        int places = place.get();

        assertThat(places).isGreaterThan(10);
        assertThat(warmup.left()).isEqualTo(all - 1);
        waits.set(true);
        warmup.next(ALONE);
        assertThat(warmup.left()).isEqualTo(all - 1);
    }

    @Test
    void besideOtherAppliersNoneIsHeld() {
        String first = plans.register();
        String second = plans.register();
        Warmup besideNobody = new Warmup(graph, plans, () -> false);
        Warmup besideTheFirst = new Warmup(graph, plans, () -> false);

        besideTheFirst.next(second);
        plans.leave(second);
        besideNobody.next(first);

        assertThat(besideTheFirst.left()).isZero();
        assertThat(besideNobody.left()).isPositive();
    }
}
