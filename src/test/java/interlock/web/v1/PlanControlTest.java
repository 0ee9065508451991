package interlock.web.v1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.Answer;
import interlock.web.HeldCall;
import interlock.web.RunningService;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningService.Shared.class)
class PlanControlTest {
    private static final String NOP = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}";

    /** A sleep that nothing but a cancel ends in time, and what comes after it. */
    private static final String LONG = """
            {"actions": [{"id": "a", "action_type": "sleep", "input_parameters": {"duration": 600}},
              {"id": "b", "action_type": "nop", "parents": ["a"]}]}""";

    private final RunningService service;

    PlanControlTest(RunningService service) {
        this.service = service;
    }

    @Test
    void aCancelledPlanAsksWhatRunsToAbortAndEndsCancelled() {
        var plan = service.create(IntStream.range(0, 64)
                .mapToObj(
                        "{\"id\": \"a%d\", \"action_type\": \"sleep\", \"input_parameters\": {\"duration\": 600}}"
                                ::formatted)
                .collect(joining(
                        ",",
                        "{\"actions\": [",
                        ",{\"id\": \"after\", \"action_type\": \"nop\", \"parents\": [\"a0\"]}]}")));
        service.start(plan);
        awaitCount(plan, "ONGOING", 64);

        var answer = post(plan, "cancel");

        var ended = service.awaitEnd(plan);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("CANCELLING");
        assertThat(answer.header("ETag"))
                .isEqualTo("\"%s\"".formatted(answer.json().path("revision").asText()));
        assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(ended.path("status_message").asText()).isEqualTo("Cancelled by user.");
        assertThat(ended.path("actions_by_state").path("CANCELLED").asInt()).isEqualTo(65);
        assertThat(service.get("/v1/actions/%s/attempts".formatted(action(plan, "a0")))
                        .each("attempts", "outcome"))
                .containsExactly("ABORTED");
    }

    @Test
    void aPausedPlanStartsNothingUntilItIsResumed() {
        try (var a = new HeldCall()) {
            var plan = service.create("""
                    {"actions": [%s, {"id": "b", "action_type": "nop", "parents": ["a"]}]}""".formatted(a.action("a")));
            service.start(plan);
            awaitCount(plan, "ONGOING", 1);

            var paused = post(plan, "pause");
            var again = post(plan, "pause");
            a.release();
            awaitCount(plan, "SUCCEEDED", 1);
            var other = service.run(service.create(NOP)); // by the time that it has ended, b had every chance to start
            var waiting = service.plan(plan);
            var resumed = post(plan, "resume");

            assertThat(paused.json().path("paused").asBoolean()).isTrue();
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.detail()).isEqualTo("Couldn't pause: the plan is paused; its state is 'ONGOING'.");
            assertThat(other.path("state").asText()).isEqualTo("SUCCEEDED");
            assertThat(waiting.path("state").asText()).isEqualTo("ONGOING");
            assertThat(waiting.path("actions_by_state").path("PENDING").asInt()).isEqualTo(1);
            assertThat(resumed.json().path("paused").asBoolean()).isFalse();
            assertThat(service.awaitEnd(plan).path("state").asText()).isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void aRetriedPlanRunsWhatFailedAndWhatWasCancelledAndNothingElse() {
        var plan = service.create("""
                {"actions": [{"id": "good", "action_type": "nop"},
                  {"id": "bad", "action_type": "fail", "input_parameters": {"times": 1}, "parents": ["good"]},
                  {"id": "after", "action_type": "nop", "parents": ["bad"]}]}""");
        var failed = service.run(plan);
        service.query(
                "MATCH (a:Action {planUuid: $plan, id: 'bad'}) SET a.actionType = 'nop', a.inputParameters = '{}'",
                Map.of("plan", plan.toString()));

        var answer = post(plan, "retry");

        var ended = await().atMost(RunningService.PATIENCE)
                .until(() -> service.plan(plan), it -> it.path("state").asText().equals("SUCCEEDED"));
        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("finished_at").isNull()).isTrue();
        assertThat(ended.path("actions_by_state").path("SUCCEEDED").asInt()).isEqualTo(3);
        assertThat(attempt(plan, "good")).isEqualTo(1);
        assertThat(attempt(plan, "bad")).isEqualTo(2);
        assertThat(attempt(plan, "after")).isEqualTo(1);
    }

    @Test
    void aStartedPlanWaitsForItsTimeAndSaysSo() {
        var plan = service.create("""
                {"not_before": "2999-01-01T00:00:00+01:00", "deadline": "8h", "actions": [
                  {"id": "a", "action_type": "nop", "revert_timeout": "1m"}]}""");

        var started = post(plan, "start").json();

        assertThat(started.path("state").asText()).isEqualTo("PENDING");
        assertThat(started.path("status_message").asText())
                .isEqualTo("It begins at 2998-12-31T23:00:00Z or later: its not_before.");
        assertThat(started.path("not_before").asText()).startsWith("2998-12-31T23:00:00");
        assertThat(started.path("deadline_seconds").asDouble()).isEqualTo(28_800);
        assertThat(started.path("deadline").isNull()).isTrue();
        assertThat(service.get("/v1/actions/%s/explain".formatted(action(plan, "a")))
                        .body())
                .contains("its plan was started, and begins at 2998-12-31T23:00:00Z or later: its not_before");
        assertThat(post(plan, "cancel").json().path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aSkippedActionCountsAsComplete() {
        var plan = service.create("""
                {"actions": [{"id": "a", "action_type": "fail"}, {"id": "b", "action_type": "nop", "parents": ["a"]}]}""");

        var answer = skip(plan, "a", "{\"reason\": \"done by hand\"}");
        var ended = service.run(plan);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asText()).isEqualTo("SKIPPED");
        assertThat(answer.json().path("status_message").asText())
                .isEqualTo("Action skipped by user. Reason: done by hand");
        assertThat(ended.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("status_message").asText()).isEqualTo("One or more actions were skipped.");
    }

    @Test
    void aPlanOfWhichEverythingIsSkippedSucceedsWhenItIsStarted() {
        var plan = service.create(NOP);
        skip(plan, "a", "");

        assertThat(service.run(plan).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void anActionIsSkippedWhileItsPlanRunsButNotWhileItRunsItself() {
        var plan = service.create(LONG);
        service.start(plan);
        awaitCount(plan, "ONGOING", 1);

        var running = skip(plan, "a", "");
        var waiting = skip(plan, "b", "");
        var skipped = skip(plan, "b", "");
        post(plan, "cancel");
        service.awaitEnd(plan);
        var late = skip(plan, "a", "");

        assertThat(running.status()).isEqualTo(409);
        assertThat(running.detail()).isEqualTo("Couldn't skip when state is 'ONGOING'.");
        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.json().path("status_message").asText()).isEqualTo("Action skipped by user.");
        assertThat(skipped.detail()).isEqualTo("Couldn't skip when state is 'SKIPPED'.");
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.json().path("state").asText()).isEqualTo("SKIPPED");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            '{"why": "x"}'  , "unknown field 'why'; known: reason"
            '{"reason": 7}' , "reason must be a text, not number"
            '["reason"]'    , 'The body is not an object; expected one with reason, or no body.'
            '{"reason"'     , The body cannot be read
            """, quoteCharacter = '\'', ignoreLeadingAndTrailingWhitespace = true)
    void aReasonThatIsNoneIsRefused(String body, String detail) {
        var answer = skip(service.create(NOP), "a", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains(detail.replaceAll("^\"|\"$", ""));
    }

    @Test
    void aReasonIsNotLongerThanAStatusMessage() {
        var plan = service.create(NOP);

        assertThat(skip(plan, "a", "{\"reason\": \"%s\"}".formatted("x".repeat(256)))
                        .status())
                .isEqualTo(400);
        assertThat(skip(plan, "a", "{\"reason\": \"%s\"}".formatted("x".repeat(255)))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "pause", "resume", "cancel", "retry"})
    void aPlanThatIsNotThereIsNotFound(String operation) {
        var unknown = UUID.randomUUID();

        assertThat(post(unknown, operation).status()).isEqualTo(404);
        assertThat(service.post("/v1/action_plans/x/" + operation, "").status()).isEqualTo(400);
        assertThat(service.post("/v1/actions/%s/skip".formatted(unknown), "").status())
                .isEqualTo(404);
        assertThat(service.patch("/v1/action_plans/" + unknown, "[]").status()).isEqualTo(404);
        assertThat(service.patch("/v1/actions/" + unknown, "[]").status()).isEqualTo(404);
    }

    @Test
    void aChangeThatWasMeantForAnotherRevisionIsRefused() {
        var plan = service.create(NOP);
        var patch = "[{\"op\": \"replace\", \"path\": \"/state\", \"value\": \"CANCELLED\"}]";

        for (var operation : new String[] {"pause", "resume", "cancel", "retry"}) {
            var answer = service.post(path(plan) + "/" + operation, "", "If-Match", "\"7\"");
            assertThat(answer.status()).as(operation).isEqualTo(412);
            assertThat(answer.detail()).isEqualTo("The plan has changed: its current revision is 1.");
        }
        assertThat(service.patch(path(plan), patch, "If-Match", "\"7\"").status())
                .isEqualTo(412);
        assertThat(service.patch(path(plan), patch, "If-Match", "\"1\"").status())
                .isEqualTo(200);
        assertThat(service.post(path(plan) + "/retry", "", "If-Match", "\"1\"").status())
                .isEqualTo(412);
        assertThat(service.post(path(plan) + "/retry", "", "If-Match", "\"2\"").status())
                .isEqualTo(200);
        service.awaitEnd(plan);
    }

    @Test
    void ofManyCancelsAtOnceOneSucceeds() throws Exception {
        var plan = service.create(LONG);
        service.start(plan);
        awaitCount(plan, "ONGOING", 1);
        Callable<Integer> cancel = () -> post(plan, "cancel").status();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(clients.invokeAll(Collections.nCopies(6, cancel)))
                    .map(status -> status.get())
                    .containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409);
        }

        assertThat(service.awaitEnd(plan).path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void aNewPlanOfTheSameAuditSupersedesTheRecommendedOne() {
        var audit = UUID.randomUUID();
        var document = """
                {"audit_uuid": "%s", "actions": [{"id": "a", "action_type": "nop"}]}""".formatted(audit);
        var started = service.create(document);
        service.run(started);
        var old = service.create(document);

        var now = service.create(document);

        assertThat(service.plan(old).path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(service.plan(old).path("status_message").asText())
                .isEqualTo("Superseded by plan %s.".formatted(now));
        assertThat(service.plan(old).path("actions_by_state").path("CANCELLED").asInt())
                .isEqualTo(1);
        assertThat(service.plan(started).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(service.plan(now).path("state").asText()).isEqualTo("RECOMMENDED");
        assertThat(service.get("/v1/action_plans?state=RECOMMENDED&audit_uuid=" + audit)
                        .each("action_plans", "uuid"))
                .containsExactly(now.toString());
    }

    @Test
    void aNewPlanSupersedesThoseOfItsNameIfItSaysSo() {
        var name = "drain " + UUID.randomUUID();
        var actions = "\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]";
        var old = service.create("{\"name\": \"%s\", %s}".formatted(name, actions));

        var beside = service.create("{\"name\": \"%s\", %s}".formatted(name, actions));
        var before = service.plan(old).path("state").asText();
        var instead = service.create("{\"name\": \"%s\", \"supersede\": true, %s}".formatted(name, actions));

        assertThat(before).isEqualTo("RECOMMENDED");
        assertThat(service.plan(old).path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(service.plan(beside).path("state").asText()).isEqualTo("SUPERSEDED");
        assertThat(service.plan(instead).path("state").asText()).isEqualTo("RECOMMENDED");
    }

    private void awaitCount(UUID plan, String state, int count) {
        await().atMost(RunningService.PATIENCE)
                .until(
                        () -> service.plan(plan)
                                .path("actions_by_state")
                                .path(state)
                                .asInt(),
                        it -> it == count);
    }

    private Answer post(UUID plan, String operation) {
        return service.post(path(plan) + "/" + operation, "");
    }

    private Answer skip(UUID plan, String id, String body) {
        return service.post("/v1/actions/%s/skip".formatted(action(plan, id)), body);
    }

    private String action(UUID plan, String id) {
        return shown(plan, id).path("uuid").asText();
    }

    private int attempt(UUID plan, String id) {
        return shown(plan, id).path("attempt").asInt();
    }

    private JsonNode shown(UUID plan, String id) {
        for (var action :
                service.get("/v1/actions?action_plan_uuid=" + plan).json().path("actions")) {
            if (action.path("id").asText().equals(id)) {
                return action;
            }
        }
        throw new AssertionError(id);
    }

    private static String path(UUID plan) {
        return "/v1/action_plans/" + plan;
    }
}
