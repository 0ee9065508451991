package interlock.web.v1.document;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class CreatePlanTest {
    private static final String PLANS = "/v1/action_plans";
    private static final String TWO = """
            {"name": "two", "actions": [
              {"id": "a", "action_type": "nop"},
              {"id": "b", "action_type": "sleep", "resource_id": "r1", "input_parameters": {"duration": 0},
               "parents": ["a"]}]}
            """;

    private final RunningService service;

    CreatePlanTest(RunningService service) {
        this.service = service;
    }

    @Test
    void aPlanInJsonIsStoredAndNotYetStarted() {
        var answer = service.post(PLANS, TWO);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo(
                        service.uri() + PLANS + "/" + answer.json().path("uuid").asText());
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.json().path("state").asText()).isEqualTo("RECOMMENDED");
        assertThat(answer.json().path("planner").asText()).isEqualTo("explicit");
        assertThat(answer.json().path("actions_by_state").path("PENDING").asInt())
                .isEqualTo(2);
        assertThat(service.get(PLANS + "/" + answer.json().path("uuid").asText())
                        .json())
                .isEqualTo(answer.json());
    }

    @Test
    void aPlanInYamlIsStored() {
        var answer = service.post(PLANS, """
                name: in yaml
                actions:
                  - {id: a, action_type: nop, input_parameters: {message: "x: y"}}
                  - id: b
                    action_type: sleep
                    input_parameters: {duration: 0}
                    parents: [a]
                """, "Content-Type", "application/yaml");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("actions_total").asInt()).isEqualTo(2);
    }

    @Test
    void aPlanInJsonThatIsSentAsYamlIsStored() {
        var json = "{\"name\": \"%s\", \"actions\": [%s{\"id\": \"z\", \"action_type\": \"nop\"}]}"
                .formatted("x".repeat(255), "{\"id\": \"a\", \"action_type\": \"fail\"}," + " ".repeat(200_000));

        assertThat(service.post(PLANS, json, "Content-Type", "application/x-yaml")
                        .status())
                .isEqualTo(201);
        assertThat(service.post(PLANS, "{actions: [{id: a, action_type: nop}]}", "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aPlanWithAlternativePathsKeepsToTheDescription() {
        assertThat(service.contract().faults("POST", PLANS, """
                        {"name": "with paths", "on_failure": "rollback", "supersede": true,
                         "audit_uuid": "5a0b1a3e-3a3f-4b0f-9d51-9a2d6b8a5f9e",
                         "actions": [{"id": "a", "action_type": "nop", "deadline": "30m", "alternatives": [
                           {"actions": [{"id": "b", "action_type": "nop", "alternatives": [
                             {"name": "p", "revert": true, "actions": [{"id": "c", "action_type": "nop"}]}]}]}]}],
                         "alternatives": [{"name": "q", "replaces": ["a"], "abort_running": true,
                           "actions": [{"id": "d", "action_type": "nop"}]}]}
                        """)).isEmpty();
    }

    @Test
    void theSameIdempotencyKeyGivesTheSamePlan() {
        var key = UUID.randomUUID().toString();

        var first = service.post(PLANS, document("a"), "Idempotency-Key", key);
        var second = service.post(PLANS, document("a"), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void anIdempotencyKeyIsNotUsedForAnotherBody() {
        var key = UUID.randomUUID().toString();
        var first = service.post(PLANS, document("a"), "Idempotency-Key", key).json();

        var second = service.post(PLANS, document("b"), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(422);
        assertThat(second.detail())
                .startsWith("The Idempotency-Key '%s' was used with another body".formatted(key))
                .contains(first.path("uuid").asText());
    }

    @Test
    void aDeletedPlanGivesUpItsIdempotencyKey() {
        var key = UUID.randomUUID().toString();
        var first = service.post(PLANS, document("a"), "Idempotency-Key", key);
        service.delete(PLANS + "/" + first.json().path("uuid").asText());

        var second = service.post(PLANS, document("a"), "Idempotency-Key", key);
        service.delete(PLANS + "/" + second.json().path("uuid").asText());
        var third = service.post(PLANS, document("b"), "Idempotency-Key", key);

        assertThat(List.of(second.status(), third.status())).containsOnly(201);
        assertThat(Stream.of(first, second, third).map(it -> it.json().path("uuid")))
                .doesNotHaveDuplicates();
        assertThat(third.json().path("state").asText()).isEqualTo("RECOMMENDED");
    }

    @Test
    void theKeysOfOlderVersionsAreRespected() {
        var key = UUID.randomUUID().toString();
        var first = service.post(PLANS, document("a"), "Idempotency-Key", key);
        service.query("MATCH (plan:ActionPlan {idempotencyKey: $key}) REMOVE plan.bodyDigest", Map.of("key", key));

        var second = service.post(PLANS, document("b"), "Idempotency-Key", key);
        service.query("MATCH (plan:ActionPlan {idempotencyKey: $key}) SET plan.state = 'DELETED'", Map.of("key", key));
        var third = service.post(PLANS, document("b"), "Idempotency-Key", key);

        assertThat(second.json()).isEqualTo(first.json());
        assertThat(third.status()).isEqualTo(201);
        assertThat(third.json().path("uuid")).isNotEqualTo(first.json().path("uuid"));
    }

    @Test
    void requestsAtOnceWithTheSameIdempotencyKeyGiveOnePlan() throws Exception {
        var key = UUID.randomUUID().toString();
        Callable<String> request = () -> service.post(PLANS, document("a"), "Idempotency-Key", key)
                .json()
                .path("uuid")
                .asText();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var uuids = clients.invokeAll(List.of(request, request, request, request));

            assertThat(uuids)
                    .map(uuid -> uuid.get())
                    .hasSize(4)
                    .containsOnly(uuids.getFirst().get());
        }
        service.query(
                "MATCH (draft:Draft) OPTIONAL MATCH (draft)-[:CONTAINS]->(action) DETACH DELETE draft, action",
                Map.of());
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsRefused() {
        assertThat(service.post(PLANS, document("a"), "Idempotency-Key", "x".repeat(256))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theResourceIdBecomesAParameter() {
        var plan = service.create(TWO);

        assertThat(service.get("/v1/actions/detail?resource_id=r1&action_plan_uuid=" + plan)
                        .json()
                        .path("actions"))
                .singleElement()
                .satisfies(action -> assertThat(action.path("input_parameters").toString())
                        .isEqualTo("{\"duration\":0,\"resource_id\":\"r1\"}"));
    }

    @Test
    void theResourceIdIsGivenOnceOrTheSame() {
        var other = service.post(PLANS, TWO.replace("\"duration\": 0", "\"duration\": 0, \"resource_id\": \"r2\""));
        var same = service.post(PLANS, TWO.replace("\"duration\": 0", "\"duration\": 0, \"resource_id\": \"r1\""));

        assertThat(other.faults())
                .containsExactly("actions[1].input_parameters.resource_id: is \"r2\", "
                        + "but the resource_id of the action is \"r1\"; leave one of them out");
        assertThat(same.status()).isEqualTo(201);
    }

    @Test
    void anUnknownArgumentIsRefusedInsteadOfPassedOver() {
        var nodes = service.nodes();

        var answer = service.post(PLANS + "?dry_rum=true", document("a"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(service.nodes()).isEqualTo(nodes);
    }

    private static String document(String id) {
        return "{\"actions\": [{\"id\": \"%s\", \"action_type\": \"nop\"}]}".formatted(id);
    }
}
