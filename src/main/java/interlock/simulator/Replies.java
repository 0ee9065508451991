package interlock.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.Function;

/** Answers requests to a service. Requests need a token and a supported microversion, and are handled one at a time. */
record Replies(SimulatedCloud cloud, Microversions versions) {
    /** The token that the simulated Keystone issues. It protects nothing, on purpose. */
    static final String TOKEN = "simulation";

    static final String REQUEST_ID = "x-openstack-request-id";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return a handler that answers with a document} */
    Handler with(Function<Context, JsonNode> answer) {
        return ctx -> {
            admit(ctx);
            JsonNode document = cloud.ask(() -> answer.apply(ctx));
            ctx.contentType("application/json").result(document.toString());
        };
    }

    /** {@return a handler that answers with the id of the request only} */
    Handler request(Function<Context, String> answer) {
        return ctx -> {
            admit(ctx);
            ctx.header(REQUEST_ID, cloud.ask(() -> answer.apply(ctx)));
        };
    }

    private void admit(Context ctx) {
        if (!TOKEN.equals(ctx.header("X-Auth-Token"))) {
            throw new Refusal(401, "The request you have made requires authentication.");
        }
        versions.minor(ctx);
    }

    static JsonNode body(Context ctx) {
        try {
            return JSON.readTree(ctx.body());
        } catch (JsonProcessingException _) {
            throw Refusal.badRequest("Malformed request body");
        }
    }
}
