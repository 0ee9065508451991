package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import interlock.api.Failure;
import interlock.http.FarEnd;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.ScriptedCloud.Answer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class EndpointTest extends EndpointFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | 7                              | PT7S",
                "429 | Sun, 01 Mar 2026 12:00:20 GMT  | PT20S",
                "503 | 2                              | PT2S",
                "503 | soon                           | PT0.5S",
            })
    void aServiceThatAsksForPatienceGetsIt(int status, String retryAfter, Duration wait) throws Exception {
        server.on(STOPPED, Answer.of(status, "").with("Retry-After", retryAfter), Answer.of(202, ""));

        send(STOP);

        assertThat(clock.waits).containsExactly(wait);
        assertThat(server.requests(STOPPED)).hasSize(2);
    }

    @Test
    void whoeverAsksForTooMuchPatienceIsNotWaitedFor() {
        server.on(LISTED, Answer.of(429, "slow down").with("Retry-After", "3600"));

        assertThat(refused(LIST).failure())
                .isEqualTo(Failure.retryable(
                        "GET %s answered 429: slow down".formatted(server.url("/nova/v2.1/servers"))));
        assertThat(server.requests(LISTED)).hasSize(1);
    }

    @Test
    void theWaitsBetweenTriesGrow() {
        server.on(LISTED, 503, "");

        refused(LIST);

        assertThat(clock.waits.subList(0, 6))
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(8));
    }

    @Test
    void anEndpointThatKeepsFailingIsLeftAloneForAMoment() throws Exception {
        Duration some = Duration.ofSeconds(10);
        clouds = clouds(password("sesame"), new RetrySettings(some, some, some, some, Duration.ZERO));
        server.on(LISTED, 503, "");
        clock.sleep(Duration.ofSeconds(1));
        for (int i = 0; i < 30; i++) {
            assertThat(refused(LIST).kind()).isEqualTo(Kind.UNAVAILABLE);
            clock.sleep(Duration.ofMillis(10));
        }

        assertThat(server.requests(LISTED)).hasSizeBetween(10, 20);
        clock.sleep(Duration.ofSeconds(4));
        assertThat(refused(LIST)).hasMessageContaining("answered 503");
    }

    @Test
    void aPostWhoseAnswerIsLostIsNotRepeated() {
        server.on(STOPPED, Answer.NONE);

        CloudException lost = refused(STOP);

        assertThat(lost.kind()).isEqualTo(Kind.IN_DOUBT);
        assertThat(lost.failure().inDoubt()).isTrue();
        assertThat(server.requests(STOPPED)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void aPostThatBrokeSomewhereIsNotRepeated(int status) {
        server.on(STOPPED, status, "");

        assertThat(refused(STOP).kind()).isEqualTo(Kind.IN_DOUBT);
        assertThat(server.requests(STOPPED)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 502, 504})
    void aGetWhoseAnswerIsLostIsRepeated(int status) throws Exception {
        server.on(LISTED, Answer.of(status, ""), Answer.of(200, "{}"));

        send(LIST);

        assertThat(server.requests(LISTED)).hasSize(2);
    }

    @Test
    void aServiceThatIsDownIsAskedAgainUntilPatienceEnds() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        clouds = clouds("{'auth_url': 'http://localhost:%d', 'username': 'a', 'password': 'b'}".formatted(port));

        CloudException refused = refused(STOP);

        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused)
                .hasMessageMatching(
                        "POST http://localhost:%1$d/v3/auth/tokens: (cannot connect to localhost:%1$d|.*requests are paused.*), tried \\d+ times"
                                .formatted(port));
        assertThat(clock.waits).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'badRequest': {'message': 'Invalid host'}}                               | REFUSED",
                "400 | {'badRequest': {'message': 'No valid host was found.'}}                   | BUSY",
                "403 | {'forbidden': {'message': 'Policy does not allow'}}                       | REFUSED",
                "404 | {'itemNotFound': {'message': 'Instance could not be found'}}              | NOT_FOUND",
                "409 | {'conflictingRequest': {'message': 'while it is in task_state migrating'}} | BUSY",
                "409 | {'conflictingRequest': {'message': 'while it is in vm_state stopped'}}    | REFUSED",
                "409 | {'conflictingRequest': {'message': 'Instance 7 is locked'}}               | REFUSED",
                "413 | <html>too large</html>                                                    | REFUSED",
            })
    void whatAServiceRefusesSaysWhetherAnotherTryIsOfUse(int status, String body, Kind kind) {
        String text = body.replace('\'', '"');
        server.on(STOPPED, Answer.of(status, text).with("x-openstack-request-id", "req-3"));

        CloudException refused = refused(STOP);

        assertThat(refused.kind()).isEqualTo(kind);
        String said = body.startsWith("{") ? body.replaceAll(".*: '(.*)'}}", "$1") : body;
        assertThat(refused)
                .hasMessage("POST %s answered %d: %s (request req-3)"
                        .formatted(server.url("/nova/v2.1/servers/7/action"), status, said));
    }

    @Test
    void noSecretShowsAnywhere() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger root = (Logger) LoggerFactory.getLogger("interlock");
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(logged);
        clouds = clouds(password("sesame"));
        server.on(LISTED, Answer.of(503, ""), Answer.of(500, ""));
        JsonNode document = JSON.readTree(password("sesame").replace('\'', '"'));
        CloudSettings settings = CloudReader.read("lab", document);

        String shown = refused(LIST) + " " + settings + settings.credentials()
                + new CloudDocuments(Map.of("lab", document), Optional.empty(), "")
                + new Session(new Secret("token-1"), new Catalogue(List.of()))
                + new Credentials.Token(new Secret("token-1"))
                + Call.post("/auth/tokens", settings.credentials().identity())
                + logged.list;

        root.detachAppender(logged);
        root.setLevel(before);
        assertThat(shown).contains("503").doesNotContain("sesame", "token-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerWithoutAnEndIsGivenUp(boolean drips) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        try (var end = drips ? FarEnd.dripping(head) : FarEnd.endless(head)) {
            var patience = new RetrySettings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(drips ? 1 : 60),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO);
            clouds = clouds(
                    password("sesame")
                            .replace("{'auth'", "{'compute_endpoint_override': '%s', 'auth'".formatted(end.url())),
                    patience);

            CloudException refused = refused(STOP);

            assertThat(refused.kind()).isEqualTo(Kind.IN_DOUBT);
            assertThat(refused).hasMessageContaining("the answer exceeded");
            assertThat(end.isLeft()).isTrue();
        }
    }
}
