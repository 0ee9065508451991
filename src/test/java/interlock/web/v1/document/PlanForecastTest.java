package interlock.web.v1.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class PlanForecastTest {
    private static final String PLAN = """
            {"name": "forecast",
             "resources": [{"kind": "crane", "id": "forecast", "capacity": 1}],
             "actions": [
               {"id": "a", "action_type": "nop", "estimated_duration": "3s", "uses": [{"kind": "crane", "id": "forecast"}]},
               {"id": "b", "action_type": "nop", "estimated_duration": "2s", "uses": [{"kind": "crane", "id": "forecast"}]},
               {"id": "c", "action_type": "nop", "estimated_duration": "4s", "parents": ["a"]},
               {"id": "d", "action_type": "sleep", "input_parameters": {"duration": 1}, "estimated_duration": "1s",
                "parents": ["b"]}],
             "alternatives": [{"name": "p", "replaces": ["d"], "actions": [{"id": "e", "action_type": "nop"}]}]}
            """;

    private final RunningService service;

    PlanForecastTest(RunningService service) {
        this.service = service;
    }

    private static Map<String, String> ids(JsonNode graph) {
        Map<String, String> ids = new HashMap<>();
        graph.path("nodes")
                .forEach(node ->
                        ids.put(node.path("uuid").asText(), node.path("id").asText()));
        return ids;
    }

    private static void check(JsonNode forecast, Map<String, String> ids) {
        assertThat(forecast.path("makespan_seconds").asDouble()).isCloseTo(7, within(1e-6));
        assertThat(forecast.path("lower_bound_seconds").asDouble()).isBetween(5.0, 7.0);
        assertThat(forecast.path("critical_path"))
                .extracting(uuid -> ids.get(uuid.asText()))
                .containsExactly("a", "c");
        Map<String, String> times = new HashMap<>();
        forecast.path("actions")
                .forEach(action -> times.put(
                        ids.getOrDefault(action.path("uuid").asText(), "?"),
                        "%s-%s"
                                .formatted(
                                        action.path("start").asDouble(),
                                        action.path("finish").asDouble())));
        assertThat(times).isEqualTo(Map.of("a", "0.0-3.0", "b", "3.0-5.0", "c", "3.0-7.0", "d", "5.0-6.0"));
    }

    @Test
    void aDryRunShowsThePlanAndItsForecastAndStoresNothing() {
        long nodes = service.nodes();

        var answer = service.post("/v1/action_plans?dry_run=true", PLAN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(service.nodes()).isEqualTo(nodes);
        assertThat(answer.json().path("planner").asText()).isEqualTo("explicit");
        assertThat(answer.json().path("graph").path("paths")).hasSize(1);
        assertThat(answer.json().path("graph").path("edges")).hasSize(2);
        check(answer.json().path("forecast"), ids(answer.json().path("graph")));
    }

    /** 64 slots: one is kept by what lasts nine seconds and is named last, so that the others end after nine, too. */
    @Test
    void noMoreRunsAtOnceThanThereAreSlots() {
        String actions = IntStream.range(0, 63 * 9)
                .mapToObj(i ->
                        "{\"id\": \"a%d\", \"action_type\": \"nop\", \"estimated_duration\": \"1s\"}, ".formatted(i))
                .collect(Collectors.joining());
        String plan = """
                {"name": "slots", "planner": "explicit", "actions": [%s
                 {"id": "long", "action_type": "nop", "estimated_duration": "9s"}]}
                """.formatted(actions);

        var dryRun = service.post("/v1/action_plans?dry_run=true", plan).json().path("forecast");
        var stored = service.get("/v1/action_plans/%s/forecast".formatted(service.create(plan)))
                .json();

        assertThat(dryRun.path("makespan_seconds").asDouble()).isCloseTo(9, within(1e-6));
        assertThat(stored.path("makespan_seconds").asDouble()).isCloseTo(9, within(1e-6));
    }

    @Test
    void aStoredPlanHasAForecast() {
        var uuid = service.create(PLAN);

        var forecast =
                service.get("/v1/action_plans/%s/forecast".formatted(uuid)).json();

        check(
                forecast,
                ids(service.get("/v1/action_plans/%s/graph".formatted(uuid)).json()));
    }

    @Test
    void whatWasThoughtOfAPlanIsKeptWithIt() {
        var uuid = service.create(PLAN);

        var plan = service.plan(uuid);
        var starts = service.get("/v1/actions/detail?action_plan_uuid=" + uuid);

        assertThat(plan.at("/forecast/makespan_seconds").asDouble()).isCloseTo(7, within(1e-6));
        assertThat(plan.at("/forecast/lower_bound_seconds").asDouble()).isBetween(5.0, 7.0);
        assertThat(starts.each("actions", "estimated_start")).containsExactly("0.0", "3.0", "3.0", "5.0", "null");
    }

    @Test
    void thePrioritiesOfAScheduleComeWithItsStarts() {
        var uuid = service.create("""
                {"planner": "constraint", "resources": [{"kind": "crane", "id": "s", "capacity": 1}], "actions": [
                  {"id": "a", "action_type": "nop", "estimated_duration": "1s", "uses": [{"kind": "crane", "id": "s"}]},
                  {"id": "b", "action_type": "nop", "estimated_duration": "1s", "uses": [{"kind": "crane", "id": "s"}]},
                  {"id": "c", "action_type": "nop", "estimated_duration": "5s", "parents": ["b"]}]}""");

        assertThat(service.plan(uuid).at("/forecast/makespan_seconds").asDouble())
                .as("b comes before a")
                .isCloseTo(6, within(1e-6));
        assertThat(service.get("/v1/actions/detail?sort_key=estimated_start&action_plan_uuid=" + uuid)
                        .each("actions", "id"))
                .containsExactly("b", "a", "c");
    }

    @Test
    void whatHasRunCountsWithTheTimeThatItTook() {
        var uuid = service.create("""
                {"actions": [{"id": "a", "action_type": "nop", "estimated_duration": "1h"}]}""");
        service.run(uuid);

        assertThat(service.get("/v1/action_plans/%s/forecast".formatted(uuid))
                        .json()
                        .path("makespan_seconds")
                        .asDouble())
                .isLessThan(3600);
    }

    @Test
    void whatNobodyHasEstimatedTakesAsLongAsItsLikeDid() {
        service.query("""
                MERGE (recorded:RecordedDuration {key: 'http'})
                SET recorded.durations = [7200.0, 7200.0, 7200.0], recorded.succeeded = [true, true, true]""", Map.of());
        var next = """
                {"actions": [{"id": "a", "action_type": "http", "input_parameters": {"url": "http://127.0.0.1:1/"}}]}""";

        var stored = service.get("/v1/action_plans/%s/forecast".formatted(service.create(next)));
        var dry = service.post("/v1/action_plans?dry_run=true", next);

        assertThat(stored.json().path("makespan_seconds").asDouble()).isCloseTo(7200, within(1e-3));
        assertThat(dry.json().at("/forecast/makespan_seconds").asDouble())
                .isCloseTo(stored.json().path("makespan_seconds").asDouble(), within(1e-3));
    }

    @Test
    void faultsAreToldInADryRunToo() {
        assertThat(service.post("/v1/action_plans?dry_run=true", "{\"actions\": []}")
                        .status())
                .isEqualTo(400);
        assertThat(service.post("/v1/action_plans?dry_run=perhaps", PLAN).status())
                .isEqualTo(400);
        assertThat(service.post("/v1/action_plans?dryrun=true", PLAN).status()).isEqualTo(400);
    }

    @Test
    void aPlanWithoutParentsIsMadeByThePlannerConstraint() {
        var uuid = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        assertThat(service.plan(uuid).path("planner").asText()).isEqualTo("constraint");
    }
}
