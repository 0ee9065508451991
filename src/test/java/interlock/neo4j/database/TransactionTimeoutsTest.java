package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.applier.PlanGraph.TransactionTimedOut;
import interlock.neo4j.Neo4jServer;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.RequestGuard;
import interlock.web.http.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(Neo4jServer.class)
@ParameterizedClass(autoCloseArguments = false)
@MethodSource("ways")
class TransactionTimeoutsTest {
    private static final TransactionTimeouts SHORT =
            new TransactionTimeouts(Duration.ofMillis(300), Duration.ofMillis(300));
    private static final Cypher ENDLESS =
            new Cypher("endless", "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS sum");
    private static final Cypher STORE = new Cypher("store", "CREATE (:Kept {name: $name})");
    private static final Cypher LOCK =
            new Cypher("lock", "MATCH (kept:Kept {name: $name}) SET kept.times = coalesce(kept.times, 0) + 1");

    private final Transactions graph;

    TransactionTimeoutsTest(Transactions graph) {
        this.graph = graph;
    }

    static List<Named<Transactions>> ways() {
        return List.of(
                Named.of("over Bolt", Neo4jServer.withTimeouts(SHORT)),
                Named.of("inside the process", Neo4jServer.embedded(SHORT)));
    }

    @Test
    void aReadThatTakesTooLongIsEndedByTheDatabase() {
        assertThatThrownBy(() -> graph.read(tx -> tx.run(ENDLESS, Map.of()).list()))
                .isInstanceOf(TransactionTimedOut.class);
    }

    @Test
    void whoAskedForItIsToldThatItTookTooLong() throws Exception {
        WebServer.Routes slow = routes -> routes.get(
                "/slow", _ -> graph.read(tx -> tx.run(ENDLESS, Map.of()).list()));

        try (WebServer server = WebServer.start(
                        "127.0.0.1",
                        0,
                        new RequestGuard("127.0.0.1", "localhost", List.of()),
                        new QueuedThreadPool(),
                        List.of(slow));
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:%d/slow".formatted(server.port()));
            var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("took the database too long").doesNotContain("unreachable");
        }
    }

    @Test
    void aWriteThatWaitsTooLongForALockIsEndedAndStoresNothing() {
        graph.write(tx -> tx.run(STORE, Map.of("name", "held")).list());

        Neo4jServer.embedded(Optional.empty()).write(holder -> {
            holder.run(LOCK, Map.of("name", "held")).consume();

            assertThatThrownBy(() -> graph.write(
                            tx -> tx.run(LOCK, Map.of("name", "held")).list()))
                    .isInstanceOf(TransactionTimedOut.class);
            return null;
        });

        assertThat(Neo4jServer.query("MATCH (kept:Kept) RETURN kept.times AS times", Map.of()))
                .extracting(row -> row.get("times").asLong())
                .containsExactly(1L);
    }

    @Test
    void whatIsReadAsEntitiesEndsAsWell() {
        try (Graph impatient = Neo4jServer.withTimeouts(new TransactionTimeouts(Duration.ofMillis(1), Duration.ZERO))) {
            PlanReader reader = new PlanReader(impatient, Neo4jServer.entities(impatient));
            Neo4jServer.query("UNWIND range(1, 50000) AS number CREATE (:Applier {id: toString(number)})", Map.of());

            assertThatThrownBy(() -> reader.appliers(50_000)).isInstanceOf(TransactionTimedOut.class);
        }
    }
}
