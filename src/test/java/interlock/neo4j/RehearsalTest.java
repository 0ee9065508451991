package interlock.neo4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class RehearsalTest {
    private static final String ALONE = "alone";

    private final Transactions graph = Neo4jServer.embedded(Optional.empty());
    private final Neo4jPlanGraph plans =
            new Neo4jPlanGraph(graph, new Neo4jPlanGraph.Member("desk", 1, 8, Duration.ofSeconds(30)));

    private static long nodes() {
        return Neo4jServer.query("MATCH (node) WHERE NOT node:Gate RETURN count(node) AS nodes", Map.of())
                .getFirst()
                .get("nodes")
                .asLong();
    }

    @Test
    void nothingStaysOfARehearsal() {
        long before = nodes();
        Rehearsal rehearsal = new Rehearsal(graph, plans, () -> false);
        int all = rehearsal.left();

        for (int held = 1; held <= all; held++) {
            rehearsal.next(ALONE);
            assertThat(rehearsal.left()).isEqualTo(all - held);
        }
        rehearsal.next(ALONE);

        assertThat(rehearsal.left()).isZero();
        assertThat(nodes()).isEqualTo(before);
    }

    @Test
    void aRehearsalMakesWayWhereverItIsAndIsHeldAnew() {
        AtomicInteger looks = new AtomicInteger();
        AtomicBoolean waits = new AtomicBoolean();
        AtomicInteger place = new AtomicInteger();
        Rehearsal rehearsal = new Rehearsal(graph, plans, () -> looks.incrementAndGet() == place.get() || waits.get());
        int all = rehearsal.left();

        do {
            looks.set(0);
            place.incrementAndGet();
            rehearsal.next(ALONE);
        } while (rehearsal.left() == all);
        int places = place.get();

        assertThat(places).isGreaterThan(10);
        assertThat(rehearsal.left()).isEqualTo(all - 1);
        waits.set(true);
        rehearsal.next(ALONE);
        assertThat(rehearsal.left()).isEqualTo(all - 1);
    }

    @Test
    void besideOtherAppliersNoneIsHeld() {
        String first = plans.register();
        String second = plans.register();
        Rehearsal besideNobody = new Rehearsal(graph, plans, () -> false);
        Rehearsal besideTheFirst = new Rehearsal(graph, plans, () -> false);

        besideTheFirst.next(second);
        plans.leave(second);
        besideNobody.next(first);

        assertThat(besideTheFirst.left()).isZero();
        assertThat(besideNobody.left()).isPositive();
    }
}
