package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class LayoutTest {
    private final RunningService service;

    LayoutTest(RunningService service) {
        this.service = service;
    }

    private JsonNode layout(String plan, boolean run) {
        var uuid = service.create(plan);
        if (run) {
            service.run(uuid);
        }
        return service.get("/v1/action_plans/%s/layout".formatted(uuid)).json();
    }

    private static Map<String, Integer> layers(JsonNode layout) {
        Map<String, Integer> layers = new HashMap<>();
        layout.path("nodes")
                .forEach(node ->
                        layers.put(node.path("id").asText(), node.path("layer").asInt()));
        return layers;
    }

    private static void leadsFromLeftToRight(JsonNode layout) {
        assertThat(layout.path("edges").path("depends_on")).isNotEmpty();
        for (String kind : List.of("depends_on", "alternative")) {
            JsonNode ends = layout.path("edges").path(kind);
            for (int at = 0; at < ends.size(); at += 2) {
                assertThat(at(layout, ends.get(at), "x")).isLessThan(at(layout, ends.get(at + 1), "x"));
            }
        }
    }

    private static double at(JsonNode layout, JsonNode place, String axis) {
        return layout.path("nodes").path(place.asInt()).path(axis).asDouble();
    }

    @Test
    void whatIsInForceLeadsFromLeftToRightAlsoAfterAPathWasTaken() {
        var plan = """
                {"actions": [
                  {"id": "a", "action_type": "fail", "alternatives": [{"name": "p", "actions": [
                    {"id": "p1", "action_type": "nop"}, {"id": "p2", "action_type": "nop", "parents": ["p1"]}]}]},
                  {"id": "b", "action_type": "nop", "parents": ["a"]}]}""";

        var before = layout(plan, false);
        var taken = layout(plan, true);

        leadsFromLeftToRight(before);
        leadsFromLeftToRight(taken);
        assertThat(layers(before)).isEqualTo(Map.of("a", 0, "b", 1, "p1", 1, "p2", 2));
        assertThat(layers(taken)).isEqualTo(Map.of("a", 0, "b", 3, "p1", 1, "p2", 2));
    }

    @Test
    void noTwoActionsStandInOnePlaceAndChainsDoNotCross() {
        var layout = layout("""
                {"actions": [
                  {"id": "a1", "action_type": "nop"}, {"id": "b1", "action_type": "nop"},
                  {"id": "b2", "action_type": "nop", "parents": ["b1"]},
                  {"id": "a2", "action_type": "nop", "parents": ["a1"]}]}""", false);

        List<String> places = new ArrayList<>();
        Map<String, Double> rows = new HashMap<>();
        layout.path("nodes").forEach(node -> {
            places.add(node.path("x") + "/" + node.path("y"));
            rows.put(node.path("id").asText(), node.path("y").asDouble());
        });
        assertThat(places).doesNotHaveDuplicates();
        assertThat(rows).isEqualTo(Map.of("a1", -0.5, "a2", -0.5, "b1", 0.5, "b2", 0.5));
    }

    @Test
    void whatLeadsOverSeveralLayersPassesBetweenTheActions() {
        var layout = layout("""
                {"actions": [
                  {"id": "a", "action_type": "nop"},
                  {"id": "b", "action_type": "nop", "parents": ["a"]},
                  {"id": "c", "action_type": "nop", "parents": ["a", "b"]}]}""", false);

        assertThat(layout.path("bends")).singleElement().satisfies(bend -> {
            assertThat(bend.path("from").asInt()).isZero();
            assertThat(bend.path("to").asInt()).isEqualTo(2);
            assertThat(bend.path("rows"))
                    .singleElement()
                    .satisfies(row -> assertThat(Math.abs(row.asDouble()
                                    - at(
                                            layout,
                                            layout.path("edges")
                                                    .path("depends_on")
                                                    .get(1),
                                            "y")))
                            .isGreaterThan(0.5));
        });
    }

    @Test
    void aWidePlanIsFoldedIntoColumnsOfOneLayer() {
        var actions = IntStream.range(0, 300)
                .mapToObj("{\"id\": \"a%d\", \"action_type\": \"nop\"}"::formatted)
                .collect(Collectors.joining(", "));

        var layout = layout("{\"actions\": [%s]}".formatted(actions), false);

        Set<String> places = new HashSet<>();
        layout.path("nodes").forEach(node -> places.add(node.path("x") + "/" + node.path("y")));
        assertThat(places).hasSize(300);
        assertThat(layers(layout).values()).containsOnly(0);
        assertThat(layout.path("nodes").findValues("y"))
                .allSatisfy(row -> assertThat(Math.abs(row.asDouble())).isLessThan(20));
    }

    @Test
    void whoHasTheDrawingOfARevisionIsNotSentItAgainUntilThePlanChanges() {
        var uuid = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
        var path = "/v1/action_plans/%s/layout".formatted(uuid);
        var tag = service.get(path).header("ETag");

        assertThat(service.get(path, "If-None-Match", tag).status()).isEqualTo(304);
        service.run(uuid);
        var after = service.get(path, "If-None-Match", tag);

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json().at("/nodes/0/state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void theTimelineTellsWhatRanAndHowOften() {
        var uuid = service.create("""
                {"actions": [
                  {"id": "late", "action_type": "nop", "parents": ["early"]},
                  {"id": "early", "action_type": "fail", "input_parameters": {"times": 1},
                   "retry": {"max_attempts": 2, "initial_backoff": "1ms"}}]}""");
        service.run(uuid);

        var rows = service.get("/v1/action_plans/%s/timeline".formatted(uuid))
                .json()
                .path("actions");
        var second = service.get("/v1/action_plans/%s/timeline?offset=1&limit=1".formatted(uuid))
                .json()
                .path("actions");

        assertThat(rows.findValuesAsText("id")).containsExactly("early", "late");
        assertThat(rows.at("/0/attempts").findValuesAsText("outcome")).containsExactly("FAILED", "SUCCEEDED");
        assertThat(rows.at("/1/attempts")).hasSize(1);
        assertThat(second.findValuesAsText("id")).containsExactly("late");
    }

    @Test
    void anOffsetThatIsNoNumberIsRefused() {
        var uuid = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        var answer = service.get("/v1/action_plans/%s/timeline?offset=-1".formatted(uuid));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText())
                .isEqualTo("Invalid offset: '-1'. It must be a number of at least 0.");
    }
}
