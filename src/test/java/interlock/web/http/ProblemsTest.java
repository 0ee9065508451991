package interlock.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.RunningService;
import interlock.web.watcher.Microversion;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningService.Shared.class)
class ProblemsTest {
    private final RunningService service;

    ProblemsTest(RunningService service) {
        this.service = service;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/action_plans/{}",
                "/v1/action_plans/{}/graph",
                "/v1/action_plans/{}/events",
                "/v1/actions/{}",
                "/v1/actions/{}/attempts"
            })
    void anUnknownUuidIsNotFoundAndNoUuidABadRequest(String path) {
        var unknown = service.get(path.replace("{}", UUID.randomUUID().toString()));
        var senseless = service.get(path.replace("{}", "1-1-1-1-1"));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.detail()).matches("Action(Plan)? [-0-9a-f]{36} could not be found");
        assertThat(senseless.status()).isEqualTo(400);
        assertThat(senseless.detail()).contains("Expected a uuid but received 1-1-1-1-1");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/action_plans/{plan}",
        "POST,   /v1/action_plans/{plan}/start",
        "POST,   /v1/action_plans/{plan}/pause",
        "POST,   /v1/action_plans/{plan}/cancel",
        "PATCH,  /v1/action_plans/{plan}",
        "DELETE, /v1/action_plans/{plan}",
        "GET,    /v1/actions/{action}",
        "POST,   /v1/actions/{action}/skip",
        "PATCH,  /v1/actions/{action}"
    })
    void nothingIsDoneWhereAnArgumentIsNotKnown(String method, String path) {
        var plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        var action = service.get("/v1/actions?action_plan_uuid=" + plan)
                .each("actions", "uuid")
                .getFirst();
        var before = service.plan(plan);

        var answer = service.send(
                method,
                path.replace("{plan}", plan.toString()).replace("{action}", action) + "?dry_run=true",
                BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("Unknown argument: \"dry_run\"");
        assertThat(service.plan(plan)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/action_plans/%2e%2e/secrets", "/nothing", "/v1/actions/a/b/c"})
    void anUnknownRouteIsNotFound(String path) {
        assertThat(service.get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,     /v1/action_plans, 'GET, HEAD, POST'",
        "PATCH,   /v1/action_plans, 'GET, HEAD, POST'",
        "OPTIONS, /v1/action_plans, 'GET, HEAD, POST'",
        "BREW,    /v1/action_plans, 'GET, HEAD, POST'",
        "POST,    /v1/actions,      'GET, HEAD'",
        "DELETE,  /health/live,     'GET, HEAD'"
    })
    void aMethodThatAResourceDoesNotKnowIsNotAllowed(String method, String path, String allowed) {
        var answer = service.send(method, path, BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
    }

    @ParameterizedTest
    @CsvSource({
        "'*/*',                                       application/problem+json",
        "'application/problem+json',                  application/problem+json",
        "'application/json, application/problem+json',application/problem+json",
        "'text/event-stream',                         application/problem+json",
        "'text/html,application/json;q=0.9,*/*;q=0.8',application/problem+json",
        "'application/json',                          application/json",
        "'application/json;q=0.9, text/plain',        application/json"
    })
    void problemsAreTypedAsTheClientAccepts(String accept, String type) {
        assertThat(service.get("/v1/action_plans/7", "Accept", accept).mediaType())
                .isEqualTo(type);
        assertThat(service.get("/v1/nothing", "Accept", accept).mediaType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "'*/*',                      application/json",
        "'application/json',         application/json",
        "'application/problem+json', application/problem+json"
    })
    void problemsOfClientsThatNameAVersionAreJson(String accept, String type) {
        var answer = service.delete("/v1/action_plans/7", "Accept", accept, Microversion.HEADER, "infra-optim 1.5");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo(type);
    }

    @Test
    void watchersClientsFindTheirErrorMessage() {
        var problem = service.get("/v1/nothing").json();

        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("title").asText()).isEqualTo("Not Found");
        assertThat(problem.path("instance").asText()).isEqualTo("/v1/nothing");
        assertThat(problem.path("error_message").isTextual()).isTrue();
        var message = Answer.json(problem.path("error_message").asText());
        assertThat(message.path("faultstring").asText()).isEqualTo("The resource could not be found.");
        assertThat(message.path("faultcode").asText()).isEqualTo("Client");
        assertThat(message.path("code").asInt()).isEqualTo(404);
        assertThat(message.path("title").asText()).isEqualTo("Not Found");
    }

    @Test
    void aRequestThatNeverComesToARouteIsAnsweredByAProblemToo() {
        var answer = service.exchange(
                "GET",
                "/v1/action_plans",
                BodyPublishers.noBody(),
                java.net.http.HttpResponse.BodyHandlers.ofString(),
                "X-Long",
                "x".repeat(50_000));

        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(service.contract().problems("Problem", Answer.json(answer.body())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PATCH", "PUT", "DELETE"})
    void anAddressThatCannotBeReadIsAnsweredByAProblemToo(String method) {
        var answer = service.send(method, "/v1/action_plans/%ff", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("error_message").asText()).contains("faultstring");
    }

    @Test
    void aBodyThatEndsBeforeItsTimeIsABadRequest() throws Exception {
        try (var socket = new Socket(service.uri().getHost(), service.uri().getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /v1/action_plans HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"actions\": ["
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("The body is incomplete.");
        }
    }
}
