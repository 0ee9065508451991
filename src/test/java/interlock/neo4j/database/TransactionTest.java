package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.applier.PlanGraph.UnstorableValue;
import interlock.neo4j.Neo4jServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Over Bolt statements are sent without waiting for those before; what is told of them is as if one had waited. Inside the
 * process of the database it is all the same.
 */
@ExtendWith(Neo4jServer.class)
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("ways")
class TransactionTest {
    private static final Cypher STORE = new Cypher("store", "CREATE (:Kept {name: $name})");
    private static final Cypher COUNT = new Cypher("count", "MATCH (kept:Kept) RETURN count(kept) AS kept");
    private static final Cypher FAIL = new Cypher("fail", "RETURN 1 / $none AS never");
    private static final Cypher LOCK =
            new Cypher("lock", "MATCH (kept:Kept {name: $name}) SET kept.times = coalesce(kept.times, 0) + 1");

    private final Transactions graph;

    TransactionTest(Transactions graph) {
        this.graph = graph;
    }

    static List<Named<Transactions>> ways() {
        Transactions embedded = Neo4jServer.embedded(Optional.empty());
        return List.of(Named.of("over Bolt", Neo4jServer.graph()), Named.of("inside the process", embedded));
    }

    private long kept() {
        return graph.read(tx -> tx.run(COUNT, Map.of()).single().get("kept").asLong());
    }

    @Test
    void whatIsSentIsThereForWhatIsAskedNext() {
        long within = graph.write(tx -> {
            tx.send(STORE, Map.of("name", "a"));
            tx.send(STORE, Map.of("name", "b"));
            return tx.run(COUNT, Map.of()).single().get("kept").asLong();
        });

        assertThat(within).isEqualTo(2);
        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsTooLongForAnIndexIsNoLossOfTheDatabase() {
        Cypher store = new Cypher("store", "CREATE (:Resource {key: $key})");

        assertThatThrownBy(() -> graph.write(tx ->
                        tx.run(store, Map.of("key", "k".repeat(9_000))).list()))
                .isInstanceOf(UnstorableValue.class)
                .hasMessage("a value is too long for an index of the database");
    }

    @Test
    void aKeyThatIsTakenIsNoLossOfTheDatabase() {
        Cypher store = new Cypher("store", "CREATE (:Resource {key: $key}) CREATE (:Resource {key: $key})");

        assertThatThrownBy(() ->
                        graph.write(tx -> tx.run(store, Map.of("key", "k")).list()))
                .isInstanceOf(UnstorableValue.class)
                .hasMessage("a value must be unique, but is already in the database");
    }

    @Test
    void whatNobodyWaitsForFailsTheTransactionAllTheSame() {
        assertThatThrownBy(() -> graph.write(tx -> {
                    tx.send(STORE, Map.of("name", "a"));
                    tx.send(FAIL, Map.of("none", 0));
                    return "stored";
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a statement was refused: / by zero");
        assertThat(kept()).isZero();
    }

    @Test
    void whatFailedFirstIsToldAndNotWhatFailedForIt() {
        assertThatThrownBy(() -> graph.write(tx -> {
                    tx.send(FAIL, Map.of("none", 0));
                    return tx.run(COUNT, Map.of()).list();
                }))
                .hasMessage("a statement was refused: / by zero");
    }

    @Test
    void nothingIsStoredWhenTheWorkItselfFails() {
        assertThatThrownBy(() -> graph.write(tx -> {
                    tx.send(STORE, Map.of("name", "a"));
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThat(kept()).isZero();
    }

    @Test
    void theWorkIsDoneByTheThreadThatAskedForIt() {
        Thread worker = graph.write(_ -> Thread.currentThread());

        assertThat(worker).isSameAs(Thread.currentThread());
    }

    @Test
    void anInterruptIsKeptForWhoeverLooksForIt() {
        Thread.currentThread().interrupt();

        graph.write(tx -> tx.run(STORE, Map.of("name", "a")).list());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void whatReadsChangesNothing() {
        try {
            graph.read(tx -> tx.run(STORE, Map.of("name", "a")).list());
        } catch (RuntimeException _) {
            // a server refuses at once
        }

        assertThat(kept()).isZero();
    }

    @Test
    void aStatementThatIsNotUnderstoodIsADefectAndNotAnOutage() {
        Cypher nonsense = new Cypher("nonsense", "MATCH (kept:Kept RETURN kept");

        assertThatThrownBy(() -> graph.read(tx -> tx.run(nonsense, Map.of()).list()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a statement was refused: Invalid input");
    }

    @Test
    void rowsHoldWhatPropertiesHold() {
        ZonedDateTime time = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 6_000, ZoneOffset.UTC);
        Cypher all = new Cypher(
                "all",
                "CREATE (kept:Kept {text: 'a', number: 7, share: 0.5, yes: true, at: $at, list: ['b', 'c']}) "
                        + "SET kept.until = $at + $lease RETURN properties(kept) AS kept, null AS none, {a: [1]} AS map");

        MapAccessor row = graph.write(tx ->
                tx.run(all, Map.of("at", time, "lease", Duration.ofSeconds(30))).single());

        assertThat(row.get("none").isNull()).isTrue();
        assertThat(row.get("map").get("a").get(0).asInt()).isEqualTo(1);
        MapAccessor kept = row.get("kept");
        assertThat(kept.get("text").asString()).isEqualTo("a");
        assertThat(kept.get("number").asInt()).isEqualTo(7);
        assertThat(kept.get("share").asDouble()).isEqualTo(0.5);
        assertThat(kept.get("yes").asBoolean()).isTrue();
        assertThat(kept.get("at").asZonedDateTime()).isEqualTo(time);
        assertThat(kept.get("until").asZonedDateTime()).isEqualTo(time.plusSeconds(30));
        assertThat(kept.get("list").asList(Value::asString)).containsExactly("b", "c");
        assertThat(kept.get("absent").isNull()).isTrue();
    }

    @Test
    void ofTwoThatWaitForEachOtherOneIsTriedAgain() {
        Neo4jServer.query("CREATE (:Kept {name: 'a'}), (:Kept {name: 'b'})", Map.of());
        AtomicInteger tries = new AtomicInteger();
        CyclicBarrier bothHaveOne = new CyclicBarrier(2);

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> lock(List.of("a", "b"), tries, bothHaveOne), threads),
                            CompletableFuture.runAsync(() -> lock(List.of("b", "a"), tries, bothHaveOne), threads))
                    .join();
        }

        assertThat(tries.get()).isGreaterThan(2);
        assertThat(Neo4jServer.query("MATCH (kept:Kept) RETURN kept.name AS name, kept.times AS times", Map.of()))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.get("times").asInt()).isEqualTo(2));
    }

    private void lock(List<String> names, AtomicInteger tries, CyclicBarrier bothHaveOne) {
        graph.write(tx -> {
            tx.run(LOCK, Map.of("name", names.getFirst())).consume();
            if (tries.incrementAndGet() <= 2) {
                await(bothHaveOne);
            }
            return tx.run(LOCK, Map.of("name", names.getLast())).list();
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
