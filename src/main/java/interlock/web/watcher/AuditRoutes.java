package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import interlock.neo4j.database.Page;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.AuditStore.Request;
import interlock.strategy.Strategies;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code /v1/audits}. An audit runs a strategy and creates a plan from its recommendation. */
final class AuditRoutes implements WebServer.Routes {
    /** The stored property for each sort key. */
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

    /** The attributes that a patch may change. */
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

    /** The states that may follow each state of an audit. */
    private static final Map<String, Set<String>> MAY_BECOME = Map.of(
            "PENDING", Set.of("ONGOING", "CANCELLED"),
            "ONGOING", Set.of("FAILED", "SUCCEEDED", "CANCELLED", "SUSPENDED"),
            "FAILED", Set.of("DELETED"),
            "SUCCEEDED", Set.of("DELETED"),
            "CANCELLED", Set.of("DELETED"),
            "SUSPENDED", Set.of("ONGOING", "DELETED"));

    private final AuditStore audits;
    private final AuditRuns runs;
    private final NewAudit newAudit;

    /**
     * Creates the routes.
     *
     * @param runs creates the plans of audits
     */
    AuditRoutes(AuditRuns runs, InstantSource clock) {
        this.audits = runs.audits();
        this.runs = runs;
        this.newAudit = new NewAudit(audits, clock);
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
        List<Audit> found = audits.list(
                query.text("goal").map(Strategies::goalName),
                query.text("strategy").map(Strategies::strategyName),
                Query.deleted(ctx),
                page);
        String base = Query.base(ctx);
        Function<Audit, Object> wire = audit -> AuditJson.Audit.of(audit, base);
        Microversion.list(ctx, detail, query.listing("audits", found, page, Audit::uuid, wire));
    }

    private Audit find(Context ctx) {
        String key = ctx.pathParam("id");
        return audits.find(key, Query.deleted(ctx)).orElseThrow(() -> Problem.notFound("Audit", key));
    }

    private static void answer(Context ctx, Audit audit) {
        Microversion.json(ctx, AuditJson.Audit.of(audit, Query.base(ctx)));
    }

    /** The answer shows the audit as it was stored, PENDING; its plan exists by then. */
    private void create(Context ctx) throws IOException {
        Request request = newAudit.read(ctx);
        Audit audit = audits.create(request)
                .orElseThrow(() ->
                        Problem.conflict("An audit with UUID or name %s already exists".formatted(request.name())));
        runs.run(audit);
        ctx.status(201);
        ctx.header("Location", "%s/v1/audits/%s".formatted(Query.base(ctx), audit.uuid()));
        answer(ctx, audit);
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
        NewAudit.refuseFaulty(after);
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
                .orElseThrow(() -> Problem.conflict("The audit has been changed by another request; read it again."));
    }
}
