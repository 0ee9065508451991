package interlock.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static Map<String, Integer> columns(JsonNode layout) {
        Map<String, Integer> columns = new HashMap<>();
        layout.path("nodes")
                .forEach(node -> columns.put(
                        node.path("id").asText(), node.path("column").asInt()));
        return columns;
    }

    private static void leadsFromLeftToRight(JsonNode layout) {
        assertThat(layout.path("edges"))
                .filteredOn(edge -> !edge.path("kind").asText().equals("replaced"))
                .isNotEmpty()
                .allSatisfy(edge -> assertThat(layout.at("/nodes/%d/column"
                                        .formatted(edge.path("from").asInt()))
                                .asInt())
                        .isLessThan(layout.at("/nodes/%d/column"
                                        .formatted(edge.path("to").asInt()))
                                .asInt()));
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
        assertThat(columns(before)).isEqualTo(Map.of("a", 0, "b", 1, "p1", 1, "p2", 2));
        assertThat(columns(taken)).isEqualTo(Map.of("a", 0, "b", 3, "p1", 1, "p2", 2));
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
            places.add(node.path("column") + "/" + node.path("row"));
            rows.put(node.path("id").asText(), node.path("row").asDouble());
        });
        assertThat(places).doesNotHaveDuplicates();
        assertThat(rows).isEqualTo(Map.of("a1", -0.5, "a2", -0.5, "b1", 0.5, "b2", 0.5));
    }
}
