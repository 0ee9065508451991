package interlock.web.v1.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class OneTruthAboutTimeTest {
    private static final String QUEUE = """
            {"name": "queue", "planner": "explicit", "resources": [{"kind": "lock", "id": "%s", "capacity": 1}], "actions": [
              {"id": "a", "action_type": "sleep", "input_parameters": {"duration": %s}, "uses": [{"kind": "lock", "id": "%s"}]},
              {"id": "b", "action_type": "sleep", "input_parameters": {"duration": %s}, "uses": [{"kind": "lock", "id": "%s"}]},
              {"id": "c", "action_type": "sleep", "input_parameters": {"duration": %s}, "uses": [{"kind": "lock", "id": "%s"}]}]}""";

    private final RunningService service;

    OneTruthAboutTimeTest(RunningService service) {
        this.service = service;
    }

    private UUID queue(String lock, Object seconds) {
        return service.create(QUEUE.formatted(lock, seconds, lock, seconds, lock, seconds, lock));
    }

    private JsonNode forecast(UUID plan) {
        return service.get("/v1/action_plans/%s/forecast".formatted(plan)).json();
    }

    private JsonNode path(UUID plan) {
        return service.get("/v1/action_plans/%s/critical_path".formatted(plan)).json();
    }

    private static double sum(JsonNode path) {
        return StreamSupport.stream(path.path("steps").spliterator(), false)
                .mapToDouble(step -> step.path("waited_seconds").asDouble()
                        + step.path("ran_seconds").asDouble())
                .sum();
    }

    private static Instant time(JsonNode node, String name) {
        return Instant.parse(node.path(name).asText());
    }

    @Test
    void theCriticalPathOfAnEndedPlanIsWhatHappened() {
        UUID plan = queue("ended", 0.3);
        JsonNode ended = service.run(plan);
        double took = Duration.between(time(ended, "started_at"), time(ended, "finished_at"))
                        .toMillis()
                / 1e3;

        JsonNode path = path(plan);
        JsonNode forecast = forecast(plan);

        assertThat(path.path("steps")).hasSize(3);
        assertThat(path.at("/steps/1/waited_for").asText()).isEqualTo("lock/ended");
        assertThat(path.at("/steps/2/waited_for").asText()).isEqualTo("lock/ended");
        assertThat(sum(path)).isCloseTo(took, within(0.02 * took));
        assertThat(path.path("seconds").asDouble()).isCloseTo(took, within(0.02 * took));
        assertThat(forecast.path("makespan_seconds").asDouble()).isCloseTo(took, within(1e-3));
        assertThat(time(forecast, "finish_p50")).isEqualTo(time(forecast, "finish_p90"));
        assertThat(time(forecast, "finish_p50")).isCloseTo(time(ended, "finished_at"), within(1, ChronoUnit.MILLIS));
        assertThat(forecast.path("critical_path")).hasSize(3);
        assertThat(forecast.path("baseline_makespan_seconds").asDouble()).isCloseTo(0.9, within(0.3));
    }

    @Test
    void whileAPlanRunsAllTellTheSameArrival() {
        UUID plan = queue("running", 600);
        double before = path(plan).path("seconds").asDouble();
        service.start(plan);
        awaitRunning(plan);

        JsonNode path = path(plan);
        JsonNode forecast = forecast(plan);
        JsonNode running = service.plan(plan);

        assertThat(before).isCloseTo(1800, within(36.0));
        assertThat(path.path("seconds").asDouble()).isCloseTo(1800, within(36.0));
        assertThat(sum(path)).isCloseTo(path.path("seconds").asDouble(), within(1e-6));
        assertThat(path.path("steps")).hasSize(3);
        assertThat(forecast.path("makespan_seconds").asDouble())
                .isCloseTo(path.path("seconds").asDouble(), within(0.5));
        assertThat(Duration.between(time(running, "started_at"), time(forecast, "finish_p50"))
                                .toMillis()
                        / 1e3)
                .isCloseTo(forecast.path("makespan_seconds").asDouble(), within(0.01));
        assertThat(forecast.path("baseline_makespan_seconds").asDouble()).isCloseTo(1800, within(36.0));
        assertThat(forecast.at("/actions/0/start").asDouble()).isLessThan(60);
        service.post("/v1/action_plans/%s/cancel".formatted(plan), "");
        service.awaitEnd(plan);
    }

    @Test
    void anotherPlanOnTheSameLockIsWaitedFor() {
        UUID first = queue("shared", 600);
        UUID second = service.create("""
                {"planner": "explicit", "actions": [{"id": "d", "action_type": "sleep", "input_parameters": {"duration": 600},
                 "uses": [{"kind": "lock", "id": "shared"}]}]}""");
        service.start(first);
        awaitRunning(first);
        service.start(second);

        double makespan = forecast(second).path("makespan_seconds").asDouble();

        assertThat(makespan).as("after at least one action of the other plan").isGreaterThan(1100);
        service.post("/v1/action_plans/%s/cancel".formatted(first), "");
        service.post("/v1/action_plans/%s/cancel".formatted(second), "");
        service.awaitEnd(first);
        service.awaitEnd(second);
    }

    private void awaitRunning(UUID plan) {
        await().atMost(RunningService.PATIENCE)
                .until(() -> !service.query(
                                "MATCH (a:Ongoing {planUuid: $plan}) RETURN a", Map.of("plan", plan.toString()))
                        .isEmpty());
    }
}
