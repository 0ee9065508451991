package interlock.web;

import io.javalin.config.RoutesConfig;

/** The API's description, and a page to read and try it. */
public final class DocsRoutes implements WebServer.Routes {
    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/docs", ctx -> ctx.redirect("/v1/action_plans"));
    }
}
