package interlock.web.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The maximum length and the media types of request bodies, by route. */
final class BodyLimits {
    /** The longest body of a route that accepts a plan or a list of actions, in bytes. */
    static final int DOCUMENT = 40_000_000;

    /** The longest body of any other route, in bytes. */
    static final int OTHER = 65_536;

    private static final Set<String> TAKE_DOCUMENTS = Set.of(
            "POST /v1/action_plans",
            "POST /v1/action_plans/restore",
            "POST /v1/planners/{name}/plan",
            "POST /v1/audits",
            "PATCH /v1/audits/{id}",
            "POST /v1/audit_templates",
            "PATCH /v1/audit_templates/{id}");

    private static final Set<String> JSON = Set.of("application/json", "text/json");
    private static final Set<String> YAML =
            Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml");
    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii");

    private BodyLimits() {}

    /** {@return the maximum length of a request's body, in bytes} */
    static int of(Context ctx) {
        Endpoint route = ctx.endpoints().matchedHttpEndpoint();
        return route != null && TAKE_DOCUMENTS.contains(route.method.name() + " " + route.path) ? DOCUMENT : OTHER;
    }

    /**
     * Rejects a body by the request's headers. A page of another origin can make a browser send text and forms without
     * a preflight request, but neither JSON nor YAML.
     */
    static void check(Context ctx) {
        if (hasBody(ctx)) {
            requireType(ctx);
            if (ctx.req().getContentLengthLong() > of(ctx)) {
                throw tooLong(of(ctx));
            }
        }
    }

    private static boolean hasBody(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }

    static Problem tooLong(int limit) {
        return new Problem(
                413,
                "Content Too Large",
                limit == DOCUMENT
                        ? "The body is longer than %d bytes.".formatted(limit)
                        : "The body is longer than %d bytes, the limit for requests without a plan.".formatted(limit),
                List.of());
    }

    /** {@return whether a body is YAML} */
    static boolean isYaml(Context ctx) {
        String type = type(ctx.header("Content-Type"));
        return YAML.contains(type) || type.endsWith("+yaml");
    }

    private static void requireType(Context ctx) {
        String header = ctx.header("Content-Type");
        String type = type(header);
        boolean known = JSON.contains(type) || type.endsWith("+json") || isYaml(ctx);
        if (!known) {
            throw Problem.unsupportedMediaType(
                    type.isEmpty()
                            ? "The body has no Content-Type. It must be application/json or application/yaml."
                            : "Unknown mimetype: %s. It must be application/json or application/yaml.".formatted(type));
        }
        charset(header).filter(charset -> !CHARSETS.contains(charset)).ifPresent(charset -> {
            throw Problem.unsupportedMediaType("Unknown charset: %s. It must be UTF-8.".formatted(charset));
        });
        Optional.ofNullable(ctx.header("Content-Encoding"))
                .filter(coding -> !coding.strip().equalsIgnoreCase("identity"))
                .ifPresent(coding -> {
                    throw Problem.unsupportedMediaType(
                            "Unknown content coding: %s. The body must not be compressed.".formatted(coding));
                });
    }

    /** {@return the media type without its parameters} */
    private static String type(@Nullable String header) {
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> charset(@Nullable String header) {
        String[] parts =
                header == null ? new String[0] : header.toLowerCase(Locale.ROOT).split(";");
        for (int part = 1; part < parts.length; part++) {
            String[] parameter = parts[part].strip().split("=", 2);
            if (parameter.length == 2 && parameter[0].strip().equals("charset")) {
                return Optional.of(parameter[1].strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }
}
