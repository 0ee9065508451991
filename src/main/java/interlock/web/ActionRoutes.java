package interlock.web;

import interlock.action.ActionTypes;
import interlock.neo4j.PlanReader;
import interlock.neo4j.PlanReader.ActionFilter;
import interlock.neo4j.PlanReader.Page;
import interlock.neo4j.entity.ActionEntity;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code /v1/actions}. */
public final class ActionRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS = Map.ofEntries(
            Map.entry("id", "unsorted"),
            Map.entry("uuid", "uuid"),
            Map.entry("action_type", "actionType"),
            Map.entry("action_plan_uuid", "planUuid"),
            Map.entry("state", "state"),
            Map.entry("status_message", "statusMessage"),
            Map.entry("layer", "layer"),
            Map.entry("attempt", "attempt"),
            Map.entry("priority", "priority"),
            Map.entry("created_at", "createdAt"),
            Map.entry("updated_at", "updatedAt"),
            Map.entry("started_at", "startedAt"),
            Map.entry("finished_at", "finishedAt"));
    private static final Set<String> FILTERS =
            Set.of("action_plan_uuid", "audit_uuid", "state", "resource_id", "action_type");

    private final PlanReader reader;
    private final ActionTypes types;

    /** Takes what it serves. */
    public ActionRoutes(PlanReader reader, ActionTypes types) {
        this.reader = reader;
        this.types = types;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/actions", ctx -> list(ctx, false));
        routes.get("/v1/actions/detail", ctx -> list(ctx, true));
        routes.get("/v1/actions/{id}", this::show);
        routes.get("/v1/actions/{id}/attempts", this::attempts);
    }

    private void list(Context ctx, boolean detail) {
        Query query = new Query(ctx, FILTERS);
        Page page = query.page(SORT_KEYS);
        if (query.text("action_plan_uuid").isPresent()
                && query.text("audit_uuid").isPresent()) {
            throw Problem.badRequest("action_plan_uuid and audit_uuid are mutually exclusive");
        }
        ActionFilter filter = new ActionFilter(
                query.uuid("action_plan_uuid"),
                query.uuid("audit_uuid"),
                query.text("state"),
                query.text("resource_id"),
                query.text("action_type"),
                PlanRoutes.deleted(ctx));
        List<Wire.Action> shown = wire(ctx, reader.actions(filter, page));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "actions",
                detail ? shown : shown.stream().map(Wire.ActionItem::of).toList());
        if (shown.size() == page.limit()) {
            body.put("next", query.next(Query.base(ctx), shown.getLast().uuid(), page));
        }
        ctx.json(body);
    }

    private List<Wire.Action> wire(Context ctx, List<ActionEntity> actions) {
        Map<String, List<String>> parents =
                reader.parents(actions.stream().map(ActionEntity::uuid).toList());
        return actions.stream()
                .map(action -> Wire.Action.of(
                        action, parents.getOrDefault(action.uuid(), List.of()), description(action), Query.base(ctx)))
                .toList();
    }

    private String description(ActionEntity action) {
        return types.find(action.actionType())
                .map(installed -> installed.type().description())
                .orElse("");
    }

    private void show(Context ctx) {
        ctx.json(wire(ctx, List.of(find(ctx, Query.pathUuid(ctx)))).getFirst());
    }

    private ActionEntity find(Context ctx, UUID uuid) {
        return reader.action(uuid, PlanRoutes.deleted(ctx)).orElseThrow(() -> Problem.notFound("Action", uuid));
    }

    private void attempts(Context ctx) {
        UUID uuid = Query.pathUuid(ctx);
        find(ctx, uuid);
        ctx.json(Map.of(
                "attempts", reader.attempts(uuid).stream().map(Wire.Attempt::of).toList()));
    }
}
