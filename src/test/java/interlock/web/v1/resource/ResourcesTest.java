package interlock.web.v1.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.Answer;
import interlock.web.RunningService;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningService.Shared.class)
class ResourcesTest {
    private final RunningService service;

    ResourcesTest(RunningService service) {
        this.service = service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with/a slash", "ü and 100 %", "a?b=c&d#e"})
    void aCapacityIsSetShownAndRemoved(String id) {
        Answer set = set("shelf", id, "{\"capacity\": 3}");

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.json()).isEqualTo(get("shelf", id).json());
        JsonNode shown = resource("shelf", id);
        assertThat(shown.path("id").asText()).isEqualTo(id);
        assertThat(shown.path("capacity").asInt()).isEqualTo(3);
        assertThat(shown.path("free").asInt()).isEqualTo(3);
        assertThat(shown.path("source").asText()).isEqualTo("operator");
        assertThat(shown.path("scope").asText()).isEqualTo("shared");

        assertThat(unset("shelf", id).json().path("resources")).isEmpty();
        assertThat(get("shelf", id).json().path("resources")).isEmpty();
        assertThat(unset("shelf", id).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"capacity": -1}                  | capacity: must be an integer from 0 to 1,000,000, not -1
                    {"capacity": 1000001}             | capacity: must be an integer from 0 to 1,000,000, not 1000001
                    {"capacity": 1.5}                 | capacity: must be an integer from 0 to 1,000,000, not 1.5
                    {"capacity": "2"}                 | capacity: must be an integer from 0 to 1,000,000, not "2"
                    {}                                | capacity: must be an integer from 0 to 1,000,000, not absent
                    {"capacity": 1, "force": "yes"}   | force: must be true or false, not "yes"
                    {"capacity": 1, "limit": 1}       | Unknown attribute: limit
                    []                                | The body is not an object; {"capacity": 2} was expected.
                    """)
    void anInvalidCapacityIsRefused(String body, String detail) {
        Answer refused = set("shelf", "invalid", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).isEqualTo(detail);
        assertThat(get("shelf", "invalid").json().path("resources")).isEmpty();
    }

    @Test
    void aResourceNeedsAKindAndAnId() {
        assertThat(service.get("/v1/resources?id=x").status()).isEqualTo(400);
        assertThat(service.delete("/v1/resources?kind=shelf").detail()).endsWith("id is absent.");
        assertThat(set("a/b", "c", "{\"capacity\": 1}").detail()).startsWith("kind: must not contain a slash");
        assertThat(service.get("/v1/resources?name=x").detail()).isEqualTo("Unknown argument: \"name\"");
    }

    @Test
    void aListComesInPages() {
        for (int number = 0; number < 3; number++) {
            set("paged", "p " + number, "{\"capacity\": 1}");
        }

        Answer first = service.get("/v1/resources?kind=paged&limit=2");
        Answer second = service.get(first.json().path("next").asText().replaceFirst("^https?://[^/]+", ""));

        assertThat(first.each("resources", "id")).containsExactly("p 0", "p 1");
        assertThat(second.each("resources", "id")).containsExactly("p 2");
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void aPlanMayTakeWhatAnotherPlanHasMadeRoomFor() {
        service.create(plan("L04", 2, 1));

        Answer other = service.post("/v1/action_plans", """
                {"name": "B", "actions": [
                  {"id": "b", "action_type": "nop", "uses": [{"kind": "lock", "id": "L04", "units": 2}]}]}""");

        assertThat(other.status()).isEqualTo(201);
        assertThat(service.get(other.header("Location").replaceFirst("^https?://[^/]+", "") + "/forecast")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPlanCannotTakeAwayWhatAnotherOneNeeds() {
        UUID first = service.create(plan("L06", 4, 4));

        Answer second = service.post("/v1/action_plans", plan("L06", 2, 2));
        Answer tried = service.post("/v1/action_plans?dry_run=true", plan("L06", 2, 2));

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.faults())
                .containsExactly("resources[0].capacity: is 2, but lock/L06 has a capacity of 4, set by plan 'L06';"
                        + " leave it out, or give the same number");
        assertThat(tried.faults()).isEqualTo(second.faults());
        assertThat(service.run(first).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aUnitOfATypeAndOneThatThePlanAsksForAddUp() {
        String action = """
                {"id": "s%d", "action_type": "fail", "input_parameters": {"times": 0},
                 "uses": [{"kind": "action_type", "id": "fail", "units": %d}]}""";
        String document = """
                {"name": "twice", "resources": [{"kind": "action_type", "id": "fail", "capacity": 3, "scope": "plan"}],
                 "actions": [%s, %s]}""";

        Answer refused =
                service.post("/v1/action_plans", document.formatted(action.formatted(0, 1), action.formatted(1, 3)));

        assertThat(refused.faults())
                .containsExactly("actions[1].uses[0]: takes 4 units of action_type/fail, which has 3;"
                        + " set its capacity under 'resources'");
    }

    @Test
    void aPlanThatAsksForAnotherNumberThanTheOperatorIsRefused() {
        set("lock", "operated", "{\"capacity\": 5}");

        assertThat(service.post("/v1/action_plans", plan("operated", 2, 2)).faults())
                .containsExactly(
                        "resources[0].capacity: is 2, but lock/operated has a capacity of 5, set by an operator;"
                                + " leave it out, or give the same number");
        assertThat(service.post("/v1/action_plans", plan("operated", 5, 6)).faults())
                .containsExactly("actions[0].uses[0]: takes 6 units of lock/operated, which has 5;"
                        + " set its capacity under 'resources'");
    }

    @Test
    void aPlanIsNotStartedWhileAResourceHasAnotherCapacity() {
        UUID plan = service.create(plan("started late", 2, 2));
        set("lock", "started late", "{\"capacity\": 3}");

        Answer refused = service.post("/v1/action_plans/%s/start".formatted(plan), "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail())
                .isEqualTo("the plan gives lock/started late a capacity of 2, but it has 3, set by an operator");
        assertThat(service.plan(plan).path("state").asText()).isEqualTo("RECOMMENDED");
    }

    @Test
    void aCapacityThatPlansNeedIsLoweredByForceOnlyAndTheySaySo() {
        UUID plan = service.create(plan("forced", 4, 4));
        service.create("""
                {"actions": [{"id": "b", "action_type": "nop", "uses": [{"kind": "lock", "id": "forced"}]}]}""");
        set("lock", "forced", "{\"capacity\": 4}");

        Answer refused = set("lock", "forced", "{\"capacity\": 2}");
        Answer forced = set("lock", "forced", "{\"capacity\": 2, \"force\": true}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail())
                .startsWith("Plans need more units of lock/forced: plan 'forced' (action 'a' takes 4).");
        assertThat(forced.status()).isEqualTo(200);
        assertThat(service.plan(plan).path("status_message").asText())
                .isEqualTo("Cannot go on: action 'a' needs 4 units of lock/forced, which has a capacity of 2.");

        set("lock", "forced", "{\"capacity\": 4}");

        assertThat(service.plan(plan).path("status_message").isNull()).isTrue();
        assertThat(service.run(plan).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aPlansOwnResourceLimitsThatPlanAlone() {
        UUID own = service.create("""
                {"name": "own", "resources": [{"kind": "lock", "id": "own", "capacity": 7, "scope": "plan"}],
                 "actions": [{"id": "a", "action_type": "nop", "uses": [{"kind": "lock", "id": "own", "units": 7}]}]}""");
        service.create(plan("own", 2, 2));

        JsonNode resources = get("lock", "own").json().path("resources");

        assertThat(resources).hasSize(2);
        JsonNode its = resources.path(0).path("scope").asText().equals("plan") ? resources.path(0) : resources.path(1);
        assertThat(its.path("action_plan_uuid").asText()).isEqualTo(own.toString());
        assertThat(its.path("capacity").asInt()).isEqualTo(7);
        assertThat(service.get("/v1/action_plans/%s/conflicts".formatted(own))
                        .json()
                        .path("conflicts"))
                .isEmpty();

        assertThat(service.run(own).path("state").asText()).isEqualTo("SUCCEEDED");
        service.delete("/v1/action_plans/%s".formatted(own));

        assertThat(get("lock", "own").each("resources", "scope")).containsExactly("shared");
    }

    @Test
    void aRaisedCapacityLetsWaitingActionsStart() {
        set("lock", "closed", "{\"capacity\": 1}");
        UUID plan = service.create("""
                {"name": "waits", "actions": [
                  {"id": "a", "action_type": "nop", "uses": [{"kind": "lock", "id": "closed"}]}]}""");
        assertThat(set("lock", "closed", "{\"capacity\": 0}").status()).isEqualTo(409);
        service.start(plan);
        service.awaitEnd(plan);

        set("lock", "closed", "{\"capacity\": 0}");
        Answer refused = service.post("/v1/action_plans", """
                {"actions": [{"id": "a", "action_type": "nop", "uses": [{"kind": "lock", "id": "closed"}]}]}""");

        assertThat(refused.faults())
                .containsExactly("actions[0].uses[0]: takes 1 unit of lock/closed, which has 0, set by an operator");
    }

    @Test
    void aResourceIsListedOnceInADocument() {
        Answer refused = service.post("/v1/action_plans", """
                {"resources": [{"kind": "lock", "id": "l", "capacity": 2}, {"kind": "lock", "id": "l", "capacity": 3}],
                 "actions": [{"id": "a", "action_type": "nop"}]}""");

        assertThat(refused.faults()).containsExactly("resources[1]: lock/l is listed twice: see resources[0]");
    }

    private static String plan(String lock, int capacity, int units) {
        return """
                {"name": "%1$s", "resources": [{"kind": "lock", "id": "%1$s", "capacity": %2$d}], "actions": [
                  {"id": "a", "action_type": "nop", "uses": [{"kind": "lock", "id": "%1$s", "units": %3$d}]}]}""".formatted(lock, capacity, units);
    }

    private Answer set(String kind, String id, String body) {
        return service.send("PUT", path(kind, id), BodyPublishers.ofString(body), "Content-Type", "application/json");
    }

    private Answer unset(String kind, String id) {
        return service.delete(path(kind, id));
    }

    private Answer get(String kind, String id) {
        return service.get(path(kind, id));
    }

    private JsonNode resource(String kind, String id) {
        return get(kind, id).json().path("resources").path(0);
    }

    private static String path(String kind, String id) {
        return "/v1/resources?kind=%s&id=%s".formatted(encoded(kind), encoded(id));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
