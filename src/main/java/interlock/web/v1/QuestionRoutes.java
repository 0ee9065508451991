package interlock.web.v1;

import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.view.PlanAnalysis;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.UUID;

/**
 * Analysis of plans: why an action is not running, what its failure would block, conflicts with other plans.
 */
public final class QuestionRoutes implements WebServer.Routes {
    private final PlanAnalysis questions;
    private final PlanReader reader;

    public QuestionRoutes(PlanAnalysis questions, PlanReader reader) {
        this.questions = questions;
        this.reader = reader;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/actions/{id}/explain", this::explain);
        routes.get("/v1/actions/{id}/impact", this::impact);
        routes.get("/v1/action_plans/{id}/conflicts", this::conflicts);
    }

    private void explain(Context ctx) {
        Query.none(ctx);
        UUID uuid = Query.actionUuid(ctx);
        ctx.json(questions
                .explain(uuid, Query.deleted(ctx))
                .map(AnalysisJson.Explained::of)
                .orElseThrow(() -> Problem.notFound("Action", uuid)));
    }

    private void impact(Context ctx) {
        Query.none(ctx);
        UUID uuid = Query.actionUuid(ctx);
        ctx.json(questions
                .impact(uuid, Query.deleted(ctx))
                .map(AnalysisJson.Impacted::of)
                .orElseThrow(() -> Problem.notFound("Action", uuid)));
    }

    private void conflicts(Context ctx) {
        Query.none(ctx);
        ctx.json(AnalysisJson.Conflicts.of(
                questions.conflicts(UUID.fromString(plan(ctx).uuid()))));
    }

    private ActionPlanEntity plan(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        return reader.plan(uuid, Query.deleted(ctx)).orElseThrow(() -> Problem.notFound("ActionPlan", uuid));
    }
}
