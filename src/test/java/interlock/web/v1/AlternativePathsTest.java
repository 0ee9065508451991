package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Alternative paths and reverts in REST. */
@ExtendWith(RunningService.Shared.class)
class AlternativePathsTest {
    private static final String DOCUMENT = """
            {"name": "drain", "actions": [
              {"id": "disable", "action_type": "nop"},
              {"id": "move", "action_type": "fail", "input_parameters": {"message": "no room"}, "parents": ["disable"],
               "deadline": "1h",
               "alternatives": [{"name": "cold", "actions": [
                 {"id": "stop", "action_type": "nop"},
                 {"id": "cold move", "action_type": "nop", "parents": ["stop"]}]}]},
              {"id": "off", "action_type": "nop", "parents": ["move"]}],
             "alternatives": [{"name": "give it back", "replaces": ["disable", "move", "off"], "abort_running": true,
               "actions": [{"id": "enable", "action_type": "nop"}]}]}""";

    private final RunningService service;

    AlternativePathsTest(RunningService service) {
        this.service = service;
    }

    @Test
    void aPathThatWasTakenTellsForWhatWhyWhenAndHowItEnded() {
        var plan = service.create(DOCUMENT);
        service.run(plan);
        var uuids = uuids(plan);

        var paths = service.get(path(plan) + "/alternative_paths").json().path("alternative_paths");

        assertThat(paths).map(path -> path.path("name").asText()).containsExactlyInAnyOrder("cold", "give it back");
        var cold = named(paths, "cold");
        assertThat(cold.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(cold.path("reason").asText())
                .startsWith("Action 'move' failed: ")
                .endsWith("no room");
        assertThat(cold.path("failed_action").asText()).isEqualTo(uuids.get("move"));
        assertThat(cold.path("replaces")).map(JsonNode::asText).containsExactly(uuids.get("move"));
        assertThat(cold.path("actions"))
                .map(JsonNode::asText)
                .containsExactly(uuids.get("stop"), uuids.get("cold move"));
        assertThat(cold.path("activated_at").asText())
                .isLessThanOrEqualTo(cold.path("finished_at").asText());
        var standby = named(paths, "give it back");
        assertThat(standby.path("state").asText()).isEqualTo("STANDBY");
        assertThat(standby.path("abort_running").asBoolean()).isTrue();
        assertThat(standby.path("replaces"))
                .map(JsonNode::asText)
                .containsExactly(uuids.get("disable"), uuids.get("move"), uuids.get("off"));
        assertThat(standby.path("rank").asInt()).isGreaterThan(cold.path("rank").asInt());
        assertThat(standby.path("failed_action").isNull()).isTrue();
    }

    @Test
    void theGraphTellsWhatIsInForceWhatWasAndWhatAPathMade() {
        var plan = service.create(DOCUMENT);
        var before = edges(plan);
        service.run(plan);
        var cold = named(graph(plan).path("paths"), "cold").path("uuid").asText();

        assertThat(before)
                .isEqualTo(Map.of(
                        "disable -> move", "depends_on",
                        "move -> off", "depends_on",
                        "stop -> cold move", "depends_on"));
        assertThat(edges(plan))
                .isEqualTo(Map.of(
                        "disable -> move", "depends_on",
                        "move -> off", "replaced",
                        "cold move -> off", "alternative",
                        "stop -> cold move", "depends_on"));
        assertThat(graph(plan).path("edges"))
                .filteredOn(edge -> !edge.path("kind").asText().equals("depends_on"))
                .allSatisfy(edge -> assertThat(edge.path("path").asText()).isEqualTo(cold));
        assertThat(graph(plan).path("nodes"))
                .filteredOn(node -> node.path("path").asText().equals(cold))
                .map(node -> node.path("id").asText())
                .containsExactly("stop", "cold move");
    }

    @Test
    void anActionTellsItsPathAndWhichPathTookItsPlaceAndItsParentsInForce() {
        var plan = service.create(DOCUMENT);
        service.run(plan);
        var uuids = uuids(plan);
        var cold = named(graph(plan).path("paths"), "cold").path("uuid").asText();

        var move = action(uuids.get("move"));
        var stop = action(uuids.get("stop"));
        var off = action(uuids.get("off"));

        assertThat(move.path("replaced_by").asText()).isEqualTo(cold);
        assertThat(move.path("alternative_path").isNull()).isTrue();
        assertThat(move.path("deadline").asText())
                .isGreaterThan(move.path("started_at").asText());
        assertThat(stop.path("alternative_path").asText()).isEqualTo(cold);
        assertThat(stop.path("deadline").isNull()).isTrue();
        assertThat(off.path("parents")).map(JsonNode::asText).containsExactly(uuids.get("cold move"));
    }

    @Test
    void dotAndMermaidDrawEachPathInAFrame() {
        var plan = service.create(DOCUMENT);
        service.run(plan);
        var uuids = uuids(plan);

        var dot = service.get(path(plan) + "/graph?format=dot").body();
        var mermaid = service.get(path(plan) + "/graph?format=mermaid").body();

        assertThat(dot.lines())
                .contains(
                        "    label=\"cold SUCCEEDED\\ninstead of move\" style=\"rounded,dashed\" fontname=\"Helvetica\"",
                        "  \"%s\" -> \"%s\" [style=dashed]".formatted(uuids.get("cold move"), uuids.get("off")),
                        "  \"%s\" -> \"%s\" [style=dotted color=\"#c0c0c0\"]"
                                .formatted(uuids.get("move"), uuids.get("off")))
                .anyMatch(line -> line.startsWith("    \"%s\" [label=\"stop".formatted(uuids.get("stop"))));
        assertThat(mermaid.lines())
                .contains("  subgraph p0[\"give it back STANDBY<br/>instead of disable, move, off\"]")
                .anyMatch(line -> line.matches(" {4}a\\d\\[\"stop<br/>nop\"]:::succeeded"))
                .anyMatch(line -> line.matches("  a\\d -\\. replaced \\.-> a\\d"))
                .anyMatch(line -> line.matches("  a\\d ==> a\\d"));
    }

    @Test
    void aRevertTellsWhatItUndoesAndThatTellsThatItWasUndone() {
        var plan = service.create("""
                {"on_failure": "rollback", "actions": [
                  {"id": "a", "action_type": "nop"}, {"id": "b", "action_type": "fail", "parents": ["a"]}]}""");
        var ended = service.run(plan);
        var uuids = uuids(plan);

        var undone = action(uuids.get("a"));
        var revert = action(uuids.get("revert a"));

        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("actions_total").asInt()).isEqualTo(3);
        assertThat(undone.path("reverted").asBoolean()).isTrue();
        assertThat(revert.path("reverted").asBoolean()).isFalse();
        assertThat(revert.path("reverts").asText()).isEqualTo(uuids.get("a"));
        assertThat(edges(plan)).isEqualTo(Map.of("a -> b", "depends_on", "a -> revert a", "reverts"));
        assertThat(service.get(path(plan) + "/graph?format=dot").body()).contains("label=\"reverts\"");
    }

    @Test
    void aPlanThatIsNotThereHasNoPaths() {
        assertThat(service.get(path(UUID.randomUUID()) + "/alternative_paths").status())
                .isEqualTo(404);
    }

    private JsonNode graph(UUID plan) {
        return service.get(path(plan) + "/graph").json();
    }

    private Map<String, String> uuids(UUID plan) {
        Map<String, String> uuids = new HashMap<>();
        graph(plan)
                .path("nodes")
                .forEach(node ->
                        uuids.put(node.path("id").asText(), node.path("uuid").asText()));
        return uuids;
    }

    /** The kind of each edge. */
    private Map<String, String> edges(UUID plan) {
        Map<String, String> ids = new HashMap<>();
        uuids(plan).forEach((id, uuid) -> ids.put(uuid, id));
        Map<String, String> edges = new HashMap<>();
        graph(plan)
                .path("edges")
                .forEach(edge -> edges.put(
                        ids.get(edge.path("from").asText()) + " -> "
                                + ids.get(edge.path("to").asText()),
                        edge.path("kind").asText()));
        return edges;
    }

    private JsonNode action(String uuid) {
        return service.get("/v1/actions/" + uuid).json();
    }

    private static JsonNode named(JsonNode paths, String name) {
        for (var path : paths) {
            if (path.path("name").asText().equals(name)) {
                return path;
            }
        }
        throw new AssertionError(name + " is not among " + paths);
    }

    private static String path(UUID plan) {
        return "/v1/action_plans/" + plan;
    }
}
