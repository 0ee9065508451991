package interlock.web.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes plans as Watcher's own tests and clients do. */
@ExtendWith(RunningService.Shared.class)
class AuditTest {
    private static final String DUMMY = """
            {"audit_type": "ONESHOT", "goal": "dummy", "strategy": "dummy",
             "parameters": {"para1": 1.0, "para2": "test-message"}}""";
    private static final String START = "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"PENDING\"}]";

    private final RunningService service;

    AuditTest(RunningService service) {
        this.service = service;
    }

    @Test
    void anAuditThatRecommendsNothingMakesAPlanThatHasSucceeded() {
        var audit = service.post("/v1/audits", """
                        {"audit_type": "ONESHOT", "goal": "unclassified", "strategy": "actuator", "auto_trigger": true,
                         "parameters": {"actions": []}}""").json().path("uuid").asText();

        var plan = planOf(audit);

        assertThat(state("/v1/audits/" + audit)).isEqualTo("SUCCEEDED");
        assertThat(plan.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(plan.path("finished_at").isNull()).isFalse();
        assertThat(plan.path("actions_total").asInt()).isZero();
        assertThat(service.delete("/v1/action_plans/" + plan.path("uuid").asText())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void anAuditMakesAPlanWhichIsStartedAndEnds() {
        var created = service.post("/v1/audits", DUMMY);
        var audit = created.json().path("uuid").asText();
        var plan = planOf(audit);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().path("state").asText()).isEqualTo("PENDING");
        assertThat(created.header("Location")).isEqualTo(service.uri() + "/v1/audits/" + audit);
        assertThat(state("/v1/audits/" + audit)).isEqualTo("SUCCEEDED");
        assertThat(plan.path("state").asText()).isEqualTo("RECOMMENDED");
        assertThat(plan.path("audit_uuid").asText()).isEqualTo(audit);
        assertThat(plan.path("strategy_name").asText()).isEqualTo("dummy");
        assertThat(plan.path("planner").asText()).isEqualTo("weight");
        var uuid = UUID.fromString(plan.path("uuid").asText());
        var actions = service.get("/v1/actions/detail?audit_uuid=" + audit);
        assertThat(actions.each("actions", "action_type")).containsExactly("nop", "nop", "sleep");
        assertThat(actions.json().at("/actions/1/input_parameters/message").asText())
                .isEqualTo("test-message");
        assertThat(actions.json().at("/actions/2/input_parameters/duration").asDouble())
                .isEqualTo(1.0);

        assertThat(service.patch("/v1/action_plans/" + uuid, START).status()).isEqualTo(200);
        assertThat(service.awaitEnd(uuid).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(service.get("/v1/actions?action_plan_uuid=" + uuid).each("actions", "state"))
                .containsExactly("SUCCEEDED", "SUCCEEDED", "SUCCEEDED");

        assertThat(service.delete("/v1/action_plans/" + uuid).status()).isEqualTo(204);
        assertThat(service.get("/v1/actions?action_plan_uuid=" + uuid).each("actions", "uuid"))
                .isEmpty();
        assertThat(service.delete("/v1/audits/" + audit).status()).isEqualTo(204);
        assertThat(service.get("/v1/audits/" + audit).status()).isEqualTo(404);
        assertThat(service.delete("/v1/audits/" + audit).status()).isEqualTo(404);
        var deleted =
                service.get("/v1/audits/" + audit, "X-Show-Deleted", "true").json();
        assertThat(deleted.path("state").asText()).isEqualTo("DELETED");
        assertThat(deleted.hasNonNull("deleted_at")).isTrue();
    }

    @Test
    void theActionsOfTheActuatorAreThoseThatItIsGivenWithoutDuplicates() {
        var audit = create(actuator("""
                {"action_type": "nop", "input_parameters": {"message": "this action succeeds"}},
                {"action_type": "nop", "resource_id": "vm-1", "input_parameters": {"fail_execute": true}},
                {"action_type": "nop", "input_parameters": {"message": "this action succeeds"}}"""));
        var plan = UUID.fromString(planOf(audit).path("uuid").asText());

        assertThat(service.run(plan).path("state").asText()).isEqualTo("FAILED");
        var actions = service.get("/v1/actions/detail?action_plan_uuid=" + plan);
        assertThat(actions.each("actions", "state")).containsExactly("SUCCEEDED", "FAILED");
        assertThat(actions.json().at("/actions/1/input_parameters/resource_id").asText())
                .isEqualTo("vm-1");
        assertThat(service.get("/v1/action_plans?strategy=actuator&audit_uuid=" + audit)
                        .each("action_plans", "uuid"))
                .containsExactly(plan.toString());
        assertThat(service.get("/v1/action_plans?strategy=dummy&audit_uuid=" + audit)
                        .each("action_plans", "uuid"))
                .isEmpty();
    }

    @Test
    void anAuditMayStartItsPlan() {
        var audit = create("{\"audit_type\": \"ONESHOT\", \"goal\": \"dummy\", \"strategy\": \"dummy\","
                + " \"auto_trigger\": true, \"parameters\": {\"para1\": 1}}");

        var plan = service.awaitEnd(UUID.fromString(planOf(audit).path("uuid").asText()));

        assertThat(plan.path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"action_type": "rocket", "input_parameters": {}}              | rocket
            {"action_type": "nop", "input_parameters": {"colour": "red"}}  | colour
            {"action_type": "nop", "input_parameters": {"resource_id": 1}} | The 'resource_id' identifier is a reserved word
            """)
    void anAuditThatMakesNoPlanFailsAndSaysWhy(String action, String why) {
        var audit = create(actuator(action));

        var failed = service.get("/v1/audits/" + audit).json();

        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.path("status_message").asText()).contains(why);
        assertThat(service.get("/v1/action_plans?audit_uuid=" + audit).each("action_plans", "uuid"))
                .isEmpty();
        assertThat(service.delete("/v1/audits/" + audit).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"goal": "dummy"}                                                    | 400 | Invalid input for field/attribute audit_type. Value: 'None'. Mandatory field missing.
            {"audit_type": "WEEKLY", "goal": "dummy"}                            | 400 | Audit type WEEKLY could not be found
            {"audit_type": "CONTINUOUS", "goal": "dummy", "interval": "60"}      | 400 | Audits of type CONTINUOUS are not supported; only ONESHOT is
            {"audit_type": "ONESHOT", "goal": "dummy", "interval": "60"}         | 400 | Interval of audit must not be set for ONESHOT.
            {"audit_type": "ONESHOT", "goal": "dummy", "end_time": "x"}          | 400 | Start or End time of audit must not be set for ONESHOT.
            {"audit_type": "ONESHOT"}                                            | 400 | A valid goal or audit_template_id must be provided
            {"audit_type": "ONESHOT", "audit_template_uuid": "nobodys"}          | 400 | The audit template UUID or name specified is invalid
            {"audit_type": "ONESHOT", "goal": "nobodys"}                         | 404 | Goal nobodys could not be found
            {"audit_type": "ONESHOT", "goal": "dummy", "strategy": "nobodys"}    | 404 | Strategy nobodys could not be found
            {"audit_type": "ONESHOT", "goal": "dummy", "parameters": {"a": 1}}   | 400 | Specify parameters but no predefined strategy for audit, or no parameter spec in predefined strategy
            {"audit_type": "ONESHOT", "goal": "dummy", "strategy": "dummy", "parameters": {"para1": 11}} | 400 | Invalid parameters for strategy: para1 must have a maximum value of 10.2
            {"audit_type": "ONESHOT", "goal": "unclassified", "strategy": "actuator"} | 400 | Invalid parameters for strategy: actions is missing
            {"audit_type": "ONESHOT", "goal": "dummy", "state": "ONGOING"}       | 400 | Invalid input for field/attribute state. Value: 'ONGOING'. Cannot set read only field.
            {"audit_type": "ONESHOT", "goal": "dummy", "colour": "red"}          | 400 | Unknown attribute: colour
            {"audit_type": "ONESHOT", "goal": "dummy", "auto_trigger": "often"}  | 400 | Invalid input for field/attribute auto_trigger. Value: '"often"'. Wrong type. Expected '<class 'bool'>'
            []                                                                   | 400 | The body is not an object.
            """)
    void anAuditThatMakesNoSenseIsRefused(String body, int status, String detail) {
        var answer = service.post("/v1/audits", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void anAuditHasANameOfItsOwnUntilItIsDeleted() {
        var name = "audit-" + UUID.randomUUID();
        var body = "{\"audit_type\": \"ONESHOT\", \"goal\": \"dummy\", \"name\": \"%s\"}".formatted(name);
        var first = create(body);

        var second = service.post("/v1/audits", body);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.detail()).isEqualTo("An audit with UUID or name %s already exists".formatted(name));
        assertThat(service.get("/v1/audits/" + name).json().path("uuid").asText())
                .isEqualTo(first);
        assertThat(service.delete("/v1/audits/" + name).status()).isEqualTo(204);
        assertThat(create(body)).isNotEqualTo(first);
    }

    @Test
    void anAuditWithoutANameIsCalledAfterItsStrategyAndTheTime() {
        var long_ = "x".repeat(80);

        assertThat(name(DUMMY)).matches("dummy-\\d{4}-\\d\\d-\\d\\dT[\\d:.]+").hasSizeLessThanOrEqualTo(63);
        assertThat(name("{\"audit_type\": \"ONESHOT\", \"goal\": \"dummy\", \"name\": \"%s%s\"}"
                        .formatted(UUID.randomUUID(), long_)))
                .hasSize(63);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"op": "replace", "path": "/state", "value": "CANCELLED"}] | 400 | State transition not allowed: (SUCCEEDED -> CANCELLED)
            [{"op": "replace", "path": "/state", "value": "ONGOING"}]   | 400 | State transition not allowed: (SUCCEEDED -> ONGOING)
            [{"op": "replace", "path": "/uuid", "value": "x"}]          | 400 | '/uuid' is an internal attribute and can not be updated
            [{"op": "replace", "path": "/interval", "value": "often"}]  | 400 | Invalid input for field/attribute interval. Value: 'often'. Expected a number of seconds, or a cron expression.
            [{"op": "replace", "path": "/end_time", "value": "noon"}]   | 400 | Invalid input for field/attribute end_time. Value: 'noon'. Expected a time such as 2026-11-22T14:00:00.
            [{"op": "replace", "path": "/hostname", "value": "x"}]      | 400 | '/hostname' is not an allowed attribute and can not be updated
            [{"op": "replace", "path": "/auto_trigger", "value": "x"}]  | 400 | Invalid input for field/attribute auto_trigger. Value: '"x"'. Wrong type. Expected boolean
            [{"op": "replace", "path": "/parameters", "value": "x"}]    | 400 | Invalid input for field/attribute parameters. Value: '"x"'. Wrong type. Expected object
            [{"op": "replace", "path": "/parameters", "value": {"para1": 0}}] | 400 | Invalid parameters for strategy: para1 must have a minimum value of 1.0
            [{"op": "replace", "path": "/auto_trigger", "value": true}] | 200 | -
            """)
    void anAuditIsPatchedAsFarAsItsStateAllows(String patch, int status, String detail) {
        var audit = "/v1/audits/" + create(DUMMY);

        var answer = service.patch(audit, patch);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 200) {
            assertThat(service.get(audit).json().path("auto_trigger").asBoolean())
                    .isTrue();
        } else {
            assertThat(answer.detail()).endsWith(detail);
        }
    }

    @Test
    void anAuditKeepsTheScheduleThatItIsTold() {
        var audit = "/v1/audits/" + create(DUMMY);

        var patched = service.patch(audit, """
                [{"op": "add", "path": "/interval", "value": 2},
                 {"op": "add", "path": "/start_time", "value": "2026-11-22T14:00:00"},
                 {"op": "add", "path": "/end_time", "value": "2026-11-22T14:00:00+02:00"}]""");

        assertThat(patched.status()).as(patched.body()).isEqualTo(200);
        var told = service.get(audit).json();
        assertThat(told.path("interval").asText()).isEqualTo("2");
        assertThat(told.path("start_time").asText())
                .isEqualTo(LocalDateTime.of(2026, 11, 22, 14, 0)
                        .atZone(ZoneId.systemDefault())
                        .withZoneSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME));
        assertThat(told.path("end_time").asText()).isEqualTo("2026-11-22T12:00:00");
    }

    @Test
    void auditsAreListedInPartsThatKeepTheFilter() {
        var audits = List.of(
                create(DUMMY), create(DUMMY), create(actuator("{\"action_type\": \"nop\", \"input_parameters\": {}}")));

        var part = service.get("/v1/audits?limit=1&goal=unclassified&sort_dir=desc");
        assertThat(part.each("audits", "uuid")).containsExactly(audits.getLast());
        assertThat(part.json().path("next").asText())
                .contains("goal=unclassified", "sort_dir=desc", "marker=" + audits.getLast());
        assertThat(part.json().at("/audits/0").has("parameters")).isFalse();
        assertThat(service.get("/v1/audits?strategy=dummy").each("audits", "uuid"))
                .contains(audits.get(0), audits.get(1))
                .doesNotContain(audits.get(2));
        assertThat(service.get("/v1/audits/detail?limit=1")
                        .json()
                        .at("/audits/0")
                        .has("parameters"))
                .isTrue();
        assertThat(service.get("/v1/audits?marker=" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            infra-optim 1.0, false, false, false
            infra-optim 1.1, true , false, false
            infra-optim 1.2, true , true , false
            infra-optim 1.5, true , true , true
            """)
    void anAuditTellsWhatTheClientsVersionKnows(String version, boolean times, boolean force, boolean message) {
        var audit = service.get("/v1/audits/" + create(DUMMY), Microversion.HEADER, version)
                .json();

        assertThat(audit.has("start_time")).isEqualTo(times);
        assertThat(audit.has("end_time")).isEqualTo(times);
        assertThat(audit.has("force")).isEqualTo(force);
        assertThat(audit.has("status_message")).isEqualTo(message);
    }

    private static String actuator(String actions) {
        return "{\"audit_type\": \"ONESHOT\", \"goal\": \"unclassified\", \"strategy\": \"actuator\", \"parameters\": {\"actions\": [%s]}}"
                .formatted(actions);
    }

    private String create(String body) {
        var answer = service.post("/v1/audits", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("uuid").asText();
    }

    private String name(String body) {
        return service.get("/v1/audits/" + create(body)).json().path("name").asText();
    }

    private JsonNode planOf(String audit) {
        var plans = service.get("/v1/action_plans?audit_uuid=" + audit).each("action_plans", "uuid");
        assertThat(plans).hasSize(1);
        return service.plan(UUID.fromString(plans.getFirst()));
    }

    private String state(String path) {
        return service.get(path).json().path("state").asText();
    }
}
