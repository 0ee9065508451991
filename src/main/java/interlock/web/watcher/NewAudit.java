package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.action.SchemaErrors;
import interlock.model.AuditType;
import interlock.model.StoredState;
import interlock.neo4j.database.Json;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.store.AuditStore.Request;
import interlock.neo4j.store.AuditStore.Schedule;
import interlock.neo4j.store.AuditStore.Template;
import interlock.strategy.Strategies;
import interlock.web.http.JsonObjectReader;
import interlock.web.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** Reads requests to create audits; rejects invalid ones with Watcher's messages. */
record NewAudit(AuditStore audits, InstantSource clock) {
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

    private static final int LONGEST_NAME = 63;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a request. */
    Request read(Context ctx) throws IOException {
        JsonObjectReader members = JsonObjectReader.read(ctx, MEMBERS);
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
                .map(NewAudit::strategy);
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

    /** Rejects parameters that do not match the strategy's schema. */
    static void refuseFaulty(Request request) {
        refuseFaulty(Json.readTree(request.parameters(), ObjectNode.class), strategy(request.strategy()));
    }

    private static void refuseFaulty(JsonNode parameters, Strategies.Strategy strategy) {
        SchemaErrors.of(strategy.parametersSpec(), parameters).stream()
                .findFirst()
                .ifPresent(fault -> {
                    throw Problem.badRequest(
                            "Invalid parameters for strategy: %s %s".formatted(fault.path(), fault.message()));
                });
    }

    private static void refuseWhatIsNotOneShot(JsonObjectReader members) {
        String type = members.mandatory("audit_type");
        switch (StoredState.of(AuditType.class, type).known().orElseThrow(() -> unknownType(type))) {
            case ONESHOT -> {
                if (members.has("interval")) {
                    throw Problem.badRequest("Interval of audit must not be set for ONESHOT.");
                }
                if (members.has("start_time") || members.has("end_time")) {
                    throw Problem.badRequest("Start or End time of audit must not be set for ONESHOT.");
                }
            }
            case CONTINUOUS, EVENT ->
                throw Problem.badRequest("Audits of type %s are not supported; only ONESHOT is".formatted(type));
        }
    }

    private static Problem unknownType(String type) {
        return Problem.badRequest("Audit type %s could not be found".formatted(type));
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
        ObjectNode all = template.map(it -> Json.readTree(it.content().defaultParameters(), ObjectNode.class))
                .orElseGet(JSON::createObjectNode);
        return all.setAll(given);
    }

    private String usualName(
            Optional<Strategies.Strategy> strategy, Optional<Template> template, Strategies.Goal goal) {
        String first = strategy.map(Strategies.Strategy::name)
                .or(() -> template.map(it -> it.content().name()))
                .orElse(goal.name());
        return "%s-%s".formatted(first, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }
}
