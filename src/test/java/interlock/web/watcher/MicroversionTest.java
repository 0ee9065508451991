package interlock.web.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningService.Shared.class)
class MicroversionTest {
    private static final String PLAN_ITEM =
            "uuid audit_uuid strategy_uuid strategy_name state efficacy_indicators global_efficacy updated_at links";
    private static final String PLAN = PLAN_ITEM + " hostname created_at deleted_at";
    private static final String ACTION_ITEM = "uuid action_plan_uuid action_type state parents links";
    private static final String ACTION = ACTION_ITEM + " description input_parameters created_at updated_at deleted_at";

    private final RunningService service;

    MicroversionTest(RunningService service) {
        this.service = service;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            infra-optim 1.0                | 1.0
            infra-optim 1.4                | 1.4
            infra-optim 1.5                | 1.5
            infra-optim 1.7                | 1.7
            Infra-Optim  1.7               | 1.7
            infra-optim latest             | 1.7
            infra-optim LATEST             | 1.7
            compute 2.1                    | 1.0
            compute 2.1, infra-optim 1.3   | 1.3
            infra-optim                    | 1.0
            infra-optim abc                | 1.0
            infra-optim 1                  | 1.0
            1.5                            | 1.0
            """)
    void theVersionIsTheOneThatTheClientNames(String named, String effective) {
        var answer = service.get("/v1/action_plans?limit=1", Microversion.HEADER, named);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("OpenStack-API-Version")).isEqualTo("infra-optim " + effective);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            infra-optim 1.8   | Version 1.8 was requested but the minor version is not supported by this service. The supported version range is: [1.0, 1.7].
            infra-optim 1.99999999999 | Version 1.99999999999 was requested but the minor version is not supported by this service. The supported version range is: [1.0, 1.7].
            infra-optim 2.0   | Mutually exclusive versions requested. Version 2.0 requested but not supported by this service. The supported version range is: [1.0, 1.7].
            infra-optim 0.9   | Mutually exclusive versions requested. Version 0.9 requested but not supported by this service. The supported version range is: [1.0, 1.7].
            infra-optim 1.5.1 | Invalid value for OpenStack-API-Version header
            """)
    void aVersionThatThereIsNotIsNotAcceptable(String named, String detail) {
        for (var path : List.of("/v1", "/v1/action_plans", "/v1/actions/" + UUID.randomUUID())) {
            var answer = service.get(path, Microversion.HEADER, named);

            assertThat(answer.status()).isEqualTo(406);
            assertThat(answer.detail()).isEqualTo(detail);
            assertThat(answer.mediaType()).isEqualTo("application/json");
            assertThat(answer.header("OpenStack-API-Maximum-Version")).isEqualTo("1.7");
            assertThat(answer.headers().firstValue("OpenStack-API-Version")).isEmpty();
            var message = Answer.json(answer.json().path("error_message").asText());
            assertThat(message.path("code").asInt()).isEqualTo(406);
            assertThat(message.path("title").asText()).isEqualTo("Not Acceptable");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/v1/action_plans/?limit=1", "/v1/actions/7", "/v1/nothing"})
    void everyAnswerSaysWhichVersionsThereAre(String path) {
        var answer = service.get(path);

        assertThat(answer.header("Vary")).isEqualTo("OpenStack-API-Version");
        assertThat(answer.header("OpenStack-API-Version")).isEqualTo("infra-optim 1.0");
        assertThat(answer.header("OpenStack-API-Minimum-Version")).isEqualTo("1.0");
        assertThat(answer.header("OpenStack-API-Maximum-Version")).isEqualTo("1.7");
        assertThat(answer.header("x-openstack-request-id")).matches("req-[0-9a-f-]{36}");
    }

    @Test
    void theRootSaysWhichVersionsThereAreAndShowsBrowsersAPage() {
        var answer = service.get("/", "Accept", "application/json");
        var version = answer.json().path("default_version");

        assertThat(answer.json().path("name").asText()).isEqualTo("OpenStack Watcher API");
        assertThat(answer.json().path("versions")).singleElement().isEqualTo(version);
        assertThat(version.path("id").asText()).isEqualTo("v1");
        assertThat(version.path("status").asText()).isEqualTo("CURRENT");
        assertThat(version.path("min_version").asText()).isEqualTo("1.0");
        assertThat(version.path("max_version").asText()).isEqualTo("1.7");
        assertThat(version.at("/links/0/href").asText()).isEqualTo(service.uri() + "/v1/");
        assertThat(answer.headers().firstValue("OpenStack-API-Version")).isEmpty();
        assertThat(service.get("/", "Accept", "text/html,*/*;q=0.8").mediaType())
                .isEqualTo("text/html");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            infra-optim 1.0, ''
            infra-optim 1.2, ''
            infra-optim 1.3, data_model
            infra-optim 1.4, data_model webhooks
            infra-optim 1.7, data_model webhooks
            """)
    void theFirstVersionLinksWhatTheClientKnows(String named, String more) {
        var first = service.get("/v1/", Microversion.HEADER, named).json();

        assertThat(members(first))
                .isEqualTo(words(
                        "id media_types audit_templates audits actions action_plans scoring_engines services links "
                                + more));
        assertThat(first.at("/action_plans/0/href").asText()).isEqualTo(service.uri() + "/v1/action_plans/");
        assertThat(first.at("/action_plans/1/href").asText()).isEqualTo(service.uri() + "/action_plans/");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            infra-optim 1.0   , ''
            infra-optim 1.4   , ''
            compute 2.1       , ''
            infra-optim 1.5   , status_message
            infra-optim latest, status_message
            """)
    void clientsAreToldWhatTheirVersionKnowsAndNothingElse(String named, String more) {
        var plan = service.create("{\"name\": \"%s\", \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}"
                .formatted(UUID.randomUUID()));
        var ofPlan = "?action_plan_uuid=" + plan;
        var action = service.get("/v1/actions" + ofPlan).each("actions", "uuid").getFirst();

        assertThat(told("/v1/action_plans?limit=1", "/action_plans/0", named)).isEqualTo(words(PLAN_ITEM));
        assertThat(told("/v1/action_plans/detail?limit=1", "/action_plans/0", named))
                .isEqualTo(words(PLAN + " " + more));
        assertThat(told("/v1/action_plans/" + plan, "", named)).isEqualTo(words(PLAN + " " + more));
        assertThat(told("/v1/actions" + ofPlan, "/actions/0", named)).isEqualTo(words(ACTION_ITEM));
        assertThat(told("/v1/actions/detail" + ofPlan, "/actions/0", named)).isEqualTo(words(ACTION + " " + more));
        assertThat(told("/v1/actions/" + action, "", named)).isEqualTo(words(ACTION + " " + more));
        var cancelled = service.patch(
                "/v1/action_plans/" + plan,
                "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"CANCELLED\"}]",
                Microversion.HEADER,
                named);
        assertThat(members(cancelled.json())).isEqualTo(words(PLAN + " " + more));
    }

    @Test
    void whoNamesNoVersionIsToldEverything() {
        var plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        assertThat(members(service.plan(plan)))
                .containsAll(words(PLAN + " status_message name planner paused revision actions_by_state started_at"));
        assertThat(members(service.get("/v1/actions/detail?action_plan_uuid=" + plan)
                        .json()
                        .at("/actions/0")))
                .containsAll(words(ACTION + " status_message id attempt priority alternative_path"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET, /action_plans?limit=1, 200
            GET, /action_plans/7      , 400
            GET, /actions/detail      , 200
            PUT, /actions             , 405
            GET, /actionable          , 404
            """)
    void bookmarksLeadToTheSameThings(String method, String path, int status) {
        var answer = service.exchange(method, path, BodyPublishers.noBody(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("OpenStack-API-Version").isPresent())
                .isEqualTo(status != 404);
    }

    private Set<String> told(String path, String pointer, String named) {
        return members(service.get(path, Microversion.HEADER, named).json().at(pointer));
    }

    private static Set<String> members(com.fasterxml.jackson.databind.JsonNode object) {
        Iterable<String> names = object::fieldNames;
        return new TreeSet<>(StreamSupport.stream(names.spliterator(), false).toList());
    }

    private static Set<String> words(String text) {
        return Stream.of(text)
                .flatMap(it -> Arrays.stream(it.strip().split(" +")))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
}
