package interlock.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import interlock.api.Execution;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.http.FarEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    private final HttpCall http = new HttpCall();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch neverAnswered = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        neverAnswered.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add("%s %s %s"
                    .formatted(exchange.getRequestMethod(), path, body)
                    .strip());
            if (path.equals("/slow")) {
                arrived.countDown();
                neverAnswered.await();
            }
            byte[] text = "because  of\nthat".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.getOrDefault(path, 404), text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(String path) {
        return "http://localhost:%d%s".formatted(server.getAddress().getPort(), path);
    }

    @Test
    void theExpectedAnswerIsSuccess() throws Exception {
        answers.put("/servers", 202);

        var outcome = http.execute(new Told(
                Map.of("method", "POST", "url", url("/servers"), "body", "{}", "expected_status", List.of(200, 202))));

        assertThat(outcome).isEqualTo(Result.succeeded("HTTP 202"));
        assertThat(requests).containsExactly("POST /servers {}");
    }

    @ParameterizedTest
    @CsvSource({"404, true", "301, true", "408, false", "425, false", "429, false", "500, false", "503, false"})
    void anotherAnswerIsAFailureThatMayBePermanent(int status, boolean permanent) throws Exception {
        answers.put("/", status);

        var outcome = http.execute(new Told(Map.of("url", url("/"))));

        assertThat(outcome)
                .isEqualTo(Result.failed(new Failure(
                        "GET %s answered %d: because of that".formatted(url("/"), status), permanent, !permanent)));
    }

    @Test
    void whatCannotBeSentIsNotTriedAgain() throws Exception {
        var outcome = http.execute(new Told(Map.of("url", url("/"), "headers", Map.of("Host", "nova"))));

        assertThat(outcome)
                .isEqualTo(Result.failed(
                        Failure.permanent("the request cannot be sent: restricted header name: \"Host\"")));
    }

    @Test
    void aRequestThatWaitsForItsAnswerCanBeInterrupted() throws Exception {
        var thrown = new CompletableFuture<Exception>();
        var slow = new Told(Map.of("url", url("/slow")));
        Thread attempt = Thread.ofVirtual().start(() -> {
            try {
                http.execute(slow);
            } catch (Exception e) {
                thrown.complete(e);
            }
        });

        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        attempt.interrupt();

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close", "Transfer-Encoding: chunked", "Content-Length: 999999999999"})
    void anEndlessAnswerOfTheExpectedStatusIsSuccess(String framing) throws Exception {
        try (var end = FarEnd.endless("HTTP/1.1 200 OK\r\n%s\r\n\r\n".formatted(framing))) {
            var asked = Map.of("url", end.url(), "reconcile", Map.of("url", end.url()));

            assertThat(http.execute(new Told(asked))).isEqualTo(new Result.Succeeded("HTTP 200"));
            assertThat(http.reconcile(new Told(asked)))
                    .contains(new Result.Succeeded("found to be done by an earlier attempt: HTTP 200"));
            assertThat(http.revert(new Told(Map.of("url", end.url(), "revert", Map.of("url", end.url())))))
                    .isEqualTo(new Result.Succeeded("HTTP 200"));
            assertThat(end.isLeft()).isTrue();
        }
    }

    @Test
    void ofAnEndlessAnswerOfAnotherStatusTheBeginningIsShown() throws Exception {
        try (var end = FarEnd.endless("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")) {

            var outcome = http.execute(new Told(Map.of("url", end.url())));

            assertThat(outcome)
                    .isEqualTo(new Result.Failed(
                            Failure.permanent("GET %s answered 404: %s…".formatted(end.url(), "x".repeat(200)))));
            assertThat(end.isLeft()).isTrue();
        }
    }

    @Test
    void theTimeoutCoversTheWholeAnswer() throws Exception {
        try (var silent = FarEnd.answering("");
                var headers = FarEnd.dripping("HTTP/1.1 200 OK\r\nX-Long: ");
                var body = FarEnd.dripping("HTTP/1.1 503 Busy\r\nConnection: close\r\n\r\n")) {
            assertThat(http.execute(new Told(Map.of("url", silent.url(), "timeout", 0.2))))
                    .isEqualTo(new Result.Failed(
                            Failure.inDoubt("GET %s: no answer within 200 ms".formatted(silent.url()))));
            assertThat(http.execute(new Told(Map.of("url", headers.url(), "timeout", 0.2))))
                    .isEqualTo(new Result.Failed(
                            Failure.inDoubt("GET %s: no answer within 200 ms".formatted(headers.url()))));
            assertThat(http.execute(new Told(Map.of("url", body.url(), "timeout", 0.2))))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.failure().message())
                                    .startsWith("GET %s answered 503: x".formatted(body.url())));
            assertThat(body.isLeft()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, false", "HEAD, false", "DELETE, false", "POST, true", "PUT, true", "PATCH, true"})
    void aRequestWithoutABodySaysNothingOfOne(String method, boolean mayHaveLength) throws Exception {
        try (var end = FarEnd.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            http.execute(new Told(Map.of("method", method, "url", end.url())));

            var request = end.requests().getFirst().toLowerCase(Locale.ROOT);
            assertThat(request)
                    .contains(" http/1.1")
                    .doesNotContain("upgrade", "http2-settings", "content-type", "transfer-encoding");
            assertThat(request.contains("content-length: 0")).isEqualTo(mayHaveLength);
        }
    }

    @Test
    void whatHttpCallsIdempotentIsRepeated() {
        assertThat(http.idempotent(Map.of())).isTrue();
        assertThat(http.idempotent(Map.of("method", "PUT"))).isTrue();
        assertThat(http.idempotent(Map.of("method", "DELETE"))).isTrue();
        assertThat(http.idempotent(Map.of("method", "POST"))).isFalse();
        assertThat(http.idempotent(Map.of("method", "PATCH"))).isFalse();
    }

    @Test
    void whetherARevertIsRepeatedDependsOnItsOwnMethod() {
        assertThat(http.revertIdempotent(Map.of("method", "POST", "revert", Map.of("method", "DELETE"))))
                .isTrue();
        assertThat(http.revertIdempotent(Map.of("method", "PUT", "revert", Map.of("method", "POST"))))
                .isFalse();
        assertThat(http.revertIdempotent(Map.of("method", "POST"))).isTrue();
    }

    @Test
    void aRequestIsUndoneByAnother() throws Exception {
        answers.put("/servers/7", 204);

        var outcome = http.revert(
                new Told(Map.of("method", "POST", "url", url("/servers"), "revert", undo("DELETE", "/servers/7"))));

        assertThat(outcome).isEqualTo(Result.succeeded("HTTP 204"));
        assertThat(requests).containsExactly("DELETE /servers/7");
    }

    @Test
    void aRequestThatCannotBeUndoneSaysWhy() throws Exception {
        answers.put("/servers/7", 409);

        var outcome = http.revert(new Told(Map.of("url", url("/servers"), "revert", undo("DELETE", "/servers/7"))));

        assertThat(outcome)
                .isEqualTo(Result.failed(
                        Failure.permanent("DELETE %s answered 409: because of that".formatted(url("/servers/7")))));
    }

    @Test
    void aRequestThatNothingUndoesIsPassedOver() throws Exception {
        var outcome = http.revert(new Told(Map.of("method", "POST", "url", url("/servers"))));

        assertThat(outcome).isEqualTo(Result.skipped("Action type 'http' cannot be reverted."));
        assertThat(requests).isEmpty();
    }

    @Test
    void anInterruptedRequestThatDidItsWorkIsFoundDone() throws Exception {
        answers.put("/servers/7", 200);

        assertThat(http.reconcile(asking("/servers/7")))
                .contains(Result.succeeded("found to be done by an earlier attempt: HTTP 200"));
        assertThat(requests).containsExactly("GET /servers/7");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 302, 410})
    void anInterruptedRequestThatDidNotDoItsWorkIsToBeSent(int status) throws Exception {
        answers.put("/servers/7", status);

        assertThat(http.reconcile(asking("/servers/7"))).isEmpty();
        assertThat(requests).containsExactly("GET /servers/7");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void whoCannotAnswerIsAskedAgainLater(int status) throws Exception {
        answers.put("/servers/7", status);

        assertThat(http.reconcile(asking("/servers/7")))
                .contains(Result.failed(Failure.retryable(
                        "cannot determine whether an earlier attempt succeeded: GET %s answered %d: because of that"
                                .formatted(url("/servers/7"), status))));
    }

    @Test
    void whoIsNotThereIsAskedAgainLater() throws Exception {
        int port = unusedPort();
        var question = Map.<String, Object>of("url", "http://localhost:%d/".formatted(port));

        assertThat(http.reconcile(new Told(Map.of("url", url("/servers"), "reconcile", question))))
                .contains(Result.failed(Failure.retryable(
                        "cannot determine whether an earlier attempt succeeded: cannot connect to localhost:" + port)));
    }

    @Test
    void aQuestionThatCannotBeAskedIsNoReasonToSendTheRequestAgain() throws Exception {
        var question = Map.of("url", url("/"), "headers", Map.of("Host", "nova"));

        assertThat(http.reconcile(new Told(Map.of("url", url("/servers"), "reconcile", question))))
                .contains(Result.failed(Failure.permanent("cannot determine whether an earlier attempt succeeded: "
                        + "the request cannot be sent: restricted header name: \"Host\"")));
    }

    @Test
    void onlyARequestWithAQuestionCanBeReconciled() throws Exception {
        assertThat(http.reconciles(Map.of("method", "POST"))).isFalse();
        assertThat(http.reconciles(Map.of("method", "POST", "reconcile", Map.of("url", url("/")))))
                .isTrue();
        assertThat(http.reconcile(new Told(Map.of("url", url("/"))))).isEmpty();
        assertThat(requests).isEmpty();
    }

    @Test
    void allThreeRequestsAreWrittenAlike() {
        assertThat(faults("""
                {"method": "POST", "url": "http://nova/servers", "body": "{}", "expected_status": 202,
                 "revert": {"method": "DELETE", "url": "http://nova/servers/7", "headers": {"A": "b"}},
                 "reconcile": {"url": "http://nova/servers/7", "expected_status": [200, 203]}}
                """)).isEmpty();
        assertThat(faults("""
                {"url": "nova", "revert": {"url": "http://nova/", "times": 3},
                 "reconcile": {"method": "BREW", "url": "http://nova/"}}
                """))
                .containsExactlyInAnyOrder(
                        "/url pattern", "/revert required", "/revert additionalProperties", "/reconcile/method enum");
    }

    private static List<String> faults(String parameters) {
        var schema = new ActionTypes(List.of(new HttpCall()))
                .find("http")
                .orElseThrow()
                .schema();
        return schema.validate(parameters, InputFormat.JSON).stream()
                .map((Error error) -> error.getInstanceLocation() + " " + error.getKeyword())
                .toList();
    }

    private Map<String, Object> undo(String method, String path) {
        return Map.of("method", method, "url", url(path));
    }

    private Execution asking(String path) {
        return new Told(Map.of("method", "POST", "url", url("/servers"), "reconcile", Map.of("url", url(path))));
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
