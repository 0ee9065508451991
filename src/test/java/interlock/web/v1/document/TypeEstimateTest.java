package interlock.web.v1.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Durations that action types compute count before anything has run. */
@ExtendWith(RunningService.Shared.class)
class TypeEstimateTest {
    private final RunningService service;

    TypeEstimateTest(RunningService service) {
        this.service = service;
    }

    /** {@return a plan of independent sleeps that use the same lock} */
    private static String sleeps(int count, long seconds) {
        return IntStream.range(0, count)
                .mapToObj(i -> """
                        {"id": "s%d", "action_type": "sleep", "input_parameters": {"duration": %d}, "parents": [],
                         "uses": [{"kind": "lock", "id": "F"}]}""".formatted(i, seconds))
                .collect(Collectors.joining(", ", """
                        {"name": "sleeps", "planner": "explicit", "resources": [{"kind": "lock", "id": "F", "capacity": 1}],
                         "actions": [""", "]}"));
    }

    private JsonNode forecast(UUID plan) {
        return service.get("/v1/action_plans/%s/forecast".formatted(plan)).json();
    }

    private static double makespan(JsonNode forecast) {
        return forecast.path("makespan_seconds").asDouble();
    }

    @Test
    void fiveSleepsOfAMinuteOnOneLockTakeFiveMinutes() {
        String plan = sleeps(5, 60);

        JsonNode dry =
                service.post("/v1/action_plans?dry_run=true", plan).json().path("forecast");
        UUID uuid = service.create(plan);

        assertThat(makespan(dry)).isCloseTo(300, within(1e-6));
        assertThat(dry.path("critical_path")).as("one after the other").hasSize(5);
        assertThat(makespan(forecast(uuid))).isCloseTo(300, within(1e-6));
        assertThat(forecast(uuid).path("critical_path")).hasSize(5);
        assertThat(service.plan(uuid).at("/forecast/makespan_seconds").asDouble())
                .isCloseTo(300, within(1e-6));
        assertThat(service.get("/v1/actions/detail?sort_key=estimated_start&action_plan_uuid=" + uuid)
                        .each("actions", "estimated_start"))
                .containsExactly("0.0", "60.0", "120.0", "180.0", "240.0");
        assertThat(service.get("/v1/action_plans/%s/critical_path".formatted(uuid))
                        .each("steps", "ran_seconds"))
                .isNotEmpty()
                .containsOnly("60.0");
    }

    @Test
    void aWrittenEstimateComesBeforeThatOfTheTypeAndThatBeforeARecordedDuration() {
        UUID earlier = service.create(sleeps(1, 0));
        service.run(earlier);
        service.query(
                "MATCH (a:Action {planUuid: $plan}) SET a.startedAt = a.finishedAt - duration('PT2H')",
                Map.of("plan", earlier.toString()));

        UUID uuid = service.create("""
                {"planner": "explicit", "actions": [
                  {"id": "a", "action_type": "sleep", "input_parameters": {"duration": 60}, "estimated_duration": "5s"},
                  {"id": "b", "action_type": "sleep", "input_parameters": {"duration": 60}, "parents": ["a"]}]}""");

        assertThat(makespan(forecast(uuid))).isCloseTo(65, within(1e-6));
        assertThat(service.get("/v1/action_plans/%s/critical_path".formatted(uuid))
                        .each("steps", "ran_seconds"))
                .containsExactly("5.0", "60.0");
    }

    @Test
    void threeHundredYearsOfSleepHaveAForecast() {
        UUID uuid = service.create(sleeps(300, 31_536_000));

        assertThat(makespan(forecast(uuid))).isBetween(290 * 31_536_000.0, 300 * 31_536_000.0);
    }
}
