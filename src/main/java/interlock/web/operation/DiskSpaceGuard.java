package interlock.web.operation;

import interlock.web.http.Problem;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Serves nothing: refuses requests that would store something new while there is no room for it. */
public final class DiskSpaceGuard implements WebServer.Routes {
    private static final List<String> MAKING = List.of("/v1/audits", "/v1/audit_templates", "/v1/webhooks");

    private final Supplier<Optional<String>> shortage;

    /** Asks why there is no room; there is, if nothing is answered. */
    public DiskSpaceGuard(Supplier<Optional<String>> shortage) {
        this.shortage = shortage;
    }

    /** Plans are left out here: a dry run needs no room, and a plan of a known Idempotency-Key is there already. */
    @Override
    public void addTo(RoutesConfig routes) {
        MAKING.forEach(path -> routes.beforeMatched(path, this::requireRoom));
    }

    private void requireRoom(Context ctx) {
        if (ctx.method().equals(HandlerType.POST)) {
            shortage.get().ifPresent(why -> {
                throw Problem.insufficientStorage(why);
            });
        }
    }
}
