package interlock.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.http.FarEnd;
import interlock.notification.Hook.Request;
import interlock.web.RunningService;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What webhooks are told by a running service. */
@ExtendWith(RunningService.Shared.class)
class WebhookTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "correct horse";
    private static final String TWO = """
            {"name": "told", "actions": [
              {"id": "a", "action_type": "nop"},
              {"id": "b", "action_type": "nop", "parents": ["a"], "input_parameters": {"message": "hello"}}]}""";

    private final RunningService service;
    private final Hook hook = new Hook();

    WebhookTest(RunningService service) {
        this.service = service;
    }

    @AfterEach
    void closeHook() {
        service.get("/v1/webhooks").each("webhooks", "uuid").forEach(uuid -> service.delete("/v1/webhooks/" + uuid));
        hook.close();
    }

    private String subscribe(Hook to) {
        return subscribe(to.url());
    }

    private String subscribe(String url) {
        var body = "{\"url\": \"%s\", \"secret\": \"%s\"}".formatted(url, SECRET);
        var created = service.post("/v1/webhooks", body);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("uuid").asText();
    }

    private JsonNode show(String webhook) {
        return service.get("/v1/webhooks/" + webhook).json();
    }

    private static List<String> types(List<Request> requests) {
        return requests.stream().map(Request::type).toList();
    }

    private static List<String> typesOf(List<Request> requests, String id) {
        return requests.stream()
                .filter(request -> request.data().path("id").asText().equals(id))
                .map(Request::type)
                .toList();
    }

    private static boolean isLast(Request request) {
        return List.of("action_plan.execution.end", "action_plan.execution.error", "action_plan.cancel.end")
                .contains(request.type());
    }

    @Test
    void allThatHappensToAPlanIsToldInOrder() {
        subscribe(hook);

        var plan = service.create(TWO);
        service.run(plan);
        var told = hook.awaitOf(plan, WebhookTest::isLast);

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
        var request = hook.awaitOf(plan, WebhookTest::isLast).stream()
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
    void everyBodyIsSigned() throws Exception {
        subscribe(hook);

        var plan = service.create(TWO);
        var told = hook.awaitOf(plan, request -> request.type().equals("action.create"));

        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(told)
                .allSatisfy(request -> assertThat(request.header("X-hub-signature-256"))
                        .isEqualTo("sha256="
                                + HexFormat.of()
                                        .formatHex(mac.doFinal(request.body().getBytes(StandardCharsets.UTF_8)))));
    }

    @Test
    void aReceiverThatWasAwayIsToldEverythingInOrder() {
        var webhook = subscribe(hook);
        int port = hook.port();
        hook.close();

        var plan = service.create(TWO);
        service.run(plan);
        await().atMost(PATIENCE).until(() -> show(webhook).path("failures").asInt() >= 2);
        var away = show(webhook);
        try (var back = new Hook(port)) {
            var told = back.awaitOf(plan, WebhookTest::isLast);

            assertThat(away.path("last_error").asText()).isEqualTo("cannot connect to 127.0.0.1:" + port);
            assertThat(away.path("next_attempt_at").isNull()).isFalse();
            assertThat(told).hasSize(3 + 2 + 2 * 4 + 3);
            assertThat(told)
                    .extracting(request -> request.event().path("sequence").asText())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void oneThatRefusesHoldsUpNoOther() {
        subscribe(hook);
        try (var deaf = new Hook().answer(500, Map.of())) {
            var refusing = subscribe(deaf);

            var plan = service.create(TWO);
            service.run(plan);

            assertThat(hook.awaitOf(plan, WebhookTest::isLast)).isNotEmpty();
            deaf.awaitRefusal();
            await().atMost(PATIENCE).until(() -> show(refusing).path("failures").asInt() > 0);
            assertThat(show(refusing).path("last_error").asText()).isEqualTo("the receiver answered 500");
            assertThat(show(refusing).path("delivered").asInt()).isZero();
            assertThat(deaf.refused())
                    .extracting(request -> request.event().path("id").asText())
                    .as("the first one is tried again and again")
                    .containsOnly(deaf.refused().getFirst().event().path("id").asText());
        }
    }

    @Test
    void sixtyFourWhoseAnswersDripHoldUpNoOther() {
        try (var silent = FarEnd.dripping("HTTP/1.1 200 OK\r\nX-Long: ");
                var dripping = FarEnd.dripping("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) {
            for (int i = 0; i < 64; i++) {
                subscribe(silent.url());
            }
            var taken = subscribe(dripping.url());
            subscribe(hook);

            var plan = service.create(TWO);
            service.run(plan);

            assertThat(hook.awaitOf(plan, WebhookTest::isLast)).isNotEmpty();
            await().atMost(PATIENCE).until(() -> show(taken).path("delivered").asInt() > 3);
            await().atMost(PATIENCE)
                    .until(() -> service.get("/v1/webhooks")
                                    .json()
                                    .path("webhooks")
                                    .valueStream()
                                    .filter(it -> it.path("last_error").asText().equals("no answer within 10 s"))
                                    .count()
                            == 64);
        }
    }

    @Test
    void aReceiverIsLeftAloneForAsLongAsItAsks() {
        hook.answer(503, Map.of("Retry-After", "600"));
        var webhook = subscribe(hook);

        var before = Instant.now();
        service.create(TWO);
        hook.awaitRefusal();
        var failed = await().atMost(PATIENCE)
                .until(() -> show(webhook), it -> !it.path("next_attempt_at").isNull());

        assertThat(Instant.parse(failed.path("next_attempt_at").asText().replace("+00:00", "Z")))
                .isBetween(before.plusSeconds(590), before.plusSeconds(660));
    }

    @Test
    void aReceiverThatIsGoneIsToldNothingAnyMore() {
        hook.answer(410, Map.of());
        var webhook = subscribe(hook);

        service.create(TWO);
        var gone = await().atMost(PATIENCE)
                .until(() -> show(webhook), it -> it.path("state").asText().equals("GONE"));

        assertThat(gone.path("last_error").asText()).isEqualTo("the receiver answered 410");
        assertThat(hook.refused()).hasSize(1);
    }

    @Test
    void aRedirectionIsNotFollowed() {
        try (var other = new Hook()) {
            hook.answer(307, Map.of("Location", other.url()));
            var webhook = subscribe(hook);

            service.create(TWO);
            await().atMost(PATIENCE).until(() -> show(webhook).path("failures").asInt() > 0);

            assertThat(show(webhook).path("last_error").asText()).isEqualTo("the receiver answered 307");
            assertThat(other.taken()).isEmpty();
        }
    }

    @Test
    void onlyWhatIsAskedForIsTold() {
        service.post(
                "/v1/webhooks",
                "{\"url\": \"%s\", \"events\": [\"action_plan.execution.*\", \"action.create\"]}"
                        .formatted(hook.url()));

        var plan = service.create(TWO);
        service.run(plan);

        assertThat(types(hook.awaitOf(plan, WebhookTest::isLast)))
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
        var told = hook.awaitOf(plan, WebhookTest::isLast);

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
        var told = hook.awaitOf(plan, WebhookTest::isLast);

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
        var told = hook.awaitOf(plan, WebhookTest::isLast);

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
        var ofPlan = hook.awaitOf(plan, WebhookTest::isLast);
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
        var told = hook.awaitOf(plan, WebhookTest::isLast);

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

    @Test
    void aSecretIsToldOnceAndOnlyToWhomHasBroughtNone() {
        var own = service.post("/v1/webhooks", "{\"url\": \"%s\", \"secret\": \"s\"}".formatted(hook.url()));
        var made = service.post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(hook.url()));

        assertThat(own.json().has("secret")).isFalse();
        assertThat(made.json().path("secret").asText()).hasSize(64);
        assertThat(made.header("Location"))
                .isEqualTo(service.uri() + "/v1/webhooks/"
                        + made.json().path("uuid").asText());
        assertThat(service.get("/v1/webhooks").body()).doesNotContain("secret");
        assertThat(show(made.json().path("uuid").asText()).has("secret")).isFalse();
    }

    @Test
    void aWebhookIsListedShownAndDeleted() {
        var first = subscribe(hook);
        var second = subscribe(hook);

        var page = service.get("/v1/webhooks?limit=1");
        var next = service.get(
                page.json().path("next").asText().replace(service.uri().toString(), ""));
        var deleted = service.delete("/v1/webhooks/" + first);

        assertThat(page.each("webhooks", "uuid")).containsExactly(first);
        assertThat(next.each("webhooks", "uuid")).containsExactly(second);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(service.get("/v1/webhooks/" + first).status()).isEqualTo(404);
        assertThat(service.delete("/v1/webhooks/" + first).status()).isEqualTo(404);
        assertThat(service.get("/v1/webhooks/nonsense").status()).isEqualTo(400);
        assertThat(service.get("/v1/webhooks?marker=" + first).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                | url: is missing; expected the http or https URL that receives the events
                    {"url": 5}                                        | url: is missing; expected the http or https URL that receives the events
                    {"url": "ftp://x/y"}                              | url: 'ftp://x/y' is not an http or https URL with a host
                    {"url": "http:///y"}                              | url: 'http:///y' is not an http or https URL with a host
                    {"url": "http://a:b@x/"}                          | url: must not contain a user; events are signed with the secret instead
                    {"url": "http://x/", "secret": ""}                | secret: must be a text of 1 to 256 characters
                    {"url": "http://x/", "events": []}                | events: must be a list of event types; omit it for all types
                    {"url": "http://x/", "topics": 1}                 | topics: is an unknown field; known: url, events, secret
                    """)
    void aFaultyWebhookIsRefusedWithAllThatIsWrong(String body, String fault) {
        var refused = service.post("/v1/webhooks", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.faults()).containsExactly(fault);
        assertThat(service.get("/v1/webhooks").json().path("webhooks")).isEmpty();
    }

    @Test
    void anUnknownEventTypeIsRefusedWithThoseThatThereAre() {
        var refused =
                service.post("/v1/webhooks", "{\"url\": \"http://x/\", \"events\": [\"action.*\", \"plan.end\"]}");

        assertThat(refused.faults()).hasSize(1);
        assertThat(refused.faults().getFirst())
                .startsWith("events[1]: 'plan.end' matches no event type; known: action_plan.create, ");
    }
}
