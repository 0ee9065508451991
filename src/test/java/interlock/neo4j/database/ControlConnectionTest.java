package interlock.neo4j.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.neo4j.Neo4jServer;
import interlock.web.http.RequestGuard;
import interlock.web.http.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(Neo4jServer.class)
class ControlConnectionTest {
    private static final Cypher ENDLESS = new Cypher(
            "endless", "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b) AS sum");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static ControlConnection to(int port) {
        return new ControlConnection(new Graph.Settings(URI.create("bolt://127.0.0.1:" + port), "", "", ""));
    }

    @Test
    void aDatabaseThatAnswersIsUp() {
        try (ControlConnection connection = new ControlConnection(Neo4jServer.settings())) {
            assertThat(connection.whyDown()).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedAsTheReason() throws IOException {
        ServerSocket closed = server();
        closed.close();

        try (ControlConnection connection = to(closed.getLocalPort())) {
            assertThat(connection.whyDown()).get().asString().startsWith("the database is out of reach: ");
        }
    }

    @Test
    void aDatabaseThatSaysNothingIsWaitedForAShortTimeHoweverOftenItIsAsked() throws IOException {
        try (ServerSocket silent = server();
                ControlConnection connection = to(silent.getLocalPort())) {
            for (int i = 0; i < 5; i++) {
                assertThat(connection.whyDown()).get().asString().startsWith("the database ");
            }
        }
    }

    @Test
    void aReadIsEndedWhenItsCallerHasGone(Graph graph) {
        AtomicBoolean gone = new AtomicBoolean();
        var reading = CompletableFuture.runAsync(
                () -> ReadCaller.during(
                        gone::get,
                        () -> graph.read(tx -> tx.run(ENDLESS, Map.of()).list())),
                Thread::startVirtualThread);

        try (ControlConnection connection = new ControlConnection(Neo4jServer.settings())) {
            graph.endAbandonedReads(connection);
            graph.endAbandonedReads(connection);
            assertThat(reading).isNotDone();

            gone.set(true);
            await().atMost(PATIENCE).until(() -> {
                graph.endAbandonedReads(connection);
                return reading.isDone();
            });
        }

        assertThat(reading).isCompletedExceptionally();
    }

    @Test
    void aReadIsEndedWhenTheClientOfItsRequestHasClosedTheConnection(Graph graph) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        WebServer.Routes endless = routes -> routes.get(
                "/endless", _ -> graph.read(tx -> tx.run(ENDLESS, Map.of()).list()));

        try (ControlConnection connection = new ControlConnection(Neo4jServer.settings());
                WebServer server = WebServer.start(
                        "127.0.0.1",
                        0,
                        new RequestGuard("127.0.0.1", "localhost", List.of()),
                        threads,
                        List.of(endless))) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                client.getOutputStream()
                        .write("GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await().atMost(PATIENCE).until(() -> endlessReads() == 1);
                graph.endAbandonedReads(connection);
                graph.endAbandonedReads(connection);
                assertThat(endlessReads()).isEqualTo(1);
            }

            await().atMost(PATIENCE).until(() -> {
                graph.endAbandonedReads(connection);
                return endlessReads() == 0;
            });
        }
    }

    private static int endlessReads() {
        return Neo4jServer.query(
                        "SHOW TRANSACTIONS YIELD metaData, status WHERE metaData.read IS NOT NULL AND status ="
                                + " 'Running' RETURN status",
                        Map.of())
                .size();
    }
}
