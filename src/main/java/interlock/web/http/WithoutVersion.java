package interlock.web.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves Watcher's collections without the prefix {@code /v1}, too, because the bookmarks of its objects omit it. */
final class WithoutVersion extends Handler.Wrapper {
    private static final Set<String> COLLECTIONS = Set.of(
            "action_plans",
            "actions",
            "audits",
            "audit_templates",
            "goals",
            "strategies",
            "services",
            "scoring_engines");

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        boolean shortened =
                path.startsWith("/") && COLLECTIONS.contains(path.substring(1).split("/", 2)[0]);
        Request served = shortened
                ? Request.serveAs(request, HttpURI.build(uri).path("/v1" + path).asImmutable())
                : request;
        return super.handle(served, response, callback);
    }
}
