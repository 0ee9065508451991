package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.api.Failure;
import interlock.http.FarEnd;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.ScriptedCloud.Answer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class EndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Call LIST = Call.get("/servers");
    private static final Call STOP =
            Call.post("/servers/7/action", JSON.createObjectNode().putNull("os-stop"));
    private static final String LISTED = "GET /nova/v2.1/servers";
    private static final String STOPPED = "POST /nova/v2.1/servers/7/action";

    private final HandClock clock = new HandClock();
    private ScriptedCloud server;
    private Clouds clouds;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedCloud();
        clouds = clouds(password("sesame"));
    }

    @AfterEach
    void stop() {
        clouds.close();
        server.close();
    }

    private Clouds clouds(String document) throws Exception {
        return clouds(document, RetrySettings.USUAL);
    }

    private Clouds clouds(String document, RetrySettings patience) throws Exception {
        JsonNode cloud = JSON.readTree(document.replace('\'', '"'));
        return new Clouds(
                new CloudDocuments(Map.of("lab", cloud), Optional.of("lab"), "in a test"),
                new Environment(clock, () -> 1, patience));
    }

    private String password(String password) {
        return """
                {'auth': {'auth_url': '%s', 'username': 'ada', 'password': '%s', 'project_name': 'engine'},
                 'region_name': 'north'}""".formatted(server.url("/v3/"), password);
    }

    private Reply send(Call call) throws Exception {
        return clouds.cloud(null).endpoint(ServiceType.COMPUTE).send(call, clock);
    }

    private CloudException refused(Call call) {
        return catchThrowableOfType(CloudException.class, () -> send(call));
    }

    private JsonNode authentication() {
        return server.requests("POST /v3/auth/tokens").getFirst().body().path("auth");
    }

    @Test
    void aPasswordIsGivenToKeystoneAndItsTokenToNova() throws Exception {
        server.on(LISTED, Answer.of(200, "{\"servers\": []}").with("x-openstack-request-id", "req-1"));

        Reply reply = send(LIST);

        assertThat(reply).isEqualTo(new Reply(JSON.readTree("{\"servers\": []}"), "req-1"));
        assertThat(authentication()).isEqualTo(JSON.readTree("""
                        {"identity": {"methods": ["password"], "password": {"user":
                          {"name": "ada", "domain": {"id": "default"}, "password": "sesame"}}},
                         "scope": {"project": {"name": "engine", "domain": {"id": "default"}}}}"""));
        var request = server.requests(LISTED).getFirst();
        assertThat(request.header("X-auth-token")).isEqualTo("token-1");
        assertThat(request.header("Openstack-api-version")).isEqualTo("compute 2.60");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auth_type': 'v3applicationcredential', 'auth': {'application_credential_id': 'c', "
                        + "'application_credential_secret': 's', 'project_name': 'passed over'} | "
                        + "{'identity': {'methods': ['application_credential'], "
                        + "'application_credential': {'id': 'c', 'secret': 's'}}}",
                "'auth': {'application_credential_name': 'c', 'username': 'ada', 'user_domain_name': 'd', "
                        + "'application_credential_secret': 's'} | "
                        + "{'identity': {'methods': ['application_credential'], 'application_credential': "
                        + "{'name': 'c', 'user': {'name': 'ada', 'domain': {'name': 'd'}}, 'secret': 's'}}}",
                "'auth_type': 'token', 'auth': {'token': 't', 'project_id': 'p'} | "
                        + "{'identity': {'methods': ['token'], 'token': {'id': 't'}}, 'scope': {'project': {'id': 'p'}}}",
                "'username': 'ada', 'password': 'p', 'tenant_name': 'engine', 'domain_name': 'd' | "
                        + "{'identity': {'methods': ['password'], 'password': {'user': "
                        + "{'name': 'ada', 'domain': {'name': 'd'}, 'password': 'p'}}}, "
                        + "'scope': {'project': {'name': 'engine', 'domain': {'name': 'd'}}}}",
                "'user_id': 'u', 'password': 'p', 'system_scope': 'all' | "
                        + "{'identity': {'methods': ['password'], 'password': {'user': {'id': 'u', 'password': 'p'}}}, "
                        + "'scope': {'system': {'all': true}}}",
            })
    void keystoneIsConvincedInEveryWay(String options, String expected) throws Exception {
        clouds = clouds("{'auth_url': '%s', %s}".formatted(server.url(""), options));
        server.on(LISTED, 200, "{}");

        send(LIST);

        assertThat(authentication()).isEqualTo(JSON.readTree(expected.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'region_name': 'south' | COMPUTE | /south/v2.1",
                "'region_name': 'north', 'interface': 'internal' | COMPUTE | /internal/v2.1",
                "'region_name': 'north', 'endpoint_type': 'internalURL' | COMPUTE | /internal/v2.1",
                "'regions': ['south', 'north'] | COMPUTE | /south/v2.1",
                "'rate_limit': 5 | COMPUTE | /nova/v2.1",
                "'compute_interface': 'internal' | COMPUTE | /internal/v2.1",
                "'region_name': 'north' | BLOCK_STORAGE | /cinder/v3/p",
                "'region_name': 'north' | BAREMETAL | /ironic/v1",
            })
    void theCatalogueIsSearchedByTypeInterfaceAndRegion(String options, ServiceType service, String path)
            throws Exception {
        clouds = clouds("{'auth_url': '%s', 'username': 'a', 'password': 'b', %s}".formatted(server.url(""), options));
        server.on("GET %s/servers".formatted(path), 200, "{}");

        clouds.cloud("lab").endpoint(service).send(LIST, clock);

        assertThat(server.lines()).containsExactly("GET %s/servers".formatted(path));
    }

    @Test
    void whatTheCatalogueDoesNotHaveIsNamedWithWhatItHas() throws Exception {
        clouds = clouds("{'auth_url': '%s', 'username': 'a', 'password': 'b', 'region_name': 'west'}"
                .formatted(server.url("")));

        assertThatThrownBy(() -> send(LIST))
                .hasMessageStartingWith("cloud 'lab' has no endpoint compute public in west; its catalogue has: "
                        + "compute internal in north, compute public in north, compute public in south, volumev3");
    }

    @Test
    void anEndpointAndAMicroversionMayBeSetByHand() throws Exception {
        clouds =
                clouds(("{'auth_url': '%1$s', 'username': 'a', 'password': 'b', 'compute_endpoint_override': '%1$s/x', "
                                + "'compute_default_microversion': '2.90', 'baremetal_default_microversion': '1.80'}")
                        .formatted(server.url("")));
        server.on("GET /x/v2.1/servers", 200, "{}").on("GET /ironic/v1/nodes", 200, "{}");

        send(LIST);
        clouds.cloud("lab").endpoint(ServiceType.BAREMETAL).send(Call.get("/nodes"), clock);

        assertThat(server.requests("GET /x/v2.1/servers").getFirst().header("Openstack-api-version"))
                .isEqualTo("compute 2.90");
        assertThat(server.requests("GET /ironic/v1/nodes").getFirst().header("X-openstack-ironic-api-version"))
                .isEqualTo("1.80");
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        server.on(STOPPED, Answer.of(401, ""), Answer.of(202, ""));

        send(STOP);

        assertThat(server.requests(STOPPED))
                .extracting(request -> request.header("X-auth-token"))
                .containsExactly("token-1", "token-2");
    }

    @Test
    void aTokenThatIsRefusedAgainIsNotRenewedForEver() {
        server.on(LISTED, 401, "{\"error\": {\"message\": \"Unauthorized\"}}");

        CloudException refused = refused(LIST);

        assertThat(refused.kind()).isEqualTo(Kind.NOT_AUTHENTICATED);
        assertThat(server.requests(LISTED)).hasSize(2);
    }

    @Test
    void aWrongPasswordIsSaidAndNotTriedAgainAtOnce() {
        server.on(
                "POST /v3/auth/tokens",
                Answer.of(401, "{\"error\": {\"message\": \"The request you have made requires authentication.\"}}")
                        .with("x-openstack-request-id", "req-9"));

        CloudException refused = refused(LIST);
        refused(LIST);

        assertThat(refused.failure())
                .isEqualTo(
                        Failure.permanent("Keystone at %s does not accept the password of user 'ada' of cloud 'lab': "
                                        .formatted(server.url("/v3"))
                                + "The request you have made requires authentication. (request req-9)"));
        assertThat(server.requests("POST /v3/auth/tokens")).hasSize(1);
        clock.sleep(Duration.ofMinutes(1));
        refused(LIST);
        assertThat(server.requests("POST /v3/auth/tokens")).hasSize(2);
    }

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
