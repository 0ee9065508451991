package interlock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedExchangeTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String UNTIL_CLOSED = OK + "Connection: close\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofHours(1);
    private static final IntPredicate WANTED = _ -> true;
    private static final IntPredicate NOT_WANTED = _ -> false;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    private BoundedExchange.Answer send(FarEnd end, Duration timeout, int longest, IntPredicate wanted)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(end.url())).build();
        return new BoundedExchange(client, timeout, longest).send(request, wanted);
    }

    @Test
    void anAnswerIsReadWhole() throws Exception {
        try (var end = FarEnd.answering(
                OK + "Content-Type: text/plain; charset=ISO-8859-1\r\nContent-Length: 4\r\n\r\nwell")) {
            var answer = send(end, LONG, 4, WANTED);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("well");
            assertThat(answer.complete()).isTrue();
        }
    }

    @Test
    void ofAnEndlessBodyTheBeginningIsReadAndTheConnectionClosed() throws Exception {
        try (var end = FarEnd.endless(UNTIL_CLOSED)) {
            var answer = send(end, LONG, 1000, WANTED);

            assertThat(answer.body()).isEqualTo("x".repeat(1000));
            assertThat(answer.complete()).isFalse();
            assertThat(end.isLeft()).isTrue();
        }
    }

    @Test
    void ofADrippingBodyThatIsReadWhichHasComeInTime() throws Exception {
        try (var end = FarEnd.dripping(UNTIL_CLOSED)) {
            var answer = send(end, SHORT, 1000, WANTED);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.complete()).isFalse();
            assertThat(end.isLeft()).isTrue();
        }
    }

    @Test
    void aBodyThatNobodyWantsIsNotWaitedFor() throws Exception {
        try (var end = FarEnd.dripping(UNTIL_CLOSED);
                var other = FarEnd.endless(UNTIL_CLOSED)) {

            assertThat(send(end, LONG, 1000, NOT_WANTED).status()).isEqualTo(200);
            assertThat(send(other, LONG, 1000, NOT_WANTED).status()).isEqualTo(200);
            assertThat(end.isLeft()).isTrue();
            assertThat(other.isLeft()).isTrue();
        }
    }

    @Test
    void noHeadersInTimeAreNoAnswer() throws Exception {
        try (var silent = FarEnd.answering("");
                var dripping = FarEnd.dripping("HTTP/1.1 200 OK\r\nX-Long: ")) {
            for (FarEnd end : new FarEnd[] {silent, dripping}) {
                assertThatThrownBy(() -> send(end, SHORT, 1000, WANTED))
                        .isInstanceOf(HttpTimeoutException.class)
                        .hasMessage("no answer within 300 ms");
                assertThat(end.isLeft()).isTrue();
            }
        }
    }

    @Test
    void aBodyThatBreaksOffIsIncomplete() throws Exception {
        try (var end = new FarEnd((out, _) -> out.write((OK + "Content-Length: 9\r\n\r\nwell").getBytes()))) {
            var answer = send(end, LONG, 1000, WANTED);

            assertThat(answer.body()).isEqualTo("well");
            assertThat(answer.complete()).isFalse();
        }
    }

    @Test
    void aThreadThatWaitsForABodyCanBeInterrupted() throws Exception {
        try (var end = FarEnd.answering(CHUNKED)) {
            var thrown = new CompletableFuture<Exception>();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    send(end, LONG, 1000, WANTED);
                } catch (Exception e) {
                    thrown.complete(e);
                }
            });

            while (end.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            waiting.interrupt();

            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(end.isLeft()).isTrue();
        }
    }
}
