package interlock.web.v1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.HeldCall;
import interlock.web.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class StartAndDeleteTest {
    private static final String NOP = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}";
    private static final String FAIL = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"fail\"}]}";

    private final RunningService service;

    StartAndDeleteTest(RunningService service) {
        this.service = service;
    }

    @Test
    void aPlanRunsToItsEnd() {
        var plan = service.run(service.create(NOP));

        assertThat(plan.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(plan.path("actions_by_state").path("SUCCEEDED").asInt()).isEqualTo(1);
    }

    @Test
    void aPlanIsStartedOnce() {
        var plan = service.create(NOP);

        var first = start(plan);
        service.awaitEnd(plan);
        var second = start(plan);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(400);
        assertThat(second.detail()).isEqualTo("Couldn't start when state is 'SUCCEEDED'.");
    }

    @Test
    void aPlanThatHasFailedIsNotStartedAgain() {
        var plan = service.create(FAIL);
        service.run(plan);

        var answer = start(plan);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("Couldn't start when state is 'FAILED'.");
        assertThat(service.plan(plan).path("state").asText()).isEqualTo("FAILED");
    }

    @Test
    void ofFourStartsAtOnceOneStartsAndEachActionRunsOnce() throws Exception {
        var plan = service.create(IntStream.range(0, 20)
                .mapToObj("{\"id\": \"a%d\", \"action_type\": \"nop\"}"::formatted)
                .collect(joining(",", "{\"actions\": [", "]}")));
        Callable<Integer> start = () -> start(plan).status();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(clients.invokeAll(Collections.nCopies(4, start)))
                    .map(status -> status.get())
                    .containsExactlyInAnyOrder(200, 400, 400, 400);
        }

        service.awaitEnd(plan);
        assertThat(service.query("""
                        MATCH (action:Action {planUuid: $plan})
                        RETURN COUNT { (action)-[:ATTEMPTED]->() } AS attempts""", Map.of("plan", plan.toString())))
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.get("attempts").asInt()).isEqualTo(1));
    }

    @Test
    void aDeletedPlanIsGoneUnlessOneAsksForWhatIsDeleted() {
        var plan = service.create(NOP);
        var action = service.get("/v1/actions?action_plan_uuid=" + plan)
                .each("actions", "uuid")
                .getFirst();

        var answer = service.delete(path(plan));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(List.of(path(plan), path(plan) + "/graph", path(plan) + "/events", "/v1/actions/" + action))
                .allSatisfy(
                        path -> assertThat(service.get(path).status()).as(path).isEqualTo(404));
        assertThat(service.delete(path(plan)).status()).isEqualTo(404);
        assertThat(start(plan).status()).isEqualTo(404);
        assertThat(service.get("/v1/action_plans").each("action_plans", "uuid")).doesNotContain(plan.toString());

        assertThat(service.get("/v1/action_plans", "X-Show-Deleted", "True").each("action_plans", "uuid"))
                .contains(plan.toString());
        var shown = service.get(path(plan), "X-Show-Deleted", "true").json();
        assertThat(shown.path("state").asText()).isEqualTo("DELETED");
        assertThat(shown.hasNonNull("deleted_at")).isTrue();
        var deleted =
                service.get("/v1/actions/" + action, "X-Show-Deleted", "true").json();
        assertThat(deleted.path("state").asText()).isEqualTo("DELETED");
        assertThat(deleted.path("deleted_at")).isEqualTo(shown.path("deleted_at"));
    }

    @Test
    void aPlanThatRunsIsNotDeletedAndOneThatHasEndedIs() {
        UUID plan;
        Answer early;
        try (var running = new HeldCall()) {
            plan = service.create("{\"actions\": [%s]}".formatted(running.action("a")));
            service.start(plan);
            early = service.delete(path(plan));
            running.release();
            service.awaitEnd(plan);
        }
        var late = service.delete(path(plan));

        assertThat(early.status()).isEqualTo(400);
        assertThat(early.detail()).matches("Couldn't delete when state is '(PENDING|ONGOING)'\\.");
        assertThat(late.status()).isEqualTo(204);
    }

    @Test
    void aChangeThatWasMeantForAnotherRevisionIsRefused() {
        var plan = service.create(NOP);

        var stale = service.post(path(plan) + "/start", "", "If-Match", "\"7\"");
        var senseless = service.delete(path(plan), "If-Match", "yesterday");
        var meant = service.post(path(plan) + "/start", "", "If-Match", "\"1\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.detail()).isEqualTo("The plan has changed: its current revision is 1.");
        assertThat(senseless.status()).isEqualTo(412);
        assertThat(meant.status()).isEqualTo(200);
        service.awaitEnd(plan);
        assertThat(service.delete(path(plan), "If-Match", "\"1\"").status()).isEqualTo(412);
        assertThat(service.delete(path(plan), "If-Match", "*").status()).isEqualTo(204);
    }

    @Test
    void theAttemptsOfAnActionAreTold() {
        var plan = service.create("""
                {"actions": [{"id": "a", "action_type": "fail", "input_parameters": {"times": 1, "message": "too late"},
                  "retry": {"max_attempts": 2, "initial_backoff": "10ms"}}]}""");
        service.run(plan);
        var action = service.get("/v1/actions?action_plan_uuid=" + plan)
                .each("actions", "uuid")
                .getFirst();

        var attempts = service.get("/v1/actions/%s/attempts".formatted(action));

        assertThat(attempts.each("attempts", "number")).containsExactly("1", "2");
        assertThat(attempts.each("attempts", "outcome")).containsExactly("FAILED", "SUCCEEDED");
        assertThat(attempts.each("attempts", "message").getFirst()).isEqualTo("too late");
        assertThat(service.get("/v1/actions/" + action).json().path("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    private Answer start(UUID plan) {
        return service.send("POST", path(plan) + "/start", BodyPublishers.noBody());
    }

    private static String path(UUID plan) {
        return "/v1/action_plans/" + plan;
    }
}
