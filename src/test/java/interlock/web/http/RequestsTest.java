package interlock.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same on every route: methods, media types, arguments, and the characters of names. */
@ExtendWith(RunningService.Shared.class)
class RequestsTest {
    private static final String PLANS = "/v1/action_plans";
    private static final String NOP = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}";

    private final RunningService service;

    RequestsTest(RunningService service) {
        this.service = service;
    }

    @Test
    void headIsAnsweredAsGetOnEveryRoute() throws IOException {
        for (String path : paths("GET").filter(it -> !it.endsWith("/events")).toList()) {
            var get = service.exchange("GET", path, BodyPublishers.noBody(), BodyHandlers.ofString());
            var head = service.exchange("HEAD", path, BodyPublishers.noBody(), BodyHandlers.ofString());

            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.headers().firstValue("Content-Type"))
                    .as(path)
                    .isEqualTo(get.headers().firstValue("Content-Type"));
            assertThat(head.body()).as(path).isEmpty();
        }
        assertThat(onOneConnection("HEAD /v1/action_plans", "HEAD /v1/actions/7", "GET /health/live"))
                .containsExactly("HTTP/1.1 200 OK", "HTTP/1.1 400 Bad Request", "HTTP/1.1 200 OK");
    }

    /** The answers come one after the other only if none has a body that HTTP does not expect. */
    private List<String> onOneConnection(String... requests) throws IOException {
        try (Socket client = new Socket("127.0.0.1", service.uri().getPort())) {
            for (String request : requests) {
                boolean last = request.equals(requests[requests.length - 1]);
                client.getOutputStream()
                        .write("%s HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\n\r\n"
                                .formatted(request, last ? "close" : "keep-alive")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answers.lines().filter(line -> line.contains("HTTP/1.1")).toList();
        }
    }

    @Test
    void theStreamOfEventsEndsAfterItsHeadersForHead() {
        var events = PLANS + "/" + service.create(NOP) + "/events";

        var head = service.exchange("HEAD", events, BodyPublishers.noBody(), BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type, text/plain",
        "Content-Type, application/x-www-form-urlencoded",
        "Content-Type, application/json; charset=bogus",
        "Content-Type, application/json; charset=iso-8859-1",
        "Content-Type, application/yaml; charset=\"@@\"",
        "Content-Encoding, gzip"
    })
    void aBodyThatCannotBeReadIsRefusedOnEveryRoute(String header, String value) {
        var headers = header.equals("Content-Type")
                ? new String[] {header, value}
                : new String[] {header, value, "Content-Type", "application/json"};

        for (String method : List.of("POST", "PATCH", "PUT")) {
            for (String path : paths(method).toList()) {
                var answer =
                        service.exchange(method, path, BodyPublishers.ofString("[]"), BodyHandlers.ofString(), headers);
                assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(415);
            }
        }
    }

    @Test
    void noBodyNeedsNoType() {
        var start = PLANS + "/%s/start".formatted(UUID.randomUUID());

        assertThat(service.post(start, "").status()).isEqualTo(404);
        assertThat(service.post(start, "", "Content-Type", "text/plain; charset=bogus")
                        .status())
                .isEqualTo(404);
    }

    /** {@return the paths that know a method, of things that do not exist} */
    private Stream<String> paths(String method) {
        return service.routes().stream()
                .filter(route -> route.startsWith(method + " "))
                .map(route -> route.substring(method.length() + 1)
                        .replaceAll("\\{[^}]*}", UUID.randomUUID().toString()))
                .filter(path -> !path.contains("*"));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/actions?state=NOSUCH,            'PENDING, ONGOING'",
        "/v1/actions?state=failed,            'FAILED'",
        "'/v1/actions?state=FAILED,SUCCEEDED', 'SKIPPED'",
        "/v1/action_plans?state=NOSUCH,       'RECOMMENDED, PENDING'",
        "/v1/action_plans/detail?state=SKIPPED,'SUPERSEDED'",
        "/v1/action_plans?strategy=nobodys,   'actuator'",
        "/v1/actions?action_type=nopp,        'nop'",
        "/v1/audits?goal=nobodys,             'unclassified'",
        "/v1/audits/detail?strategy=nobodys,  'dummy'",
        "/v1/audit_templates?strategy=5a0b1a3e-3a3f-4b0f-9d51-9a2d6b8a5f9e, 'dummy'",
        "/v1/strategies?goal=nobodys,         'unclassified'"
    })
    void anUnknownValueOfAFilterIsRefusedWithWhatIsAllowed(String path, String allowed) {
        var answer = service.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).startsWith("Invalid value for ").contains(allowed);
    }

    @Test
    void actionsOfATypeThatIsNoLongerInstalledAreListed() {
        var plan = service.create(NOP);
        var type = "removed-" + plan;
        service.query(
                "MATCH (action:Action {planUuid: $plan}) SET action.actionType = $type, action.finishedAt = datetime()",
                Map.of("plan", plan.toString(), "type", type));

        assertThat(service.get("/v1/actions?action_type=" + type).each("actions", "id"))
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/actions?action_plan_uuid=",
                "/v1/actions?audit_uuid=",
                "/v1/actions?state",
                "/v1/action_plans?audit_uuid=&name=x",
                "/v1/action_plans?search=",
                "/v1/action_plans?limit=",
                "/v1/resources?kind=",
                "/v1/webhooks?marker=",
                "/v1/audits?goal=",
                "/v1/services?sort_key="
            })
    void anArgumentWithoutAValueIsRefused(String path) {
        var answer = service.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("has no value; give it one, or leave it out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/actions?state=FAILED&state=SUCCEEDED",
                "/v1/action_plans?limit=1&limit=1",
                "/v1/resources?kind=a&kind=b",
                "/v1/audits?goal=dummy&goal=dummy",
                "/v1/goals?limit=1&limit=2"
            })
    void anArgumentThatIsGivenTwiceIsRefused(String path) {
        var answer = service.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("is given 2 times; it may be given once");
    }

    @Test
    void everyRouteRefusesUnknownArguments() {
        for (String path : paths("GET").filter(it -> it.startsWith("/v1/")).toList()) {
            var answer =
                    service.exchange("GET", path + "?nonsense=1", BodyPublishers.noBody(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%ED%A0%80", "a%", "%zz"})
    void anArgumentThatIsNotUtf8IsRefused(String value) throws IOException {
        assertThat(onOneConnection("GET /v1/action_plans?name=" + value)).containsExactly("HTTP/1.1 400 Bad Request");
    }

    @ParameterizedTest
    @CsvSource({
        "'\\u0007', 'contains U+0007, a control character'",
        "'\\n',     'contains U+000A, a control character'",
        "'\\u202e', 'contains U+202E, a bidirectional control character'",
        "'\\u2066', 'contains U+2066, a bidirectional control character'",
        "'\\ud800', 'contains an unpaired surrogate, U+D800, which is not a character'",
        "'\\udc01', 'contains an unpaired surrogate, U+DC01, which is not a character'"
    })
    void namesAreValidUnicodeWithoutControlCharacters(String character, String fault) {
        assertThat(faults("""
                {"name": "x%s", "actions": [{"id": "a", "action_type": "nop"}]}""", character)).contains("name: " + fault);
        assertThat(faults("""
                {"actions": [{"id": "a%s", "action_type": "nop"}]}""", character)).contains("actions[0].id: " + fault);
        assertThat(faults("""
                {"actions": [{"id": "a", "action_type": "nop", "uses": [{"kind": "k%s", "id": "i"}]}]}""", character)).contains("actions[0].uses[0].kind: " + fault);
        assertThat(faults("""
                {"actions": [{"id": "a", "action_type": "nop", "resource_id": "h%s"}]}""", character)).contains("actions[0].resource_id: " + fault);
        assertThat(faults("""
                {"actions": [{"id": "a", "action_type": "nop", "alternatives": [{"name": "p%s", "actions": [
                  {"id": "b", "action_type": "nop"}]}]}]}""", character)).contains("actions[0].alternatives[0].name: " + fault);
        assertThat(faults("""
                {"resources": [{"kind": "k", "id": "%s", "capacity": 1}], "actions": [
                  {"id": "a", "action_type": "nop"}]}""", character)).contains("resources[0].id: " + fault);
    }

    private List<String> faults(String document, String character) {
        Answer answer = service.post(PLANS, document.formatted(character));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.faults();
    }

    @Test
    void nothingThatIsStoredContainsAnUnpairedSurrogate() {
        assertThat(service.post(PLANS, """
                {"actions": [{"id": "a", "action_type": "nop", "input_parameters": {"message": "\\ud800"}}]}""").faults())
                .containsExactly(
                        "actions[0].input_parameters.message: contains an unpaired surrogate, U+D800, which is not a character");
        assertThat(service.post("/v1/audit_templates", """
                        {"name": "t\\ud800", "goal": "dummy"}""").status()).isEqualTo(400);
        assertThat(service.post("/v1/webhooks", """
                        {"url": "http://localhost/\\udfff"}""").status()).isEqualTo(400);
    }

    @Test
    void theOtherNamesContainNoControlCharactersEither() {
        assertThat(service.post("/v1/audit_templates", "{\"name\": \"t\\u202e\", \"goal\": \"dummy\"}")
                        .detail())
                .contains("contains U+202E, a bidirectional control character");
        assertThat(service.post("/v1/audits", """
                        {"name": "a\\u0000", "goal": "dummy", "audit_type": "ONESHOT"}""").detail()).contains("contains U+0000, a control character");
        assertThat(service.post("/v1/webhooks", "{\"url\": \"http://localhost/\\u2067\"}")
                        .faults())
                .containsExactly("url: contains U+2067, a bidirectional control character");
        assertThat(service.send(
                                "PUT",
                                "/v1/resources?kind=k&id=%E2%80%AE",
                                BodyPublishers.ofString("{\"capacity\": 1}"))
                        .detail())
                .isEqualTo("id: contains U+202E, a bidirectional control character");
        assertThat(service.post(PLANS, NOP, "Idempotency-Key", "a\tb").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "deadline"})
    void noLimitOfTimeIsZero(String field) {
        var answer = service.post(PLANS, """
                {"actions": [{"id": "a", "action_type": "nop", "%s": "0s"}]}""".formatted(field));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("actions[0].%s: must be longer than zero".formatted(field));
    }
}
