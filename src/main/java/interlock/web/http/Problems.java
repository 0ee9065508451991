package interlock.web.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.PlanGraph.TransactionTimedOut;
import interlock.applier.PlanGraph.UnstorableValue;
import interlock.model.DocumentLimits;
import interlock.model.IdempotencyKeyReused;
import interlock.model.InvalidPlan;
import interlock.model.StackTraceOnly;
import interlock.model.ValidationError;
import interlock.neo4j.database.DiskFull;
import interlock.neo4j.database.UnknownMarker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps exceptions to error answers: {@code application/problem+json} (RFC 9457), with Watcher's {@code error_message}
 * as an extension, so that Watcher's clients can read them. Clients that accept only {@code application/json} get that
 * type.
 */
public final class Problems {
    /** The header in which Watcher's clients give the version of the API. */
    public static final String API_VERSION = "OpenStack-API-Version";

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String JSON = "application/json";

    /** The statuses that Watcher's web framework answers itself, in a form of its own. */
    private static final Set<Integer> OF_THE_FRAMEWORK = Set.of(404, 405, 406);

    private static final String TOO_LONG = "The request took the database too long and was cancelled; "
            + "nothing was changed. Request less, or try again later.";

    private static final int RETRY_AFTER_SECONDS = 5;

    /** Jackson's placeholder for the source text. */
    private static final Pattern SOURCE = Pattern.compile("\\[Source: REDACTED \\([^)]*\\); ([^]]*)]");

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Body(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            List<ValidationError> errors,
            @JsonProperty("error_message") String errorMessage) {}

    void install(RoutesConfig routes) {
        routes.exception(Problem.class, (e, ctx) -> write(ctx, e));
        routes.exception(InvalidPlan.class, (e, ctx) -> write(ctx, invalid(e)));
        routes.exception(
                IdempotencyKeyReused.class,
                (e, ctx) -> write(ctx, new Problem(422, title(422), String.valueOf(e.getMessage()), List.of())));
        routes.exception(
                UnknownMarker.class,
                (e, ctx) -> write(ctx, new Problem(404, title(404), String.valueOf(e.getMessage()), List.of())));
        routes.exception(JsonProcessingException.class, (e, ctx) -> write(ctx, malformed(e)));
        routes.exception(GraphUnavailable.class, (e, ctx) -> {
            log.warn("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
            ctx.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
            write(ctx, new Problem(503, "Service Unavailable", "The database is unreachable; try again.", List.of()));
        });
        routes.exception(TransactionTimedOut.class, (e, ctx) -> {
            log.warn("{} {} took too long and was cancelled: {}", ctx.method(), ctx.path(), e.getMessage());
            write(ctx, new Problem(504, title(504), TOO_LONG, List.of()));
        });
        routes.exception(UnstorableValue.class, (e, ctx) -> {
            log.warn("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
            write(ctx, new Problem(422, title(422), "This cannot be stored: %s.".formatted(e.getMessage()), List.of()));
        });
        routes.exception(
                DiskFull.class, (e, ctx) -> write(ctx, Problem.insufficientStorage(String.valueOf(e.getMessage()))));
        routes.exception(HttpResponseException.class, (e, ctx) -> {
            Optional.ofNullable(e.getDetails().get("availableMethods"))
                    .ifPresent(methods -> ctx.header("Allow", methods.replaceFirst("\\bGET\\b", "GET, HEAD")));
            write(ctx, framework(e));
        });
        routes.exception(Exception.class, (e, ctx) -> {
            log.error("{} {} failed", ctx.method(), ctx.path(), StackTraceOnly.of(e));
            write(
                    ctx,
                    new Problem(
                            500,
                            "Internal Server Error",
                            "An internal error occurred; see the service's log.",
                            List.of()));
        });
    }

    private static Problem invalid(InvalidPlan e) {
        List<ValidationError> faults = e.faults();
        String detail = faults.size() == 1
                ? e.getMessage()
                : "%d%s errors in the plan document; the first: %s: %s"
                        .formatted(
                                faults.size(),
                                faults.size() < DocumentLimits.FAULTS ? "" : " and more",
                                faults.getFirst().path(),
                                faults.getFirst().message());
        return new Problem(400, "Invalid plan", String.valueOf(detail), faults);
    }

    private static Problem malformed(JsonProcessingException e) {
        var at = e.getLocation();
        String where = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        String message = SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("$1");
        return Problem.badRequest("The body cannot be read%s: %s".formatted(where, message));
    }

    private static Problem framework(HttpResponseException e) {
        String detail = switch (e.getStatus()) {
            case 404 -> "The resource could not be found.";
            case 405 -> "The resource does not support this method.";
            default -> String.valueOf(e.getMessage());
        };
        return new Problem(e.getStatus(), title(e.getStatus()), detail, List.of());
    }

    private static String title(int status) {
        return HttpStatus.forStatus(status).getMessage();
    }

    private void write(Context ctx, Problem problem) {
        RequestBody.drain(ctx);
        ctx.status(problem.status());
        ctx.contentType(type(ctx.header("Accept"), ctx.header(API_VERSION) != null));
        ctx.result(body(problem, ctx.path()));
    }

    private byte[] body(Problem problem, String instance) {
        return text(new Body(
                        "about:blank",
                        problem.title(),
                        problem.status(),
                        problem.detail(),
                        instance,
                        problem.errors(),
                        errorMessage(problem)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String errorMessage(Problem problem) {
        Map<String, @Nullable Object> fault = new LinkedHashMap<>();
        fault.put("faultcode", problem.status() >= 500 ? "Server" : "Client");
        fault.put("faultstring", problem.detail());
        fault.put("debuginfo", null);
        if (OF_THE_FRAMEWORK.contains(problem.status())) {
            fault.put("code", problem.status());
            fault.put("title", problem.title());
            fault.put("description", problem.detail());
        }
        return text(fault);
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Watcher's clients, which send a version, accept anything but can only read JSON. */
    private static String type(@Nullable String accept, boolean watchersClient) {
        if (accept == null) {
            return watchersClient ? JSON : PROBLEM_JSON;
        }
        boolean anything = accept.contains("*/*") || accept.contains("application/*");
        boolean plainOnly = watchersClient || (accept.contains(JSON) && !anything);
        return plainOnly && !accept.contains(PROBLEM_JSON) ? JSON : PROBLEM_JSON;
    }

    /** {@return a handler for requests that never reach a route: those that are malformed HTTP, or too long} */
    ErrorHandler beforeRoutes() {
        return new ErrorHandler() {
            @Override
            public boolean errorPageForMethod(String method) {
                return true; // by default, the server sends no body to PATCH, PUT and DELETE
            }

            @Override
            protected void generateResponse(
                    Request request,
                    Response response,
                    int status,
                    @Nullable String message,
                    @Nullable Throwable cause,
                    Callback callback) {
                Problem problem = new Problem(
                        status, title(status), Optional.ofNullable(message).orElse(title(status)), List.of());
                response.getHeaders()
                        .put(HttpHeader.CONTENT_TYPE, type(request.getHeaders().get(HttpHeader.ACCEPT), false));
                response.write(true, ByteBuffer.wrap(body(problem, Request.getPathInContext(request))), callback);
            }
        };
    }
}
