package interlock.web.http;

import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers HEAD as GET: the routes see a GET request, and the server, which knows the real method, sends the headers of
 * their answer only.
 */
public final class HeadAsGet extends Handler.Wrapper {
    private static final String MARK = "interlock.head";

    HeadAsGet(Handler routes) {
        super(routes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        request.setAttribute(MARK, true);
        Request get = new Request.Wrapper(request) {
            @Override
            public String getMethod() {
                return HttpMethod.GET.asString();
            }
        };
        return super.handle(get, response, callback);
    }

    /** {@return whether the client reads the headers only; an endless answer ends after them} */
    public static boolean headersOnly(Context ctx) {
        return ctx.req().getAttribute(MARK) != null;
    }
}
