package interlock.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.model.InvalidPlan;
import interlock.neo4j.AuditStore;
import interlock.neo4j.AuditStore.Audit;
import interlock.neo4j.AuditStore.Request;
import interlock.neo4j.AuditStore.Schedule;
import interlock.neo4j.AuditStore.Template;
import interlock.neo4j.PlanControl;
import interlock.neo4j.PlanReader.Page;
import interlock.neo4j.PlanStore;
import interlock.strategy.Strategies;
import interlock.web.PlanControlRoutes.Changed;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** {@code /v1/audits}: what a strategy recommends becomes a plan. */
public final class AuditRoutes implements WebServer.Routes {
    /** How lists may be ordered. */
    private static final Map<String, String> SORT_KEYS = Map.ofEntries(
            Map.entry("id", "number"),
            Map.entry("uuid", "uuid"),
            Map.entry("name", "name"),
            Map.entry("audit_type", "number"),
            Map.entry("state", "state"),
            Map.entry("parameters", "parameters"),
            Map.entry("interval", "interval"),
            Map.entry("scope", "scope"),
            Map.entry("goal_id", "goal"),
            Map.entry("goal_uuid", "goal"),
            Map.entry("goal_name", "goal"),
            Map.entry("strategy_id", "strategy"),
            Map.entry("strategy_uuid", "strategy"),
            Map.entry("strategy_name", "strategy"),
            Map.entry("auto_trigger", "autoTrigger"),
            Map.entry("next_run_time", "number"),
            Map.entry("hostname", "number"),
            Map.entry("start_time", "startTime"),
            Map.entry("end_time", "endTime"),
            Map.entry("force", "force"),
            Map.entry("status_message", "statusMessage"),
            Map.entry("created_at", "createdAt"),
            Map.entry("updated_at", "updatedAt"),
            Map.entry("deleted_at", "deletedAt"));

    private static final Set<String> MEMBERS = Set.of(
            "name",
            "audit_template_uuid",
            "goal",
            "strategy",
            "audit_type",
            "state",
            "parameters",
            "interval",
            "scope",
            "auto_trigger",
            "hostname",
            "start_time",
            "end_time",
            "force");

    /** What a patch may change. */
    private static final Set<String> PATCHED = Set.of(
            "/state",
            "/name",
            "/auto_trigger",
            "/force",
            "/scope",
            "/parameters",
            "/interval",
            "/start_time",
            "/end_time");

    /** What may become of an audit in each state. */
    private static final Map<String, Set<String>> MAY_BECOME = Map.of(
            "PENDING", Set.of("ONGOING", "CANCELLED"),
            "ONGOING", Set.of("FAILED", "SUCCEEDED", "CANCELLED", "SUSPENDED"),
            "FAILED", Set.of("DELETED"),
            "SUCCEEDED", Set.of("DELETED"),
            "CANCELLED", Set.of("DELETED"),
            "SUSPENDED", Set.of("ONGOING", "DELETED"));

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_MESSAGE = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditStore audits;
    private final Plans plans;
    private final InstantSource clock;

    /** How the plans of audits are read, stored and started. */
    public record Plans(PlanDocument documents, PlanStore store, PlanControl control, Changed changed) {}

    /** Takes where audits are kept, and what makes plans of them. */
    public AuditRoutes(AuditStore audits, Plans plans, InstantSource clock) {
        this.audits = audits;
        this.plans = plans;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/audits", ctx -> list(ctx, false));
        routes.get("/v1/audits/detail", ctx -> list(ctx, true));
        routes.post("/v1/audits", this::create);
        routes.get("/v1/audits/{id}", ctx -> answer(ctx, find(ctx)));
        routes.patch("/v1/audits/{id}", this::patch);
        routes.delete("/v1/audits/{id}", this::delete);
    }

    private void list(Context ctx, boolean detail) {
        Query query = new Query(ctx, Set.of("goal", "strategy"));
        Page page = query.page(SORT_KEYS);
        // a name that nobody bears fits nothing
        Optional<String> goal = query.text("goal")
                .map(key -> Strategies.goal(key).map(Strategies.Goal::name).orElse(key));
        Optional<String> strategy = query.text("strategy")
                .map(key ->
                        Strategies.strategy(key).map(Strategies.Strategy::name).orElse(key));
        List<Audit> found = audits.list(goal, strategy, PlanRoutes.deleted(ctx), page);
        String base = Query.base(ctx);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "audits",
                detail
                        ? found.stream()
                                .map(audit -> AuditWire.Audit.of(audit, base))
                                .toList()
                        : found.stream()
                                .map(audit -> AuditWire.AuditItem.of(audit, base))
                                .toList());
        if (found.size() == page.limit()) {
            body.put("next", query.next(base, found.getLast().uuid(), page));
        }
        Microversion.json(ctx, body);
    }

    private Audit find(Context ctx) {
        String key = ctx.pathParam("id");
        return audits.find(key, PlanRoutes.deleted(ctx)).orElseThrow(() -> Problem.notFound("Audit", key));
    }

    private static void answer(Context ctx, Audit audit) {
        Microversion.json(ctx, AuditWire.Audit.of(audit, Query.base(ctx)));
    }

    /** The answer shows the audit as it was stored; by the time that it is read, its plan is there. */
    private void create(Context ctx) throws IOException {
        Request request = request(Members.read(ctx, MEMBERS));
        Audit audit = audits.create(request)
                .orElseThrow(() ->
                        Problem.conflict("An audit with UUID or name %s already exists".formatted(request.name())));
        run(audit);
        ctx.status(201);
        ctx.header("Location", "%s/v1/audits/%s".formatted(Query.base(ctx), audit.uuid()));
        answer(ctx, audit);
    }

    private Request request(Members members) {
        members.refuse("state");
        refuseWhatIsNotOneShot(members);
        Optional<Template> template = members.text("audit_template_uuid").map(this::template);
        if (template.isEmpty() && !members.has("goal")) {
            throw Problem.badRequest("A valid goal or audit_template_id must be provided");
        }
        if (template.isPresent() && members.has("goal")) {
            throw Problem.badRequest("Either audit_template_uuid or goal should be provided.");
        }
        Optional<Strategies.Strategy> named = members.text("strategy")
                .or(() -> template.flatMap(it -> it.content().strategy()))
                .map(AuditRoutes::strategy);
        Strategies.Goal goal = goal(members.text("goal")
                .orElseGet(() -> template.orElseThrow().content().goal()));
        ObjectNode given = members.object("parameters");
        if (named.isEmpty() && !given.isEmpty()) {
            throw Problem.badRequest(
                    "Specify parameters but no predefined strategy for audit, or no parameter spec in predefined strategy");
        }
        Strategies.Strategy strategy = named.orElseGet(() -> Strategies.of(goal));
        ObjectNode parameters = strategy.withDefaults(withDefaults(given, template));
        refuseFaulty(parameters, strategy);
        String name = members.text("name").orElseGet(() -> usualName(named, template, goal));
        return new Request(
                name.substring(0, Math.min(name.length(), LONGEST_NAME)),
                goal.name(),
                strategy.name(),
                parameters.toString(),
                members.has("scope") || template.isEmpty()
                        ? members.list("scope")
                        : template.get().content().scope(),
                members.flag("auto_trigger"),
                members.flag("force"),
                Schedule.NONE);
    }

    private static void refuseFaulty(JsonNode parameters, Strategies.Strategy strategy) {
        SchemaFaults.of(strategy.parametersSpec(), parameters).stream()
                .findFirst()
                .ifPresent(fault -> {
                    throw Problem.badRequest(
                            "Invalid parameters for strategy: %s %s".formatted(fault.path(), fault.message()));
                });
    }

    private static void refuseWhatIsNotOneShot(Members members) {
        String type = members.mandatory("audit_type");
        switch (type) {
            case "ONESHOT" -> {
                if (members.has("interval")) {
                    throw Problem.badRequest("Interval of audit must not be set for ONESHOT.");
                }
                if (members.has("start_time") || members.has("end_time")) {
                    throw Problem.badRequest("Start or End time of audit must not be set for ONESHOT.");
                }
            }
            case "CONTINUOUS", "EVENT" ->
                throw Problem.badRequest("Audits of type %s are not served here; ONESHOT is".formatted(type));
            default -> throw Problem.badRequest("Audit type %s could not be found".formatted(type));
        }
    }

    private Template template(String key) {
        return audits.findTemplate(key, false)
                .orElseThrow(() -> Problem.badRequest("The audit template UUID or name specified is invalid"));
    }

    private static Strategies.Strategy strategy(String key) {
        return Strategies.strategy(key).orElseThrow(() -> Problem.notFound("Strategy", key));
    }

    private static Strategies.Goal goal(String key) {
        return Strategies.goal(key).orElseThrow(() -> Problem.notFound("Goal", key));
    }

    private static ObjectNode withDefaults(ObjectNode given, Optional<Template> template) {
        ObjectNode all =
                template.map(it -> object(it.content().defaultParameters())).orElseGet(JSON::createObjectNode);
        return all.setAll(given);
    }

    private String usualName(
            Optional<Strategies.Strategy> strategy, Optional<Template> template, Strategies.Goal goal) {
        String first = strategy.map(Strategies.Strategy::name)
                .or(() -> template.map(it -> it.content().name()))
                .orElse(goal.name());
        return "%s-%s".formatted(first, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the graph holds broken JSON: " + json, e);
        }
    }

    /** Makes a plan of what the strategy recommends, and starts it if that was asked for. */
    private void run(Audit audit) {
        Strategies.Strategy strategy = strategy(audit.request().strategy());
        try {
            UUID plan = plans.store().create(plans.documents().read(document(audit, strategy), Optional.empty()));
            audits.recommend(audit, plan, strategy.uuid());
            if (audit.request().autoTrigger()) {
                plans.control().start(plan, OptionalLong.empty());
                plans.changed().plan(plan);
            }
        } catch (InvalidPlan e) {
            String message = String.valueOf(e.getMessage());
            String shown = message.substring(0, Math.min(message.length(), LONGEST_MESSAGE));
            audits.change(audit, "FAILED", Optional.of(shown), audit.request());
        }
    }

    private static JsonNode document(Audit audit, Strategies.Strategy strategy) {
        if (strategy.needsModel()) {
            throw new InvalidPlan(
                    "strategy",
                    "'%s' needs a model of the cluster, and there is none; 'actuator' takes the actions themselves"
                            .formatted(strategy.name()));
        }
        ArrayNode recommended = strategy.actions(object(audit.request().parameters()));
        ObjectNode document = JSON.createObjectNode();
        document.put("name", audit.request().name());
        document.put("planner", "weight");
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

    private void patch(Context ctx) throws IOException {
        JsonPatch patch = JsonPatch.read(ctx);
        Audit audit = find(ctx);
        String state = patch.value("/state").orElse(audit.state());
        if (patch.value("/state").isPresent()
                && !MAY_BECOME.getOrDefault(audit.state(), Set.of()).contains(state)) {
            throw patch.refused("State transition not allowed: (%s -> %s)".formatted(audit.state(), state));
        }
        patch.allowOnly(PATCHED);
        Request before = audit.request();
        Request after = new Request(
                patch.node("/name", JsonNodeType.STRING).map(JsonNode::asText).orElse(before.name()),
                before.goal(),
                before.strategy(),
                patch.node("/parameters", JsonNodeType.OBJECT)
                        .map(JsonNode::toString)
                        .orElse(before.parameters()),
                patch.node("/scope", JsonNodeType.ARRAY).map(JsonNode::toString).orElse(before.scope()),
                patch.node("/auto_trigger", JsonNodeType.BOOLEAN)
                        .map(JsonNode::asBoolean)
                        .orElse(before.autoTrigger()),
                patch.node("/force", JsonNodeType.BOOLEAN)
                        .map(JsonNode::asBoolean)
                        .orElse(before.force()),
                Schedules.patched(before.schedule(), patch));
        refuseFaulty(object(after.parameters()), strategy(after.strategy()));
        if (!after.name().equals(before.name())
                && audits.find(after.name(), false).isPresent()) {
            throw Problem.conflict("An audit with UUID or name %s already exists".formatted(after.name()));
        }
        answer(ctx, change(audit, state, after));
    }

    private void delete(Context ctx) {
        Audit audit = find(ctx);
        if (!MAY_BECOME.getOrDefault(audit.state(), Set.of()).contains("DELETED")) {
            throw Problem.badRequest("Couldn't delete when state is '%s'.".formatted(audit.state()));
        }
        change(audit, "DELETED", audit.request());
        ctx.status(204);
    }

    private Audit change(Audit audit, String state, Request request) {
        return audits.change(audit, state, Optional.ofNullable(audit.statusMessage()), request)
                .orElseThrow(() -> Problem.conflict("The audit has changed meanwhile; look again."));
    }
}
