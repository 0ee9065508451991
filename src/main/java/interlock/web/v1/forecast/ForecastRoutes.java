package interlock.web.v1.forecast;

import interlock.neo4j.entity.ActionPlanEntity;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.Problem;
import interlock.web.http.Query;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.UUID;

/** When a plan will end, and what determines it. */
public final class ForecastRoutes implements WebServer.Routes {
    private final Forecasts forecasts;
    private final PlanReader reader;

    public ForecastRoutes(Forecasts forecasts, PlanReader reader) {
        this.forecasts = forecasts;
        this.reader = reader;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/v1/action_plans/{id}/forecast", this::forecast);
        routes.get("/v1/action_plans/{id}/critical_path", this::criticalPath);
    }

    private void forecast(Context ctx) {
        ctx.json(ForecastJson.of(outlook(ctx)));
    }

    private void criticalPath(Context ctx) {
        Outlook outlook = outlook(ctx);
        ctx.json(CriticalPathJson.of(outlook.criticalPath(), outlook.timing().work()));
    }

    private Outlook outlook(Context ctx) {
        UUID uuid = Query.planUuid(ctx);
        Query.none(ctx);
        ActionPlanEntity plan =
                reader.plan(uuid, Query.deleted(ctx)).orElseThrow(() -> Problem.notFound("ActionPlan", uuid));
        return forecasts.of(uuid, plan.revision());
    }
}
