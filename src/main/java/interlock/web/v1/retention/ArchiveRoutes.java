package interlock.web.v1.retention;

import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.retention.ArchivedPlan;
import interlock.neo4j.retention.PlanExport;
import interlock.neo4j.retention.PlanRestore;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.RequestBody;
import interlock.web.http.WebServer;
import interlock.web.v1.PlanRoutes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.UUID;

/** Exports of ended plans, and plans that are restored from them. */
public final class ArchiveRoutes implements WebServer.Routes {
    private final PlanExport export;
    private final PlanRestore restore;
    private final PlanReader reader;

    public ArchiveRoutes(PlanExport export, PlanRestore restore, PlanReader reader) {
        this.export = export;
        this.restore = restore;
        this.reader = reader;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/action_plans/{id}/export", this::export);
        routes.post("/v1/action_plans/restore", this::restore);
    }

    private void export(Context ctx) throws IOException {
        Query.none(ctx);
        UUID uuid = Query.planUuid(ctx);
        PlanExport.Head plan = export.find(uuid).orElseThrow(() -> Problem.notFound("ActionPlan", uuid));
        if (!plan.state().ended()) {
            throw Problem.conflict(
                    "Couldn't export when state is '%s': the plan has not ended.".formatted(plan.state()));
        }
        ctx.contentType("application/json");
        export.write(plan, ctx.res().getOutputStream());
    }

    private void restore(Context ctx) throws IOException {
        Query.none(ctx);
        ArchivedPlan plan = ArchivedPlan.read(RequestBody.read(ctx));
        try {
            restore.restore(plan);
        } catch (PlanRestore.AlreadyStored e) {
            throw Problem.conflict(String.valueOf(e.getMessage()));
        }
        ActionPlanEntity stored =
                reader.plan(plan.uuid(), true).orElseThrow(() -> Problem.notFound("ActionPlan", plan.uuid()));
        ctx.status(201);
        ctx.header("Location", "%s/v1/action_plans/%s".formatted(Query.base(ctx), plan.uuid()));
        PlanRoutes.answer(ctx, stored);
    }
}
