package interlock.web.v1.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.web.Answer;
import interlock.web.RunningService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class ArchiveTest {
    private static final String PLAN = """
            {"name": "archived %s", "planner": "explicit", "on_failure": "rollback",
             "resources": [{"kind": "lock", "id": "own", "capacity": 2, "scope": "plan"}],
             "actions": [
               {"id": "a", "action_type": "nop", "uses": [{"kind": "lock", "id": "own"}, {"kind": "rack", "id": "r%s"}]},
               {"id": "b", "action_type": "fail", "input_parameters": {"message": "no"}, "parents": ["a"],
                "alternatives": [{"name": "other", "actions": [
                  {"id": "c", "action_type": "fail", "input_parameters": {"message": "no"}}]}]},
               {"id": "d", "action_type": "nop", "parents": ["b"]}]}
            """;

    private final RunningService service;

    ArchiveTest(RunningService service) {
        this.service = service;
    }

    private UUID ended() {
        String some = UUID.randomUUID().toString();
        UUID plan = service.create(PLAN.formatted(some, some));
        assertThat(service.run(plan).path("state").asText()).isEqualTo("FAILED");
        return plan;
    }

    private String exported(UUID plan) {
        Answer export = service.get("/v1/action_plans/%s/export".formatted(plan));
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.body().lines()).hasSize(1);
        return export.body();
    }

    private void purge(UUID plan) {
        Answer begun =
                service.post("/v1/purge", "{\"older_than\": \"0s\", \"action_plans\": [\"%s\"]}".formatted(plan));
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        String id = begun.json().path("id").asText();
        JsonNode ended = await().atMost(RunningService.PATIENCE)
                .until(() -> service.get("/v1/purge/" + id).json(), it -> it.hasNonNull("finished_at"));
        assertThat(ended.path("removed_plans").asInt()).as(ended.toString()).isEqualTo(1);
    }

    private static String comparable(String export) {
        JsonNode document = Answer.json(export);
        ((ObjectNode) document.path("plan")).remove(List.of("restoredAt", "number", "queueIdle"));
        document.path("revisions").forEach(each -> ((ObjectNode) each.path("revision")).remove("turn"));
        return document.toPrettyString();
    }

    @Test
    void aPurgedPlanIsGoneAndARestoredOneIsAsItWas() {
        UUID plan = ended();
        String export = exported(plan);
        String shown = service.get("/v1/action_plans/" + plan).body();
        String graph = service.get("/v1/action_plans/%s/graph".formatted(plan)).body();

        purge(plan);
        assertThat(service.get("/v1/action_plans/" + plan).status()).isEqualTo(404);
        assertThat(service.post("/v1/action_plans/%s/retry".formatted(plan), "").status())
                .isEqualTo(404);
        assertThat(service.delete("/v1/action_plans/" + plan).status()).isEqualTo(404);
        assertThat(service.query(
                        "MATCH (n) WHERE n.planUuid = $plan OR n.uuid = $plan RETURN n",
                        Map.of("plan", plan.toString())))
                .isEmpty();

        Answer restored = service.post("/v1/action_plans/restore", export);
        assertThat(restored.status()).as(restored.body()).isEqualTo(201);
        assertThat(service.get("/v1/action_plans/" + plan).body()).isEqualTo(shown);
        assertThat(service.get("/v1/action_plans/%s/graph".formatted(plan)).body())
                .isEqualTo(graph);
        assertThat(comparable(exported(plan))).isEqualTo(comparable(export));

        Answer again = service.post("/v1/action_plans/restore", export);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.detail()).isEqualTo("The plan %s is stored already.".formatted(plan));

        assertThat(service.post("/v1/action_plans/%s/retry".formatted(plan), "").status())
                .isEqualTo(200);
        assertThat(service.awaitEnd(plan).path("state").asText()).isEqualTo("FAILED");
    }

    @Test
    void anUnfinishedPlanIsNotExported() {
        UUID plan = service.create(PLAN.formatted("x", "x"));

        Answer refused = service.get("/v1/action_plans/%s/export".formatted(plan));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).isEqualTo("Couldn't export when state is 'RECOMMENDED': the plan has not ended.");
        assertThat(service.get("/v1/action_plans/%s/export".formatted(UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anInvalidExportIsRejectedWithAllOfItsErrorsAndLeavesNothing() {
        UUID plan = ended();
        String export = exported(plan);
        purge(plan);
        long before = service.nodes();

        assertThat(faults(export, document -> document.put("format", "other")))
                .containsExactly("format: must be \"interlock-plan-1\": the document is no export of a plan");
        assertThat(faults(export, document -> document.remove("complete")))
                .containsExactly("complete: must be true: the export is incomplete");
        assertThat(faults(export, document -> {
                    ((ObjectNode) document.path("plan")).put("state", "ONGOING").put("`x", 1);
                    ((ObjectNode) document.at("/actions/0/action"))
                            .put("state", "PENDING")
                            .put("number", -1);
                    ((ObjectNode) document.at("/actions/1/parents/0")).put("uuid", "nobody");
                    ((ObjectNode) document.at("/actions/1/action")).put("inputParameters", "{");
                    ((ObjectNode) document.at("/actions/0/uses/0")).put("units", 0);
                }))
                .containsExactlyInAnyOrder(
                        "plan: has a property whose name is none of the graph",
                        "plan.state: must be the state of an ended plan",
                        "actions[0].action.number: must be an integer of at least 0",
                        "actions[0].action.state: must be a state of an action of an ended plan",
                        "actions[0].uses[0].units: must be an integer from 1 to 1,000,000",
                        "actions[1].action.inputParameters: must be JSON in a text, as it was exported",
                        "actions[1].parents[0].uuid: is not in the document: \"nobody\"");
        assertThat(service.nodes()).isEqualTo(before);
    }

    private List<String> faults(String export, Consumer<ObjectNode> change) {
        ObjectNode document = (ObjectNode) Answer.json(export);
        change.accept(document);
        Answer refused = service.post("/v1/action_plans/restore", document.toString());
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        return refused.faults();
    }

    @Test
    void badPurgesAreRejected() {
        assertThat(service.post("/v1/purge", "{}").detail())
                .isEqualTo("older_than: must be a duration such as \"30d\", not absent");
        assertThat(service.post("/v1/purge", "{\"older_than\": \"soon\"}").detail())
                .startsWith("older_than: 'soon' is not a duration");
        assertThat(service.post("/v1/purge", "{\"older_than\": \"1d\", \"states\": [\"ONGOING\"]}")
                        .detail())
                .startsWith("states: \"ONGOING\" is not a state of an ended plan: SUCCEEDED");
        assertThat(service.post("/v1/purge", "{\"older_than\": \"1d\", \"all\": true}")
                        .detail())
                .startsWith("Unknown attribute: all");
        assertThat(service.get("/v1/purge/" + UUID.randomUUID()).status()).isEqualTo(404);
        Answer dry = service.post("/v1/purge", "{\"older_than\": \"36500d\", \"dry_run\": true}");
        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().path("plans").asInt()).isZero();
    }
}
