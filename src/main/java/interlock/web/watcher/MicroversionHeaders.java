package interlock.web.watcher;

import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Tells, with each answer of the API, the version of Watcher's API in which it is given, and which versions there are. */
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
