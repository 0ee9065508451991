package interlock.web.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.cli.Client;
import interlock.notification.Hook;
import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service without Watcher's API, beside one that has it and applies the plans of both. */
@ExtendWith(RunningService.Shared.class)
class WithoutWatcherApiTest {
    private static final String PLAN = """
            {"name": "without Watcher", "actions": [
              {"id": "a", "action_type": "nop"}, {"id": "b", "action_type": "nop", "parents": ["a"]}]}""";

    private static final Set<String> COLLECTIONS =
            Set.of("audits", "audit_templates", "goals", "strategies", "services", "scoring_engines");

    private static RunningService service;

    @BeforeAll
    static void start(RunningService withWatcherApi) {
        service = withWatcherApi.withoutWatcherApi();
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/audits",
                "/v1/audits/detail",
                "/v1/audits/7",
                "/v1/audit_templates",
                "/v1/goals",
                "/v1/goals/dummy",
                "/v1/strategies",
                "/v1/strategies/dummy/state",
                "/v1/services",
                "/v1/scoring_engines",
                "/audits",
                "/goals"
            })
    void itsRoutesAreUnknown(String path) {
        Answer unknown = service.get("/v1/nothing");

        Answer answer = service.get(path);

        assertThat(answer.status()).isEqualTo(unknown.status()).isEqualTo(404);
        assertThat(answer.mediaType()).isEqualTo(unknown.mediaType());
        assertThat(answer.json().path("title")).isEqualTo(unknown.json().path("title"));
    }

    @Test
    void anAuditCannotBeCreated() {
        Answer answer = service.post("/v1/audits", "{\"audit_type\": \"ONESHOT\", \"goal\": \"dummy\"}");

        assertThat(answer.status()).isEqualTo(404);
    }

    @Test
    void aPlanIsCreatedStartedAndShown() {
        UUID uuid = service.create(PLAN);

        JsonNode plan = service.run(uuid);

        assertThat(plan.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(service.get("/v1/actions?action_plan_uuid=" + uuid).each("actions", "state"))
                .containsExactly("SUCCEEDED", "SUCCEEDED");
        assertThat(service.exchange("GET", "/action_plans/" + uuid, BodyPublishers.noBody(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(Client.of(service.uri()).run("plan", "show", uuid.toString()).exit())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"infra-optim 1.0", "infra-optim 1.7", "infra-optim 2.0", "infra-optim 1.5.1", "compute 2.1"})
    void theVersionOfARequestIsIgnored(String version) {
        UUID uuid = service.create(PLAN);
        String path = "/v1/action_plans/" + uuid;

        Answer answer = service.get(path, Microversion.HEADER, version);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(service.get(path).json());
        assertThat(answer.json().has("revision")).isTrue();
        assertThat(answer.headers().map().keySet())
                .noneMatch(header -> header.toLowerCase(Locale.ROOT).contains("openstack"));
    }

    @Test
    void anActionIsSkippedWithoutAVersion() {
        UUID plan = service.create(PLAN);
        String action = service.get("/v1/actions?action_plan_uuid=" + plan)
                .each("actions", "uuid")
                .getFirst();

        Answer answer = service.patch(
                "/v1/actions/" + action,
                "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"SKIPPED\"}]",
                Microversion.HEADER,
                "infra-optim 1.0");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("SKIPPED");
    }

    @Test
    void discoveryOffersItsOwnCollections() {
        JsonNode root = service.get("/", "Accept", "application/json").json();
        JsonNode first = service.get("/v1").json();

        assertThat(root.path("name").asText()).isEqualTo("Interlock API");
        assertThat(root.path("description").asText()).doesNotContain("Watcher");
        assertThat(root.at("/default_version/max_version").asText()).isEmpty();
        assertThat(first.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("id", "media_types", "actions", "action_plans", "webhooks", "links");
        assertThat(first.toString()).doesNotContain("watcher");
    }

    @Test
    void itsDescriptionIsThatOfItsRoutes() {
        JsonNode description = service.contract().description();

        assertThat(service.contract().operations()).isEqualTo(service.routes());
        assertThat(service.routes())
                .noneMatch(route -> COLLECTIONS.stream().anyMatch(name -> route.contains("/v1/" + name)));
        assertThat(description.path("tags").findValuesAsText("name")).doesNotContain("audits");
        assertThat(description.path("paths").toString()).doesNotContain("apiVersion");
        assertThat(description.at("/components/schemas").has("Audit")).isFalse();
        assertThat(description.findValuesAsText("$ref"))
                .allMatch(reference -> !description.at(reference.substring(1)).isMissingNode());
    }

    @Test
    void aWebhookReceivesTheEventsOfItsPlans() {
        try (Hook hook = new Hook()) {
            Answer created = service.post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(hook.url()));
            UUID plan = service.create(PLAN);

            service.run(plan);

            assertThat(created.status()).as(created.body()).isEqualTo(201);
            assertThat(hook.awaitOf(plan, event -> event.type().equals("action_plan.execution.end")))
                    .isNotEmpty();
            assertThat(service.delete("/v1/webhooks/"
                                    + created.json().path("uuid").asText())
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void theRestIsServed() {
        List<String> paths = List.of(
                "/v1/action_types", "/v1/planners", "/v1/appliers", "/health/ready", "/plan.schema.json", "/docs");

        assertThat(paths)
                .allSatisfy(path -> assertThat(service.get(path).status()).isEqualTo(200));
        assertThat(service.get("/", "Accept", "text/html").mediaType()).isEqualTo("text/html");
    }
}
