package interlock.web.v1;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import interlock.drawing.GraphText;
import interlock.model.PlanGraphView;
import interlock.model.StoredState;
import interlock.neo4j.entity.ActionEntity;
import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.entity.AttemptEntity;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import interlock.web.watcher.Microversion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Drawings of a plan: its graph, its layout, and its timeline. */
public final class DrawingRoutes implements WebServer.Routes {
    private final PlanReader reader;
    private final LayoutCache drawn;

    public DrawingRoutes(PlanReader reader) {
        this.reader = reader;
        this.drawn = new LayoutCache(reader);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/action_plans/{id}/graph", this::graph);
        routes.get("/v1/action_plans/{id}/layout", this::layout);
        routes.get("/v1/action_plans/{id}/timeline", this::timeline);
    }

    private ActionPlanEntity find(Context ctx, UUID uuid) {
        return reader.plan(uuid, Query.deleted(ctx)).orElseThrow(() -> Problem.notFound("ActionPlan", uuid));
    }

    private void graph(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query query = Query.only(ctx, Set.of("format"));
        GraphFormat format = GraphFormat.wanted(query.text("format").orElse(null), ctx.header("Accept"));
        ActionPlanEntity plan = find(ctx, uuid);
        PlanGraphView drawing = reader.graph(uuid, plan.revision());
        ctx.header("ETag", "\"%d\"".formatted(drawing.revision()));
        ctx.header("Vary", "Accept, " + Microversion.HEADER);
        switch (format) {
            case JSON -> ctx.json(GraphJson.of(drawing));
            case DOT -> ctx.contentType("text/vnd.graphviz; charset=utf-8").result(GraphText.dot(title(plan), drawing));
            case MERMAID -> ctx.contentType("text/vnd.mermaid; charset=utf-8").result(GraphText.mermaid(drawing));
        }
    }

    private static String title(ActionPlanEntity plan) {
        return plan.name().isEmpty() ? plan.uuid() : plan.name();
    }

    /** Computed once per revision; clients that have the current revision get 304. */
    private void layout(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        long revision = find(ctx, uuid).revision();
        ctx.header("Cache-Control", "no-cache");
        if (tag(revision).equals(ctx.header("If-None-Match"))) {
            ctx.header("ETag", tag(revision)).status(304);
            return;
        }
        LayoutCache.Drawn plan = drawn.of(uuid, revision);
        ctx.header("ETag", tag(plan.revision()));
        ctx.contentType("application/json").result(plan.bytes());
    }

    private static String tag(long revision) {
        return "\"%d\"".formatted(revision);
    }

    private void timeline(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query query = Query.only(ctx, Set.of("offset", "limit"));
        find(ctx, uuid);
        List<ActionEntity> rows = reader.timeline(uuid, query.offset(), query.limit());
        ctx.json(new Timeline(rows.stream().map(WireRow::of).toList()));
    }

    record Timeline(List<WireRow> actions) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record WireRow(
            String uuid,
            String id,
            String actionType,
            String state,
            @Nullable Double estimatedStart,
            List<WireAttempt> attempts) {
        static WireRow of(ActionEntity row) {
            return new WireRow(
                    row.uuid(),
                    row.id(),
                    row.actionType(),
                    row.state().name(),
                    row.estimatedStartSeconds(),
                    row.attempts().stream().map(WireAttempt::of).toList());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record WireAttempt(
            int number,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String outcome,
            @Nullable Double progress) {
        static WireAttempt of(AttemptEntity attempt) {
            return new WireAttempt(
                    attempt.number(),
                    attempt.startedAt(),
                    attempt.finishedAt(),
                    attempt.outcome().map(StoredState::name).orElse(null),
                    attempt.progress());
        }
    }
}
