package interlock.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.web.RunningService;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The events of plans, actions and audits that webhooks receive. */
class WebhookEventsTest extends WebhookFixture {
    WebhookEventsTest(RunningService service) {
        super(service);
    }

    @Test
    void allThatHappensToAPlanIsToldInOrder() {
        subscribe(hook);

        var plan = service.create(TWO);
        service.run(plan);
        var told = hook.awaitOf(plan, WebhookFixture::isLast);

        assertThat(types(told))
                .startsWith(
                        "action_plan.create",
                        "action.create",
                        "action.create",
                        "action_plan.update",
                        "action_plan.update",
                        "action_plan.execution.start")
                .endsWith("action_plan.update", "action_plan.execution.end");
        assertThat(typesOf(told, "b"))
                .containsExactly(
                        "action.create",
                        "action.update",
                        "action.execution.start",
                        "action.update",
                        "action.execution.end");
        assertThat(told)
                .extracting(request -> request.event().path("id").asText())
                .doesNotHaveDuplicates();
        assertThat(told)
                .extracting(request -> request.event().path("sequence").asText())
                .isSorted();
        assertThat(told)
                .filteredOn(request -> request.type().equals("action_plan.update"))
                .extracting(request -> request.data()
                                .at("/state_update/watcher_object.data/old_state")
                                .asText() + " "
                        + request.data()
                                .at("/state_update/watcher_object.data/state")
                                .asText())
                .containsExactly("RECOMMENDED PENDING", "PENDING ONGOING", "ONGOING SUCCEEDED");
    }

    @Test
    void anEventIsACloudEventWithWatchersNotificationInIt() {
        subscribe(hook);

        var plan = service.create(TWO);
        service.run(plan);
        var request = hook.awaitOf(plan, WebhookFixture::isLast).stream()
                .filter(it -> it.type().equals("action.execution.end"))
                .toList()
                .getLast();
        var event = EventFormatProvider.getInstance()
                .resolveFormat(JsonFormat.CONTENT_TYPE)
                .deserialize(request.body().getBytes(StandardCharsets.UTF_8));
        var action = service.get("/v1/actions?action_plan_uuid=%s&sort_key=id".formatted(plan))
                .each("actions", "uuid");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        assertThat(event.getSpecVersion()).hasToString("1.0");
        assertThat(event.getSubject()).isEqualTo(action.getLast());
        assertThat(event.getTime()).isNotNull();
        var envelope = request.event().path("data");
        assertThat(envelope.path("event_type").asText()).isEqualTo("action.execution.end");
        assertThat(envelope.path("priority").asText()).isEqualTo("INFO");
        assertThat(envelope.path("publisher_id").asText()).startsWith("infra-optim:");
        assertThat(envelope.at("/payload/watcher_object.name").asText()).isEqualTo("ActionExecutionPayload");
        assertThat(envelope.at("/payload/watcher_object.version").asText()).isEqualTo("1.1");
        var data = request.data();
        assertThat(data.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(data.path("input_parameters"))
                .isEqualTo(service.get("/v1/actions/" + action.getLast()).json().path("input_parameters"));
        assertThat(data.path("parents")).hasSize(1);
        assertThat(data.path("parents").path(0).asText()).isEqualTo(action.getFirst());
        assertThat(data.path("fault").isNull()).isTrue();
        assertThat(data.at("/action_plan/watcher_object.data/uuid").asText()).isEqualTo(plan.toString());
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        service.post(
                "/v1/webhooks",
                "{\"url\": \"%s\", \"events\": [\"action_plan.execution.*\", \"action.create\"]}"
                        .formatted(hook.url()));

        var plan = service.create(TWO);
        service.run(plan);

        assertThat(types(hook.awaitOf(plan, WebhookFixture::isLast)))
                .containsExactly(
                        "action.create", "action.create", "action_plan.execution.start", "action_plan.execution.end");
    }

    @Test
    void aFailureIsToldWithItsReason() {
        subscribe(hook);

        var plan = service.create("""
                {"name": "failing", "actions": [
                  {"id": "bad", "action_type": "fail", "input_parameters": {"message": "no such host"}},
                  {"id": "after", "action_type": "nop", "parents": ["bad"]}]}""");
        service.run(plan);
        var told = hook.awaitOf(plan, WebhookFixture::isLast);

        assertThat(typesOf(told, "bad")).endsWith("action.update", "action.execution.error");
        assertThat(typesOf(told, "after")).containsExactly("action.create", "action.update");
        assertThat(told.getLast().type()).isEqualTo("action_plan.execution.error");
        assertThat(told.getLast().event().at("/data/priority").asText()).isEqualTo("ERROR");
        var failed = told.stream()
                .filter(request -> request.type().equals("action.execution.error"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.data()
                        .at("/fault/watcher_object.data/exception_message")
                        .asText())
                .isEqualTo("Action failed in execute: no such host");
        assertThat(told.getLast()
                        .data()
                        .at("/fault/watcher_object.data/exception_message")
                        .asText())
                .contains("bad");
    }

    @Test
    void aCancelIsToldFromItsBeginningToItsEnd() {
        subscribe(hook);
        var plan = service.create("""
                {"name": "cancelled", "actions": [
                  {"id": "long", "action_type": "sleep", "input_parameters": {"duration": 600}},
                  {"id": "after", "action_type": "nop", "parents": ["long"]}]}""");
        service.start(plan);
        await().atMost(PATIENCE)
                .until(() -> service.get("/v1/actions?action_plan_uuid=%s&state=ONGOING".formatted(plan))
                                .each("actions", "uuid")
                                .size()
                        == 1);

        service.post("/v1/action_plans/%s/cancel".formatted(plan), "");
        var told = hook.awaitOf(plan, WebhookFixture::isLast);

        assertThat(typesOf(told, "long")).endsWith("action.cancel.start", "action.update", "action.cancel.end");
        assertThat(typesOf(told, "after")).containsExactly("action.create", "action.update");
        assertThat(types(told))
                .containsSubsequence(
                        "action_plan.cancel.start",
                        "action.cancel.start",
                        "action.cancel.end",
                        "action_plan.update",
                        "action_plan.cancel.end");
    }

    @Test
    void aDeletedPlanIsToldWithItsActions() {
        subscribe(hook);

        var plan = service.create(TWO);
        service.delete("/v1/action_plans/" + plan);
        var told = hook.awaitOf(plan, request -> request.type().equals("action_plan.delete"));

        assertThat(types(told)).endsWith("action.delete", "action.delete", "action_plan.update", "action_plan.delete");
        assertThat(told.getLast().data().path("state").asText()).isEqualTo("DELETED");
        assertThat(told.getLast().data().path("deleted_at").isNull()).isFalse();
    }

    @Test
    void actionsOfAlternativePathsAreCreatedInStandby() {
        subscribe(hook);

        var plan = service.create("""
                {"name": "paths", "actions": [{"id": "a", "action_type": "fail",
                  "alternatives": [{"name": "b", "actions": [{"id": "b", "action_type": "nop"}]}]}]}""");
        service.run(plan);
        var told = hook.awaitOf(plan, WebhookFixture::isLast);

        assertThat(told)
                .filteredOn(request -> request.type().equals("action.create"))
                .extracting(request -> request.data().path("state").asText())
                .containsExactly("PENDING", "STANDBY");
        assertThat(typesOf(told, "b")).endsWith("action.execution.end");
    }

    @Test
    void anAuditIsToldWithItsGoalAndStrategyAndSoIsItsPlan() {
        subscribe(hook);

        var audit = service.post("/v1/audits", """
                        {"audit_type": "ONESHOT", "goal": "dummy", "strategy": "dummy", "auto_trigger": true,
                         "parameters": {"para1": 1.0, "para2": "x"}}""").json().path("uuid").asText();
        var plan = UUID.fromString(service.get("/v1/action_plans?audit_uuid=" + audit)
                .each("action_plans", "uuid")
                .getFirst());
        var ofPlan = hook.awaitOf(plan, WebhookFixture::isLast);
        var ofAudit = hook.taken().stream()
                .filter(request -> request.event().path("source").asText().equals("/v1/audits/" + audit))
                .toList();

        assertThat(types(ofAudit))
                .containsExactly(
                        "audit.create",
                        "audit.strategy.start",
                        "audit.strategy.end",
                        "audit.planner.start",
                        "audit.planner.end",
                        "audit.update");
        assertThat(ofAudit.getFirst()
                        .data()
                        .at("/goal/watcher_object.data/name")
                        .asText())
                .isEqualTo("dummy");
        assertThat(ofPlan.getFirst().data().path("audit_uuid").asText()).isEqualTo(audit);
        assertThat(ofPlan.getFirst()
                        .data()
                        .at("/strategy/watcher_object.data/name")
                        .asText())
                .isEqualTo("dummy");
    }

    @Test
    void manyActionsAreToldOneByOne() {
        subscribe(hook);
        var actions = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            actions.append(i == 0 ? "" : ",").append("{\"id\": \"a%d\", \"action_type\": \"nop\"}".formatted(i));
        }

        var plan =
                service.create("{\"name\": \"many\", \"planner\": \"explicit\", \"actions\": [%s]}".formatted(actions));
        service.run(plan);
        var told = hook.awaitOf(plan, WebhookFixture::isLast);

        assertThat(told)
                .filteredOn(request -> request.type().equals("action.create"))
                .extracting(request -> request.data().path("id").asText())
                .hasSize(1200)
                .doesNotHaveDuplicates();
        assertThat(told)
                .filteredOn(request -> request.type().equals("action.execution.end"))
                .hasSize(1200);
        assertThat(told)
                .extracting(request -> request.event().path("sequence").asText())
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
