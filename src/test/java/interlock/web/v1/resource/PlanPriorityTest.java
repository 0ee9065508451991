package interlock.web.v1.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.Answer;
import interlock.web.RunningService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The priority of a plan, and what is kept for an action, as the API shows them. */
@ExtendWith(RunningService.Shared.class)
class PlanPriorityTest {
    private final RunningService service;

    PlanPriorityTest(RunningService service) {
        this.service = service;
    }

    @Test
    void aPlanHasThePriorityOfItsDocumentAndOtherwiseZero() {
        UUID important = service.create("{\"priority\": 10, \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        UUID other = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        assertThat(service.plan(important).path("priority").asInt()).isEqualTo(10);
        assertThat(service.plan(other).path("priority").isInt()).isTrue();
        assertThat(service.plan(other).path("priority").asInt()).isZero();
        assertThat(service.post(
                                "/v1/action_plans?dry_run=true",
                                "{\"priority\": -7, \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}")
                        .json()
                        .path("priority")
                        .asInt())
                .isEqualTo(-7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "-101", "1.5", "\"10\"", "null", "true"})
    void anInvalidPriorityIsRefused(String value) {
        String document =
                "{\"priority\": %s, \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}".formatted(value);
        UUID plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        Answer created = service.post("/v1/action_plans", document);
        Answer patched = patch(plan, value);

        assertThat(created.status()).isEqualTo(400);
        assertThat(created.detail()).contains("priority");
        assertThat(patched.status()).isEqualTo(400);
        assertThat(patched.detail())
                .isEqualTo(
                        "Invalid input for field/attribute priority. Value: '%s'. Expected an integer from -100 to 100."
                                .formatted(value));
        assertThat(service.plan(plan).path("priority").asInt()).isZero();
    }

    @Test
    void thePriorityIsChangedWhileThePlanRuns() {
        UUID plan = service.create(
                "{\"actions\": [{\"id\": \"a\", \"action_type\": \"sleep\", \"input_parameters\": {\"duration\": 60}}]}");
        service.start(plan);

        Answer patched = patch(plan, "-100");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().path("priority").asInt()).isEqualTo(-100);
        assertThat(patched.json().path("revision").asInt())
                .isEqualTo(service.plan(plan).path("revision").asInt());
        assertThat(service.patch(
                                path(plan),
                                "[{\"op\": \"replace\", \"path\": \"/priority\", \"value\": 5}]",
                                "If-Match",
                                "\"1\"")
                        .status())
                .isEqualTo(412);
        service.post(path(plan) + "/cancel", "");
        service.awaitEnd(plan);
        assertThat(patch(plan, "3").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [{"op": "remove", "path": "/priority"}]                                                                                  | '/priority' is a mandatory attribute and can not be removed
                    [{"op": "replace", "path": "/priority", "value": 1}, {"op": "replace", "path": "/state", "value": "PENDING"}]            | '/state' is not an allowed attribute and can not be updated
                    """)
    void aPatchChangesThePriorityAlone(String patch, String detail) {
        UUID plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        Answer refused = service.patch(path(plan), patch);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo(detail);
        assertThat(service.plan(plan).path("state").asText()).isEqualTo("RECOMMENDED");
    }

    @Test
    void anExplanationSaysWhatIsKeptForAnActionAndSinceWhen() {
        UUID holder = service.create("""
                {"name": "holder", "planner": "explicit", "resources": [{"kind": "kept", "id": "k", "capacity": 4}],
                 "actions": [{"id": "h", "action_type": "sleep", "estimated_duration": "10m", "input_parameters": {"duration": 600}, "uses": [{"kind": "kept", "id": "k", "units": 2}]}]}
                """);
        service.start(holder);
        await().atMost(RunningService.PATIENCE).until(() -> state(holder, "h").equals("ONGOING"));
        UUID large = service.create("""
                {"name": "large", "planner": "explicit",
                 "actions": [{"id": "l", "action_type": "nop", "uses": [{"kind": "kept", "id": "k", "units": 4}]}]}
                """);
        service.start(large);
        await().atMost(RunningService.PATIENCE)
                .until(() -> explained(large, "l").path("reasons").path(0).hasNonNull("kept_for"));
        UUID small = service.create("""
                {"name": "small", "planner": "explicit",
                 "actions": [{"id": "s", "action_type": "nop", "estimated_duration": "1h", "uses": [{"kind": "kept", "id": "k"}]}]}
                """);
        service.start(small);
        await().atMost(RunningService.PATIENCE)
                .until(() -> explained(small, "s").path("reasons").path(0).hasNonNull("kept_for"));

        JsonNode reason = explained(small, "s").path("reasons").path(0);
        assertThat(reason.path("kind").asText()).isEqualTo("resource");
        assertThat(reason.path("kept_for").path("id").asText()).isEqualTo("l");
        assertThat(reason.path("kept_for").path("action_plan_uuid").asText()).isEqualTo(large.toString());
        assertThat(reason.path("kept_for").path("units").asInt()).isEqualTo(4);
        assertThat(reason.path("message").asText())
                .startsWith(
                        "it takes 1 of kept/k, of which 2 of 4 are free; free units are kept for 'l' of plan 'large', which takes 4, since ")
                .endsWith("; 'h' of plan 'holder' holds 2");
        assertThat(explained(large, "l").path("summary").asText()).contains("free units are kept for it since ");

        service.post(path(holder) + "/cancel", "");
        assertThat(service.awaitEnd(large).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(service.awaitEnd(small).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    private Answer patch(UUID plan, String value) {
        return service.patch(
                path(plan), "[{\"op\": \"replace\", \"path\": \"/priority\", \"value\": %s}]".formatted(value));
    }

    private JsonNode explained(UUID plan, String id) {
        return service.get("/v1/actions/%s/explain"
                        .formatted(action(plan, id).path("uuid").asText()))
                .json();
    }

    private String state(UUID plan, String id) {
        return action(plan, id).path("state").asText();
    }

    private JsonNode action(UUID plan, String id) {
        for (JsonNode node : service.get(path(plan) + "/graph").json().path("nodes")) {
            if (node.path("id").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("there is no action " + id);
    }

    private static String path(UUID plan) {
        return "/v1/action_plans/" + plan;
    }
}
