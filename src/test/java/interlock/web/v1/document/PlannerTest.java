package interlock.web.v1.document;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningService.Shared.class)
class PlannerTest {
    private final RunningService service;

    PlannerTest(RunningService service) {
        this.service = service;
    }

    @Test
    void aPlannerPutsActionsInOrderAndStoresNothing() {
        long nodes = service.nodes();

        var answer = plan("weight", """
                {"actions": [
                  {"action_type": "migrate", "resource_id": "", "input_parameters": {"source_node": "h"}},
                  {"action_type": "migrate", "input_parameters": {"source_node": "h", "resource_id": ""}},
                  {"action_type": "teleport", "resource_id": null, "input_parameters": null},
                  {"action_type": "resize", "resource_id": "a", "input_parameters": {"resource_id": "a"}},
                  {"action_type": "resize", "resource_id": "b"}],
                 "planner_options": {"weights": {"teleport": 99, "migrate": 30, "resize": 20}, "parallelization": {"teleport": 1, "resize": 1}}}
                """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().toString()).isEqualTo("{\"order\":[2,0,3,4],\"edges\":[[0,3],[2,0],[3,4]]}");
        assertThat(service.nodes()).isEqualTo(nodes);
    }

    @Test
    void aPlannerIsToldWhereInstancesAre() {
        var actions = """
                {"actions": [
                  {"action_type": "resize", "resource_id": "a"},
                  {"action_type": "turn_host_to_acpi_s3_state", "resource_id": "h"}]%s}
                """;

        assertThat(plan(
                                "workload_stabilization",
                                actions.formatted(", \"planner_options\": {\"instance_hosts\": {\"a\": \"h\"}}"))
                        .json()
                        .path("edges")
                        .toString())
                .isEqualTo("[[0,1]]");
        assertThat(plan("workload_stabilization", actions.formatted("")).faults())
                .containsExactly("actions[0].input_parameters.resource_id: the host of the instance 'a' "
                        + "is unknown; set it in planner_options.instance_hosts");
    }

    @Test
    void actionsMayHaveIdsAndParents() {
        var answer = plan("explicit", """
                {"actions": [{"id": "x", "action_type": "a", "parents": ["y"]}, {"id": "y", "action_type": "a"}]}
                """);

        assertThat(answer.json().toString()).isEqualTo("{\"order\":[0,1],\"edges\":[[1,0]]}");
        assertThat(plan("weight", "{\"actions\": []}").json().toString()).isEqualTo("{\"order\":[],\"edges\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"2147483647,  '[0,1]', '[]'", "1000000001,  '[0,1]', '[]'", "-2147483648, '[0,1]', '[[0,1]]'"})
    void aPlannerIsToldAnyWholeNumber(int number, String order, String edges) {
        assertThat(plan("weight", """
                {"actions": [{"action_type": "nop", "input_parameters": {"message": "a"}}, {"action_type": "nop"}],
                 "planner_options": {"weights": {"nop": %1$d}, "parallelization": {"nop": %1$d}}}
                """.formatted(number)).json().toString())
                .isEqualTo("{\"order\":%s,\"edges\":%s}".formatted(order, edges));
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThat(plan("weight", """
                {"actions": [{"resource_id": "a"}, {"action_type": "nop", "parents": ["x"]},
                   {"action_type": "nop", "resource_id": "a", "input_parameters": {"resource_id": "b"}}],
                 "planner_options": {"weights": {"nop": "70"}, "widths": {}, "parallelization": {"nop": 1.5},
                   "budget": "soon"}, "name": "x"}
                """).faults())
                .containsExactlyInAnyOrder(
                        "actions[0].action_type: is missing",
                        "actions[1].parents[0]: there is no action 'x'",
                        "actions[2].input_parameters.resource_id: is \"b\", "
                                + "but the resource_id of the action is \"a\"; leave one of them out",
                        "planner_options.weights.nop: string found, integer expected",
                        "planner_options.parallelization.nop: number found, integer expected",
                        "planner_options.widths: is not a known field",
                        "planner_options.budget: 'soon' is not a duration: write PT1M30S, 250ms, 10s, 5m, 2h or 1d",
                        "name: is not a known field");
        assertThat(plan("oracle", "{\"actions\": []}").status()).isEqualTo(404);
        assertThat(plan("weight", "[]").status()).isEqualTo(400);
    }

    @Test
    void aPlanIsMadeByThePlannerItAsksFor() {
        var uuid = service.create("""
                {"planner": "weight", "planner_options": {"weights": {"sleep": 100, "nop": 70}, "parallelization": {"nop": 2}},
                 "actions": [
                  {"id": "a", "action_type": "nop"},
                  {"id": "b", "action_type": "nop"},
                  {"id": "c", "action_type": "sleep", "input_parameters": {"duration": 0}}],
                 "alternatives": [{"name": "p", "replaces": ["b"], "actions": [{"id": "d", "action_type": "nop"}]}]}
                """);

        var graph = service.get("/v1/action_plans/%s/graph".formatted(uuid)).json();

        assertThat(service.plan(uuid).path("planner").asText()).isEqualTo("weight");
        assertThat(graph.path("nodes").findValuesAsText("id"))
                .contains("a", "c", "d")
                .doesNotContain("b");
        assertThat(graph.path("edges")).hasSize(1);
        assertThat(service.run(uuid).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void optionsOfAPlanThatMakeNoSenseAreNamed() {
        assertThat(service.post("/v1/action_plans", """
                        {"planner": "weight", "planner_options": {"weights": [], "instance_hosts": {"a": 1}},
                         "actions": [{"id": "a", "action_type": "nop"}]}""").faults())
                .containsExactlyInAnyOrder(
                        "planner_options.weights: array found, object expected",
                        "planner_options.instance_hosts.a: integer found, string expected");
        assertThat(service.post("/v1/action_plans", """
                        {"planner": "weight", "actions": [{"id": "a", "action_type": "fail"}]}""").faults())
                .containsExactly(
                        "actions[0].action_type: the planner 'weight' has no weight for 'fail'; set it in weights");
    }

    @Test
    void plannersAreListedWithTheOptionsThatTheyLookAt() {
        var planners = service.get("/v1/planners");

        assertThat(planners.each("planners", "name"))
                .contains("explicit", "node_resource_consolidation", "weight", "workload_stabilization");
        for (var planner : planners.json().path("planners")) {
            var options = planner.path("options_schema").path("properties");
            switch (planner.path("name").asText()) {
                case "weight" -> {
                    assertThat(options.fieldNames()).toIterable().containsExactly("weights", "parallelization");
                    assertThat(options.at("/weights/default/nop").asInt()).isEqualTo(70);
                }
                case "explicit", "node_resource_consolidation" ->
                    assertThat(options).isEmpty();
                default -> assertThat(options).isNotEmpty();
            }
        }
    }

    private Answer plan(String planner, String body) {
        return service.post("/v1/planners/%s/plan".formatted(planner), body);
    }
}
