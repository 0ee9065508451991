package interlock.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.model.Fault;
import interlock.model.InvalidPlan;
import interlock.neo4j.PlanReader.UnknownMarker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what went wrong: as {@code application/problem+json} (RFC 9457), with Watcher's {@code error_message} as an
 * extra member, so that its clients can read it too. Who accepts {@code application/json} only gets that type.
 */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final int RETRY_AFTER_SECONDS = 5;

    /** How many faults of a document are listed; what goes beyond is counted. */
    private static final int FAULTS_LISTED = 100;

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
            List<Fault> errors,
            @JsonProperty("error_message") String errorMessage) {}

    void install(RoutesConfig routes) {
        routes.exception(Problem.class, (e, ctx) -> write(ctx, e));
        routes.exception(InvalidPlan.class, (e, ctx) -> write(ctx, invalid(e)));
        routes.exception(
                UnknownMarker.class, (e, ctx) -> write(ctx, Problem.badRequest(String.valueOf(e.getMessage()))));
        routes.exception(JsonProcessingException.class, (e, ctx) -> write(ctx, malformed(e)));
        routes.exception(GraphUnavailable.class, (e, ctx) -> {
            log.warn("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
            ctx.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
            write(ctx, new Problem(503, "Service Unavailable", "The database is out of reach; try again.", List.of()));
        });
        routes.exception(HttpResponseException.class, (e, ctx) -> write(ctx, framework(e)));
        routes.exception(Exception.class, (e, ctx) -> {
            log.error("{} {} went wrong", ctx.method(), ctx.path(), e);
            write(
                    ctx,
                    new Problem(500, "Internal Server Error", "Something went wrong; the log says what.", List.of()));
        });
    }

    private static Problem invalid(InvalidPlan e) {
        List<Fault> faults = e.faults();
        String detail = faults.size() == 1
                ? e.getMessage()
                : "%d faults in the plan document; the first: %s: %s"
                        .formatted(
                                faults.size(),
                                faults.getFirst().path(),
                                faults.getFirst().message());
        List<Fault> listed = faults.subList(0, Math.min(faults.size(), FAULTS_LISTED));
        return new Problem(400, "Invalid plan", String.valueOf(detail), listed);
    }

    private static Problem malformed(JsonProcessingException e) {
        var at = e.getLocation();
        String where = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        return Problem.badRequest("The body cannot be read%s: %s".formatted(where, e.getOriginalMessage()));
    }

    private static Problem framework(HttpResponseException e) {
        String title = switch (e.getStatus()) {
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            default -> "Error";
        };
        String detail = e.getStatus() == 404 ? "The resource could not be found." : String.valueOf(e.getMessage());
        return new Problem(e.getStatus(), title, detail, List.of());
    }

    private void write(Context ctx, Problem problem) {
        Body body = new Body(
                "about:blank",
                problem.title(),
                problem.status(),
                problem.detail(),
                ctx.path(),
                problem.errors(),
                errorMessage(problem));
        ctx.status(problem.status());
        ctx.contentType(acceptsProblems(ctx.header("Accept")) ? PROBLEM_JSON : "application/json");
        ctx.result(text(body).getBytes(StandardCharsets.UTF_8));
    }

    private String errorMessage(Problem problem) {
        Map<String, @Nullable String> fault = new LinkedHashMap<>();
        fault.put("faultcode", problem.status() >= 500 ? "Server" : "Client");
        fault.put("faultstring", problem.detail());
        fault.put("debuginfo", null);
        return text(fault);
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean acceptsProblems(@Nullable String accept) {
        return accept == null
                || accept.contains(PROBLEM_JSON)
                || accept.contains("*/*")
                || accept.contains("application/*");
    }
}
