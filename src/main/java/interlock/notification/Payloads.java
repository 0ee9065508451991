package interlock.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.model.AuditType;
import interlock.model.PlanState;
import interlock.neo4j.database.Json;
import interlock.neo4j.database.Times;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.History.ActionFacts;
import interlock.neo4j.store.History.PlanFacts;
import interlock.strategy.Strategies;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of Watcher's versioned notifications: nested objects of oslo.versionedobjects. In addition to Watcher's
 * fields, a plan has its {@code name}, and an action its {@code id} in the plan and the number of its {@code attempt}.
 *
 * @see <a href="https://docs.openstack.org/watcher/latest/notifications/index.html">Watcher's notifications</a>
 */
final class Payloads {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OF_PLANS = "1.2";
    private static final String OF_ACTIONS = "1.1";
    private static final String OF_AUDITS = "1.2";
    private static final String OF_TERSE_AUDITS = "1.3";
    private static final String FIRST = "1.0";

    /** Of plans, their actions and audits. */
    private static final String DELETED = PlanState.DELETED.name();

    private Payloads() {}

    /** {@return the payload for a plan} */
    static ObjectNode plan(PlanFacts plan, DomainEvent what, Instant at) {
        ObjectNode data = plan(plan, what.state(), at);
        data.put("status_message", what.message());
        data.set("audit", plan.audit().<JsonNode>map(Payloads::terseAudit).orElse(JSON.nullNode()));
        data.set("strategy", plan.audit().<JsonNode>map(Payloads::strategy).orElse(JSON.nullNode()));
        return switch (what.type()) {
            case "action_plan.create" -> object("ActionPlanCreatePayload", OF_PLANS, data);
            case "action_plan.delete" -> object("ActionPlanDeletePayload", OF_PLANS, data);
            case "action_plan.update" ->
                object("ActionPlanUpdatePayload", OF_PLANS, updated(data, "ActionPlanStateUpdatePayload", what));
            default ->
                object(
                        what.type().startsWith("action_plan.cancel")
                                ? "ActionPlanCancelPayload"
                                : "ActionPlanActionPayload",
                        OF_PLANS,
                        data.set("fault", fault(what, "ActionPlanFailed")));
        };
    }

    private static ObjectNode plan(PlanFacts plan, String state, Instant at) {
        ObjectNode data = JSON.createObjectNode();
        data.put("uuid", plan.uuid());
        data.put("name", plan.name());
        data.put("state", state);
        data.putArray("global_efficacy");
        data.put("audit_uuid", plan.audit().map(Audit::uuid).orElse(null));
        data.put(
                "strategy_uuid",
                plan.audit()
                        .flatMap(audit -> Strategies.strategy(audit.request().strategy()))
                        .map(strategy -> strategy.uuid().toString())
                        .orElse(null));
        times(data, plan.times().createdAt(), at, state);
        return data;
    }

    /** {@return the payload for an action, with its plan in the state of the event} */
    static ObjectNode action(
            ActionFacts action, PlanFacts plan, DomainEvent.Subject.Action subject, DomainEvent what, Instant at) {
        String state = what.type().equals("action.create") ? action.firstState().name() : what.state();
        ObjectNode data = JSON.createObjectNode();
        data.put("uuid", action.uuid());
        data.put("id", action.id());
        data.put("action_type", action.actionType());
        data.set("input_parameters", json(action.inputParameters()));
        data.put("state", state);
        data.put("status_message", what.message());
        data.put("attempt", subject.attempt());
        action.parents().forEach(data.putArray("parents")::add);
        times(data, action.times().createdAt(), at, state);
        data.put("action_plan_uuid", plan.uuid());
        data.set("action_plan", object("TerseActionPlanPayload", OF_PLANS, plan(plan, subject.planState(), at)));
        return switch (what.type()) {
            case "action.create" -> object("ActionCreatePayload", OF_ACTIONS, data);
            case "action.delete" -> object("ActionDeletePayload", OF_ACTIONS, data);
            case "action.update" ->
                object("ActionUpdatePayload", OF_ACTIONS, updated(data, "ActionStateUpdatePayload", what));
            default ->
                object(
                        what.type().startsWith("action.cancel") ? "ActionCancelPayload" : "ActionExecutionPayload",
                        OF_ACTIONS,
                        data.set("fault", fault(what, "ActionFailed")));
        };
    }

    /** {@return the payload for an audit} */
    static ObjectNode audit(Audit audit, DomainEvent what, Instant at) {
        ObjectNode data = auditData(audit, what.state());
        data.put("status_message", what.message());
        data.put("updated_at", what.type().equals("audit.create") ? null : at.toString());
        data.set(
                "goal",
                Strategies.goal(audit.request().goal())
                        .<JsonNode>map(Payloads::goal)
                        .orElse(JSON.nullNode()));
        data.set("strategy", strategy(audit));
        return switch (what.type()) {
            case "audit.create" -> object("AuditCreatePayload", OF_AUDITS, data);
            case "audit.delete" -> object("AuditDeletePayload", OF_AUDITS, data);
            case "audit.update" ->
                object("AuditUpdatePayload", OF_AUDITS, updated(data, "AuditStateUpdatePayload", what));
            default -> object("AuditActionPayload", OF_AUDITS, data.set("fault", fault(what, "AuditFailed")));
        };
    }

    private static ObjectNode terseAudit(Audit audit) {
        ObjectNode data = auditData(audit, audit.state().name());
        data.put("status_message", audit.statusMessage());
        return object("TerseAuditPayload", OF_TERSE_AUDITS, data);
    }

    private static ObjectNode auditData(Audit audit, String state) {
        ObjectNode data = JSON.createObjectNode();
        data.put("uuid", audit.uuid());
        data.put("name", audit.request().name());
        data.put("audit_type", AuditType.ONESHOT.name());
        data.put("state", state);
        data.set("parameters", json(audit.request().parameters()));
        data.putNull("interval");
        data.set("scope", json(audit.request().scope()));
        data.put("auto_trigger", audit.request().autoTrigger());
        data.putNull("next_run_time");
        data.put("force", audit.request().force());
        data.put(
                "goal_uuid",
                Strategies.goal(audit.request().goal())
                        .map(goal -> goal.uuid().toString())
                        .orElse(null));
        data.put(
                "strategy_uuid",
                Strategies.strategy(audit.request().strategy())
                        .map(strategy -> strategy.uuid().toString())
                        .orElse(null));
        times(data, audit.times());
        return data;
    }

    private static ObjectNode goal(Strategies.Goal goal) {
        ObjectNode data = JSON.createObjectNode();
        data.put("uuid", goal.uuid().toString());
        data.put("name", goal.name());
        data.put("display_name", goal.displayName());
        data.putArray("efficacy_specification");
        times(data, new Times(Strategies.SINCE, null, null));
        return object("GoalPayload", FIRST, data);
    }

    private static JsonNode strategy(Audit audit) {
        Optional<Strategies.Strategy> known =
                Strategies.strategy(audit.request().strategy());
        if (known.isEmpty()) {
            return JSON.nullNode();
        }
        Strategies.Strategy strategy = known.get();
        ObjectNode data = JSON.createObjectNode();
        data.put("uuid", strategy.uuid().toString());
        data.put("name", strategy.name());
        data.put("display_name", strategy.displayName());
        data.set("parameters_spec", strategy.parametersSpec());
        times(data, new Times(Strategies.SINCE, null, null));
        return object("StrategyPayload", FIRST, data);
    }

    private static ObjectNode updated(ObjectNode data, String name, DomainEvent what) {
        ObjectNode update = JSON.createObjectNode();
        update.put("old_state", what.before().orElse(what.state()));
        update.put("state", what.state());
        update.put("status_message", what.message());
        return data.set("state_update", object(name, FIRST, update));
    }

    /**
     * Watcher reports the Python exception and the module that raised it; Interlock reports the failure and its reason.
     */
    private static JsonNode fault(DomainEvent what, String exception) {
        if (!what.isError()) {
            return JSON.nullNode();
        }
        ObjectNode data = JSON.createObjectNode();
        data.put("exception", exception);
        data.put("exception_message", what.message() == null ? "" : what.message());
        int end = what.type().indexOf('.');
        data.put("module_name", "interlock." + what.type().substring(0, end));
        data.put("function_name", what.type().substring(end + 1, what.type().lastIndexOf('.')));
        return object("ExceptionPayload", FIRST, data);
    }

    private static void times(ObjectNode data, Instant createdAt, Instant at, String state) {
        times(data, new Times(createdAt, at.equals(createdAt) ? null : at, state.equals(DELETED) ? at : null));
    }

    private static void times(ObjectNode data, Times times) {
        data.put("created_at", times.createdAt().toString());
        data.put("updated_at", text(times.updatedAt()));
        data.put("deleted_at", text(times.deletedAt()));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static ObjectNode object(String name, String version, ObjectNode data) {
        ObjectNode object = JSON.createObjectNode();
        object.put("watcher_object.namespace", "watcher");
        object.put("watcher_object.name", name);
        object.put("watcher_object.version", version);
        object.set("watcher_object.data", data);
        return object;
    }

    private static JsonNode json(String text) {
        return Json.readTree(text, JsonNode.class);
    }
}
