package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers' shapes; that they are true is looked at where the graph is read. */
@ExtendWith(RunningService.Shared.class)
class QuestionsTest {
    private final RunningService service;

    QuestionsTest(RunningService service) {
        this.service = service;
    }

    @Test
    void anActionThatWaitsForAnotherIsExplained() {
        var plan = service.create("""
                {"actions": [
                  {"id": "a", "action_type": "nop"},
                  {"id": "b", "action_type": "nop", "parents": ["a"]}]}""");

        var answer = service.get("/v1/actions/%s/explain".formatted(action(plan, "b")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.each("reasons", "kind")).containsExactly("plan_state", "parents");
        var body = answer.json();
        assertThat(body.path("action_plan_uuid").asText()).isEqualTo(plan.toString());
        assertThat(body.path("summary").asText())
                .isEqualTo("'b' is PENDING: its plan is RECOMMENDED, and nobody has started it.");
        assertThat(body.at("/reasons/0/plan_state").asText()).isEqualTo("RECOMMENDED");
        assertThat(body.at("/reasons/1/actions/0/id").asText()).isEqualTo("a");
        assertThat(body.at("/reasons/1/count").asInt()).isEqualTo(1);
    }

    @Test
    void whoHoldsWhatAnActionWaitsForIsNamedAndTheOtherWayRound() {
        var document = """
                {"name": "%s", "resources": [{"kind": "rack", "id": "asked", "capacity": 1}], "actions": [
                  {"id": "a", "action_type": "nop", "uses": [{"kind": "rack", "id": "asked"}]}]}""";
        var first = service.create(document.formatted("first"));
        var second = service.create(document.formatted("second"));
        set(first, """
                MATCH (action)-[:USES]->(rack)
                SET rack.free = 0, rack.used = 1
                CREATE (action)-[:HOLDS {units: 1}]->(rack)""");
        set(second, "SET action:Ready, action.blockedBy = 'rack/asked'");

        var explained = service.get("/v1/actions/%s/explain".formatted(action(second, "a")));
        var impact = service.get("/v1/actions/%s/impact".formatted(action(first, "a")))
                .json();
        var conflicts =
                service.get("/v1/action_plans/%s/conflicts".formatted(second)).json();
        set(second, "REMOVE action:Ready, action.blockedBy");

        assertThat(explained.each("reasons", "kind")).containsExactly("plan_state", "resource");
        assertThat(explained.json().at("/reasons/1/resource/id").asText()).isEqualTo("asked");
        assertThat(explained.json().at("/reasons/1/holders/0/action_plan_uuid").asText())
                .isEqualTo(first.toString());
        assertThat(impact.at("/waiting_for_its_resources/count").asInt()).isEqualTo(1);
        assertThat(impact.at("/waiting_for_its_resources/actions/0/action_plan_name")
                        .asText())
                .isEqualTo("second");
        assertThat(impact.path("replaceable").asBoolean()).isFalse();
        assertThat(conflicts.at("/conflicts/0/uuid").asText()).isEqualTo(first.toString());
        assertThat(conflicts.at("/conflicts/0/resources/0/held").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "ONGOING: running",
                "SUCCEEDED: succeeded",
                "SKIPPED: skipped",
                "FAILED: failed",
                "CANCELLED: cancelled",
                "STANDBY: standby"
            })
    void everyStateIsExplained(String state, String kind) {
        var plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        set(plan, "SET action.state = '%s', action.applier = 'somebody', action.attempt = 1".formatted(state));

        assertThat(kinds(action(plan, "a"))).containsExactly(kind);
        assertThat(service.get("/v1/actions/%s/impact".formatted(action(plan, "a")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPathThatTookItsPlaceIsNamedAndSoAreThoseThatCould() {
        var plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        set(plan, """
                CREATE (path:AlternativePath {
                  uuid: randomUUID(), planUuid: $plan, name: 'cold', rank: 0, state: 'STANDBY'
                })-[:REPLACES]->(action)""");
        var impact = service.get("/v1/actions/%s/impact".formatted(action(plan, "a")))
                .json();

        set(plan, """
                MATCH (path:AlternativePath)-[:REPLACES]->(action)
                SET path.state = 'ONGOING', action.replacedBy = path.uuid, action.state = 'FAILED'""");
        var explained = service.get("/v1/actions/%s/explain".formatted(action(plan, "a")))
                .json();

        assertThat(impact.path("replaceable").asBoolean()).isTrue();
        assertThat(impact.at("/paths/0/name").asText()).isEqualTo("cold");
        assertThat(explained.at("/reasons/1/path/name").asText()).isEqualTo("cold");
        assertThat(explained.at("/reasons/1/path/state").asText()).isEqualTo("ONGOING");
    }

    @Test
    void theCriticalPathIsTold() {
        var plan = service.create("""
                {"actions": [
                  {"id": "a", "action_type": "nop", "estimated_duration": "90s"},
                  {"id": "b", "action_type": "nop"},
                  {"id": "c", "action_type": "nop", "parents": ["a", "b"], "estimated_duration": "1s"}]}""");

        var answer = service.get("/v1/action_plans/%s/critical_path".formatted(plan));

        assertThat(answer.each("steps", "id")).containsExactly("a", "c");
        assertThat(answer.each("steps", "ran_seconds")).containsExactly("90.0", "1.0");
        assertThat(answer.each("steps", "waited_for")).containsExactly("null", "null");
        assertThat(answer.json().path("seconds").asDouble()).isEqualTo(91);
        assertThat(service.get("/v1/action_plans/%s/conflicts".formatted(plan))
                        .json()
                        .path("conflicts"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/actions/%s/explain",
                "/v1/actions/%s/impact",
                "/v1/action_plans/%s/critical_path",
                "/v1/action_plans/%s/conflicts"
            })
    void whatIsNotThereIsNotFoundAndUnknownArgumentsAreRefused(String path) {
        var plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        var known = path.formatted(path.contains("plans") ? plan : action(plan, "a"));

        assertThat(service.get(path.formatted(UUID.randomUUID())).status()).isEqualTo(404);
        assertThat(service.get(path.formatted("x")).status()).isEqualTo(400);
        assertThat(service.get(known + "?depth=3").status()).isEqualTo(400);
        assertThat(service.get(known).status()).isEqualTo(200);

        service.delete("/v1/action_plans/" + plan);
        assertThat(service.get(known).status()).isEqualTo(404);
        assertThat(service.get(known, "X-Show-Deleted", "true").status()).isEqualTo(200);
    }

    private List<String> kinds(UUID action) {
        return service.get("/v1/actions/%s/explain".formatted(action)).each("reasons", "kind");
    }

    private UUID action(UUID plan, String id) {
        return UUID.fromString(service.query(
                        "MATCH (a:Action {planUuid: $plan, id: $id}) RETURN a.uuid AS uuid",
                        Map.of("plan", plan.toString(), "id", id))
                .getFirst()
                .get("uuid")
                .asString());
    }

    private void set(UUID plan, String change) {
        service.query(
                "MATCH (:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action) " + change,
                Map.of("plan", plan.toString()));
    }
}
