package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import interlock.model.AuditState;
import interlock.model.StoredState;
import interlock.neo4j.store.AuditStore;
import interlock.neo4j.store.AuditStore.Audit;
import interlock.neo4j.store.AuditStore.Request;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/audits}. An audit runs a strategy and creates a plan from its recommendation. */
final class AuditRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS = ListRoutes.sortKeys(Map.ofEntries(
            Map.entry("audit_type", "number"),
            Map.entry("state", "state"),
            Map.entry("parameters", "parameters"),
            Map.entry("interval", "interval"),
            Map.entry("auto_trigger", "autoTrigger"),
            Map.entry("next_run_time", "number"),
            Map.entry("hostname", "number"),
            Map.entry("start_time", "startTime"),
            Map.entry("end_time", "endTime"),
            Map.entry("force", "force"),
            Map.entry("status_message", "statusMessage")));

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
        new ListRoutes<>("audits", SORT_KEYS, audits::list, Audit::uuid, AuditJson.Audit::of).addTo(routes);
        routes.post("/v1/audits", this::create);
        routes.get("/v1/audits/{id}", ctx -> answer(ctx, find(ctx)));
        routes.patch("/v1/audits/{id}", this::patch);
        routes.delete("/v1/audits/{id}", this::delete);
    }

    private Audit find(Context ctx) {
        Query.none(ctx);
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
        Optional<String> asked = patch.value("/state");
        asked.ifPresent(target -> {
            if (!mayBecome(audit, StoredState.of(AuditState.class, target))) {
                throw patch.refused("State transition not allowed: (%s -> %s)".formatted(audit.state(), target));
            }
        });
        AuditState state = asked.map(AuditState::valueOf)
                .or(audit.state()::known)
                .orElseThrow(
                        () -> Problem.conflict("Couldn't update: this version does not know the audit's state '%s'."
                                .formatted(audit.state())));
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

    private static boolean mayBecome(Audit audit, StoredState<AuditState> target) {
        return audit.state().known().stream()
                .anyMatch(from -> target.known().filter(from::mayBecome).isPresent());
    }

    private void delete(Context ctx) {
        Audit audit = find(ctx);
        if (!mayBecome(audit, StoredState.of(AuditState.DELETED))) {
            throw Problem.badRequest("Couldn't delete when state is '%s'.".formatted(audit.state()));
        }
        change(audit, AuditState.DELETED, audit.request());
        ctx.status(204);
    }

    private Audit change(Audit audit, AuditState state, Request request) {
        return audits.change(audit, state, Optional.ofNullable(audit.statusMessage()), request)
                .orElseThrow(() -> Problem.conflict("The audit has been changed by another request; read it again."));
    }
}
