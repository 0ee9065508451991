package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.RunningService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningService.Shared.class)
class GraphTest {
    private final RunningService service;

    GraphTest(RunningService service) {
        this.service = service;
    }

    private record Dependency(String child, String parent) {}

    @Test
    void theGraphIsThatOfTheDocumentInTheDatabaseToo() {
        var random = new Random(7);
        Set<Dependency> edges = new HashSet<>();
        var actions = IntStream.range(0, 200)
                .mapToObj(n -> {
                    var parents = n == 0
                            ? Set.<Integer>of()
                            : Set.copyOf(random.ints(3, 0, n).boxed().toList().stream()
                                    .distinct()
                                    .toList());
                    parents.forEach(parent -> edges.add(new Dependency("a" + n, "a" + parent)));
                    return "{\"id\": \"a%d\", \"action_type\": \"nop\", \"parents\": %s}"
                            .formatted(
                                    n,
                                    parents.stream().map("\"a%d\""::formatted).toList());
                })
                .toList();
        var plan = service.create("{\"actions\": %s}".formatted(actions));

        var told = graph(plan);
        var stored = service.query("""
                MATCH (a:Action)-[:DEPENDS_ON]->(p) WHERE a.planUuid = $plan AND p.planUuid = $plan
                RETURN a.id AS child, p.id AS parent""", Map.of("plan", plan.toString()));

        assertThat(stored)
                .map(row -> new Dependency(
                        row.get("child").asString(), row.get("parent").asString()))
                .hasSize(edges.size())
                .containsExactlyInAnyOrderElementsOf(edges);
        assertThat(dependencies(told)).isEqualTo(edges);
        assertThat(told.path("edges")).hasSize(edges.size());
        assertThat(told.path("nodes"))
                .map(node -> node.path("id").asText())
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj("a%d"::formatted).toList());
    }

    private static Set<Dependency> dependencies(JsonNode graph) {
        Map<String, String> ids = new HashMap<>();
        graph.path("nodes")
                .forEach(node ->
                        ids.put(node.path("uuid").asText(), node.path("id").asText()));
        Set<Dependency> dependencies = new HashSet<>();
        graph.path("edges")
                .forEach(edge -> dependencies.add(new Dependency(
                        ids.get(edge.path("to").asText()),
                        ids.get(edge.path("from").asText()))));
        return dependencies;
    }

    private JsonNode graph(UUID plan) {
        return service.get("/v1/action_plans/%s/graph".formatted(plan)).json();
    }

    @Test
    void nodesAreInLayers() {
        var plan = service.create("""
                {"actions": [{"id": "c", "action_type": "nop", "parents": ["a", "b"]},
                  {"id": "b", "action_type": "nop", "parents": ["a"]}, {"id": "a", "action_type": "nop"}]}""");

        assertThat(graph(plan).path("nodes"))
                .map(node -> node.path("id").asText() + node.path("layer").asInt())
                .containsExactly("c2", "b1", "a0");
    }

    @Test
    void dotAndMermaidDrawWhatEverAnActionIsCalled() {
        var plan = service.create("""
                {"name": "a \\"plan\\" \\\\", "actions": [
                  {"id": "say \\"hi\\"", "action_type": "nop"},
                  {"id": "<b>#1</b> & \\\\ x", "action_type": "nop", "parents": ["say \\"hi\\""]}]}""");
        var path = "/v1/action_plans/%s/graph".formatted(plan);
        var uuids = graph(plan).path("nodes");

        var dot = service.get(path, "Accept", "text/vnd.graphviz");
        var mermaid = service.get(path + "?format=mermaid");

        assertThat(dot.mediaType()).isEqualTo("text/vnd.graphviz");
        assertThat(dot.body().lines())
                .contains(
                        "digraph \"a \\\"plan\\\" \\\\\" {",
                        "  \"%s\" [label=\"say \\\"hi\\\"\\nnop PENDING\" fillcolor=\"#d9d9d9\"]"
                                .formatted(uuids.get(0).path("uuid").asText()),
                        "  \"%s\" [label=\"<b>#1</b> & \\\\ x\\nnop PENDING\" fillcolor=\"#d9d9d9\"]"
                                .formatted(uuids.get(1).path("uuid").asText()),
                        "  \"%s\" -> \"%s\""
                                .formatted(
                                        uuids.get(0).path("uuid").asText(),
                                        uuids.get(1).path("uuid").asText()));
        assertThat(mermaid.mediaType()).isEqualTo("text/vnd.mermaid");
        assertThat(mermaid.body().lines())
                .contains(
                        "  a0[\"say #quot;hi#quot;<br/>nop\"]:::pending",
                        "  a1[\"#lt;b#gt;#35;1#lt;/b#gt; #amp; \\ x<br/>nop\"]:::pending",
                        "  a0 --> a1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,       -,                                              JSON",
                "-,       '*/*',                                          JSON",
                "-,       'text/html,application/xhtml+xml,*/*;q=0.8',    JSON",
                "-,       'image/png',                                    JSON",
                "-,       'text/vnd.mermaid',                             MERMAID",
                "-,       'Text/Vnd.Graphviz; charset=utf-8',             DOT",
                "-,       'text/*',                                       DOT",
                "-,       'application/json;q=0.5, text/vnd.mermaid',     MERMAID",
                "-,       'text/vnd.graphviz;q=0.4, text/vnd.mermaid;q=0.6, */*;q=0.1', MERMAID",
                "-,       'text/vnd.graphviz;q=0, application/json;q=0.1',JSON",
                "-,       'text/vnd.graphviz;q=high, text/vnd.mermaid;q=0.2', MERMAID",
                "dot,     'application/json',                             DOT",
                "mermaid, -,                                              MERMAID",
                "json,    'text/vnd.graphviz',                            JSON"
            })
    void theLanguageIsTheOneThatIsLikedBest(String argument, String accept, GraphFormat format) {
        assertThat(GraphFormat.wanted(argument, accept)).isEqualTo(format);
    }

    @Test
    void anUnknownLanguageIsRefused() {
        assertThatThrownBy(() -> GraphFormat.wanted("png", null))
                .hasMessage("format must be json, dot or mermaid, not 'png'.");
    }
}
