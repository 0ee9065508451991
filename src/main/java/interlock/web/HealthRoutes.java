package interlock.web;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.neo4j.Graph;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** Whether the service is alive, and whether it can serve. */
public final class HealthRoutes implements WebServer.Routes {
    private final Graph graph;

    /** Takes what the service cannot do without. */
    public HealthRoutes(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> ctx.json(Map.of("status", "UP")));
        routes.get("/health/ready", this::ready);
    }

    private void ready(Context ctx) {
        try {
            graph.verify();
            ctx.json(Map.of("status", "UP"));
        } catch (GraphUnavailable _) {
            ctx.status(503).json(Map.of("status", "DOWN", "reason", "the database is out of reach"));
        }
    }
}
