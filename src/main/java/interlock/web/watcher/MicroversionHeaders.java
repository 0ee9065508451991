package interlock.web.watcher;

import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Adds headers to each answer: its version of Watcher's API, and the supported versions. */
final class MicroversionHeaders implements WebServer.Routes {
    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(MicroversionHeaders::announce);
    }

    private static void announce(Context ctx) {
        if (ctx.path().equals("/v1") || ctx.path().startsWith("/v1/")) {
            Microversion.announce(ctx);
        }
    }
}
