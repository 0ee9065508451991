package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.model.ActionGraph;
import interlock.model.AuditState;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.OnFailure;
import interlock.model.PlanCapacities;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.DiskFull;
import interlock.neo4j.database.Json;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.PlanStore;
import interlock.plan.PlanDocument;
import interlock.strategy.Strategies;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Runs audits: their strategies recommend actions, from which plans are created.
 *
 * @param audits stores the audits
 * @param documents reads the plans
 * @param store stores the plans
 * @param control starts the plans
 * @param changed called with the uuid of a started plan
 */
public record AuditRuns(
        AuditStore audits, PlanDocument documents, PlanStore store, PlanControl control, Consumer<UUID> changed) {
    /** Watcher's default planner. */
    private static final String PLANNER = "weight";

    private static final int LONGEST_MESSAGE = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Creates a plan from the strategy's recommendation, and starts it if the audit asks for that. */
    void run(Audit audit) {
        Strategies.Strategy strategy =
                Strategies.strategy(audit.request().strategy()).orElseThrow();
        try {
            ArrayNode recommended = recommended(audit, strategy);
            NewPlan wanted = recommended.isEmpty()
                    ? nothingToDo(audit)
                    : documents.read(document(audit, recommended), Optional.empty());
            UUID plan = store.create(wanted);
            audits.recommend(audit, plan, strategy.uuid());
            if (audit.request().autoTrigger() && !recommended.isEmpty()) {
                start(audit, plan);
            }
        } catch (InvalidPlan | DiskFull e) {
            String message = shortened(String.valueOf(e.getMessage()));
            audits.change(audit, AuditState.FAILED, Optional.of(message), audit.request());
        }
    }

    /** A plan that cannot start remains RECOMMENDED, and the audit says why. */
    private void start(Audit audit, UUID plan) {
        if (control.start(plan, OptionalLong.empty()) instanceof PlanControl.Change.Blocked(String reason)) {
            audits.find(audit.uuid(), false)
                    .ifPresent(now -> audits.change(
                            now,
                            now.state().orThrow(),
                            Optional.of(shortened("The plan was not started: " + reason)),
                            now.request()));
        }
        changed.accept(plan);
    }

    private static String shortened(String message) {
        return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
    }

    private static ArrayNode recommended(Audit audit, Strategies.Strategy strategy) {
        if (strategy.needsModel()) {
            throw new InvalidPlan(
                    "strategy",
                    "'%s' needs a model of the cluster, which is not available; 'actuator' takes the actions as a parameter"
                            .formatted(strategy.name()));
        }
        return strategy.actions(Json.readTree(audit.request().parameters(), ObjectNode.class));
    }

    /** A plan without actions is SUCCEEDED as soon as it is stored. */
    private static NewPlan nothingToDo(Audit audit) {
        return new NewPlan(
                audit.request().name(),
                PLANNER,
                OnFailure.CONTINUE,
                new ActionGraph(List.of()),
                List.of(),
                PlanCapacities.NONE,
                new NewPlan.Origin(Optional.empty(), Optional.of(UUID.fromString(audit.uuid())), false));
    }

    private static JsonNode document(Audit audit, ArrayNode recommended) {
        ObjectNode document = JSON.createObjectNode();
        document.put("name", audit.request().name());
        document.put("planner", PLANNER);
        document.put("audit_uuid", audit.uuid());
        ArrayNode actions = document.putArray("actions");
        for (JsonNode action : recommended) {
            if (action.path("input_parameters").has("resource_id")) {
                throw new InvalidPlan(
                        "actions[%d].input_parameters".formatted(actions.size()),
                        "The 'resource_id' identifier is a reserved word");
            }
            ObjectNode planned = actions.addObject();
            String type = action.path("action_type").asText();
            planned.put("id", "%s-%d".formatted(type, actions.size()));
            planned.put("action_type", type);
            planned.set("input_parameters", action.path("input_parameters"));
            if (action.has("resource_id")) {
                planned.set("resource_id", action.path("resource_id"));
            }
        }
        return document;
    }
}
