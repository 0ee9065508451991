package interlock.web.v1;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.model.Characters;
import interlock.model.NewPlan;
import interlock.model.PlanGraphView;
import interlock.model.PlanState;
import interlock.neo4j.database.Page;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.store.PlanGraphWriter;
import interlock.neo4j.store.PlanStore;
import interlock.neo4j.view.PlanReader;
import interlock.neo4j.view.PlanReader.PlanFilter;
import interlock.plan.PlanDocument;
import interlock.strategy.Strategies;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestBody;
import interlock.web.http.WebServer;
import interlock.web.v1.forecast.Forecasts;
import interlock.web.watcher.CatalogueFilters;
import interlock.web.watcher.Microversion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** {@code /v1/action_plans}. */
public final class PlanRoutes implements WebServer.Routes {
    private static final Map<String, String> SORT_KEYS = Map.ofEntries(
            Map.entry("id", Page.AGE),
            Map.entry("uuid", "uuid"),
            Map.entry("name", "name"),
            Map.entry("state", "state"),
            Map.entry("audit_uuid", "auditUuid"),
            Map.entry("audit_id", "auditUuid"),
            Map.entry("strategy_uuid", "strategyUuid"),
            Map.entry("strategy_id", "strategyUuid"),
            Map.entry("strategy_name", "strategyName"),
            Map.entry("global_efficacy", "globalEfficacy"),
            Map.entry("hostname", "hostname"),
            Map.entry("status_message", "statusMessage"),
            Map.entry("actions_total", "actionsTotal"),
            Map.entry("revision", "revision"),
            Map.entry("created_at", "createdAt"),
            Map.entry("updated_at", "updatedAt"),
            Map.entry("started_at", "startedAt"),
            Map.entry("finished_at", "finishedAt"),
            Map.entry("deleted_at", "deletedAt"));
    private static final Set<String> FILTERS = Set.of("state", "audit_uuid", "strategy", "name", "search");
    private static final int LONGEST_KEY = 255;

    private final PlanDocument documents;
    private final PlanStore store;
    private final PlanReader reader;
    private final EventStream events;
    private final Forecasts forecasts;

    public PlanRoutes(
            PlanDocument documents, PlanStore store, PlanReader reader, EventStream events, Forecasts forecasts) {
        this.documents = documents;
        this.store = store;
        this.reader = reader;
        this.events = events;
        this.forecasts = forecasts;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/action_plans", ctx -> list(ctx, false));
        routes.get("/v1/action_plans/detail", ctx -> list(ctx, true));
        routes.post("/v1/action_plans", this::create);
        routes.get("/v1/action_plans/{id}", this::show);
        routes.get("/v1/action_plans/{id}/alternative_paths", this::alternativePaths);
        routes.get("/v1/action_plans/{id}/events", this::events);
    }

    private void list(Context ctx, boolean detail) {
        Query query = new Query(ctx, FILTERS);
        Page page = query.page(SORT_KEYS);
        PlanFilter filter = new PlanFilter(
                query.state(PlanState.class),
                query.uuid("audit_uuid"),
                CatalogueFilters.strategy(query).map(Strategies.Strategy::name),
                query.text("name"),
                query.text("search"),
                Query.deleted(ctx));
        List<ActionPlanEntity> plans = reader.plans(filter, page);
        String base = Query.base(ctx);
        Function<ActionPlanEntity, Object> wire = plan -> PlanJson.Plan.of(plan, base);
        Microversion.list(ctx, detail, query.listing("action_plans", plans, page, ActionPlanEntity::uuid, wire));
    }

    private void create(Context ctx) throws IOException {
        if (Query.only(ctx, Set.of("dry_run")).isTrue("dry_run")) {
            dryRun(ctx);
            return;
        }
        Optional<String> key = idempotencyKey(ctx);
        RequestBody.Document body = RequestBody.document(ctx);
        JsonNode document = body.content();
        Optional<NewPlan.IdempotencyKey> request =
                key.map(name -> new NewPlan.IdempotencyKey(name, Optional.of(body.digest())));
        UUID uuid = store.create(scheduled(documents.read(document, request), document));
        ctx.status(201);
        ctx.header("Location", "%s/v1/action_plans/%s".formatted(Query.base(ctx), uuid));
        // it may have been deleted meanwhile
        answer(ctx, reader.plan(uuid, true).orElseThrow(() -> unknown(uuid)));
    }

    private void dryRun(Context ctx) throws IOException {
        JsonNode document = RequestBody.read(ctx);
        NewPlan plan = documents.read(document, Optional.empty());
        PlanGraphView drawing = PlanGraphWriter.view(plan);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", plan.name());
        body.put("planner", plan.planner());
        body.put("on_failure", plan.onFailure().wireName());
        body.put("priority", plan.priority());
        body.put("actions_total", drawing.nodes().size());
        body.put("graph", GraphJson.of(drawing));
        body.put("forecast", forecasts.of(plan, drawing, documents.budget(document)));
        ctx.json(body);
    }

    /**
     * Adds a forecast. If the planner leaves the order to priorities and some durations are known, it also sets the priorities
     * of a good schedule.
     */
    private NewPlan scheduled(NewPlan plan, JsonNode document) {
        boolean known = plan.graph().actions().stream()
                .anyMatch(action -> action.estimatedDuration().isPresent());
        return documents.leavesOrder(plan.planner()) && known
                ? forecasts.scheduled(plan, documents.budget(document))
                : forecasts.foreseen(plan);
    }

    private static Optional<String> idempotencyKey(Context ctx) {
        Optional<String> key = Optional.ofNullable(ctx.header("Idempotency-Key"));
        if (key.filter(it -> it.isEmpty() || it.length() > LONGEST_KEY).isPresent()) {
            throw Problem.badRequest("An Idempotency-Key must have 1 to %d characters.".formatted(LONGEST_KEY));
        }
        key.flatMap(Characters::fault).ifPresent(fault -> {
            throw Problem.badRequest("Invalid Idempotency-Key: it %s.".formatted(fault));
        });
        return key;
    }

    private void show(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        PlanJson.Plan plan = SteadyRead.reading(() -> PlanJson.Plan.of(find(ctx, uuid), Query.base(ctx)));
        ctx.header("ETag", "\"%d\"".formatted(plan.revision()));
        Microversion.json(ctx, plan);
    }

    /** Answers with a plan, and its revision as the {@code ETag}. */
    public static void answer(Context ctx, ActionPlanEntity plan) {
        ctx.header("ETag", "\"%d\"".formatted(plan.revision()));
        Microversion.json(ctx, PlanJson.Plan.of(plan, Query.base(ctx)));
    }

    private ActionPlanEntity find(Context ctx, UUID uuid) {
        return reader.plan(uuid, Query.deleted(ctx)).orElseThrow(() -> unknown(uuid));
    }

    private static Problem unknown(UUID uuid) {
        return Problem.notFound("ActionPlan", uuid);
    }

    private void alternativePaths(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        find(ctx, uuid);
        ctx.json(Map.of(
                "alternative_paths",
                reader.alternativePaths(uuid).stream().map(GraphJson.Path::of).toList()));
    }

    private void events(Context ctx) throws IOException {
        UUID uuid = Query.planUuid(ctx);
        Query query = Query.only(ctx, Set.of("since"));
        String last = Optional.ofNullable(ctx.header("Last-Event-ID"))
                .or(() -> query.text("since"))
                .orElse("0");
        events.send(ctx, uuid, revisionNumber(last), () -> find(ctx, uuid));
    }

    private static long revisionNumber(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException _) {
            throw Problem.badRequest("Last-Event-ID must be the number of a revision, not '%s'.".formatted(text));
        }
    }
}
