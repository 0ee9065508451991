package interlock.web.operation;

import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** Liveness and readiness of the service, with the reasons of a failure. */
public final class HealthRoutes implements WebServer.Routes {
    private final Health live;
    private final Health ready;

    /**
     * Creates the routes.
     *
     * @param live fails when only a restart would help
     * @param ready fails when the service cannot serve requests
     */
    public HealthRoutes(Health live, Health ready) {
        this.live = live;
        this.ready = ready;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> answer(ctx, live));
        routes.get("/health/ready", ctx -> answer(ctx, ready));
    }

    private static void answer(Context ctx, Health health) {
        Optional<String> reason = health.whyDown();
        if (reason.isEmpty()) {
            ctx.json(Map.of("status", "UP"));
        } else {
            ctx.status(503).json(Map.of("status", "DOWN", "reason", reason.get()));
        }
    }
}
