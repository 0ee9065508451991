package interlock.web.operation;

import interlock.web.http.Problem;
import interlock.web.http.WebServer;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Rejects requests that would create objects while the disk is almost full. Adds no routes of its own. */
public final class DiskSpaceGuard implements WebServer.Routes {
    private static final List<String> MAKING = List.of("/v1/audits", "/v1/audit_templates", "/v1/webhooks");

    private final Supplier<Optional<String>> shortage;

    /**
     * Creates the guard.
     *
     * @param shortage describes the lack of space; empty if there is enough
     */
    public DiskSpaceGuard(Supplier<Optional<String>> shortage) {
        this.shortage = shortage;
    }

    /**
     * Does not cover plans, which are checked when they are stored: dry runs and repeated Idempotency-Keys need no
     * space.
     */
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
