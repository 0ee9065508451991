package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.neo4j.Neo4jServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Neo4jServer.class)
class ExecutorTransactionsTest {
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Transactions transactions =
            new ExecutorTransactions(Neo4jServer.embedded(Optional.empty()), executor);

    @AfterEach
    void close() {
        executor.close();
    }

    private static long turns() {
        return Neo4jServer.query("MATCH (gate:Gate) RETURN gate.turn AS turns", Map.of())
                .getFirst()
                .get("turns")
                .asLong();
    }

    @Test
    void theInterruptOfACallerIsKeptForLaterAndDoesNotReachTheTransaction() {
        long before = turns();
        AtomicReference<Boolean> reached = new AtomicReference<>();

        Thread.currentThread().interrupt();
        Thread ran = transactions.write(tx -> {
            tx.takeGate();
            reached.set(Thread.currentThread().isInterrupted());
            return Thread.currentThread();
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ran).isNotSameAs(Thread.currentThread());
        assertThat(reached).hasValue(false);
        assertThat(turns()).isEqualTo(before + 1);
    }

    @Test
    void whatTheWorkThrowsUndoesTheTransactionAndIsThrown() {
        long before = turns();
        IllegalStateException broken = new IllegalStateException("broken");

        assertThatThrownBy(() -> transactions.write(tx -> {
                    tx.takeGate();
                    throw broken;
                }))
                .isSameAs(broken);

        assertThat(turns()).isEqualTo(before);
    }

    @Test
    void readsRunThereToo() {
        Thread ran = transactions.read(tx -> Thread.currentThread());

        assertThat(ran).isNotSameAs(Thread.currentThread());
    }

    @Test
    void afterTheExecutorIsClosedTheDatabaseIsOutOfReach() {
        executor.close();

        assertThatThrownBy(() -> transactions.read(tx -> ""))
                .isInstanceOf(GraphUnavailable.class)
                .hasMessage("it is being closed");
    }
}
