package interlock.web.http;

import interlock.model.Excerpt;
import interlock.neo4j.database.Page;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The query arguments of a request. Invalid ones are rejected, on every route in the same way: unknown names, values
 * that are not possible, an argument without a value, and an argument that is given twice. Otherwise a mistyped filter
 * would list nothing, or everything.
 */
public final class Query {
    /** The longest and the default length of a list. */
    static final int MAX_LIMIT = 1000;

    /** The longest excerpt of a value in an error message. */
    private static final int SHOWN = 300;

    private static final Set<String> PAGING = Set.of("limit", "marker", "sort_key", "sort_dir");

    /** Arguments that need no value: {@code ?dry_run} means {@code ?dry_run=true}. */
    private static final Set<String> FLAGS = Set.of("dry_run", "force");

    private final Context ctx;

    /** Rejects arguments that are neither for paging nor in {@code known}. */
    public Query(Context ctx, Set<String> known) {
        this.ctx = ctx;
        refuseOthers(ctx, name -> PAGING.contains(name) || known.contains(name));
    }

    /** {@return the arguments of a request that accepts only these} */
    public static Query only(Context ctx, Set<String> known) {
        refuseOthers(ctx, known::contains);
        return new Query(ctx, known);
    }

    /** Rejects all arguments, because an unknown argument may have been meant to change the effect of the request. */
    public static void none(Context ctx) {
        refuseOthers(ctx, _ -> false);
    }

    private static void refuseOthers(Context ctx, Predicate<String> known) {
        ctx.queryParamMap().forEach((name, values) -> {
            if (!known.test(name)) {
                throw Problem.badRequest("Unknown argument: \"%s\"".formatted(name));
            }
            if (values.size() > 1) {
                throw Problem.badRequest(
                        "The argument \"%s\" is given %d times; it may be given once.".formatted(name, values.size()));
            }
            if (values.contains("") && !FLAGS.contains(name)) {
                throw Problem.badRequest(
                        "The argument \"%s\" has no value; give it one, or leave it out.".formatted(name));
            }
        });
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(ctx.queryParam(name)).filter(value -> !value.isEmpty());
    }

    /** {@return the name of the state that the request selects, if it does; it must be the name of one of these} */
    public <S extends Enum<S>> Optional<String> state(Class<S> states) {
        return oneOf(
                "state", Stream.of(states.getEnumConstants()).map(Enum::name).toList());
    }

    /** {@return the value of an argument, if present; it must be one of these values} */
    public Optional<String> oneOf(String name, Collection<String> allowed) {
        Optional<String> value = text(name);
        value.filter(it -> !allowed.contains(it)).ifPresent(it -> {
            throw unacceptable(name, it, allowed);
        });
        return value;
    }

    /** {@return the error for the value of an argument that is none of the allowed ones} */
    public static Problem unacceptable(String name, String value, Collection<String> allowed) {
        return Problem.badRequest("Invalid value for %s: '%s'. Acceptable values are: %s; one of them per request."
                .formatted(name, Excerpt.of(value, SHOWN), String.join(", ", allowed)));
    }

    /** {@return whether a flag is set: its value is {@code true} or empty} */
    public boolean isTrue(String name) {
        String value = ctx.queryParam(name);
        if (value == null || value.equalsIgnoreCase("false")) {
            return false;
        }
        if (value.isEmpty() || value.equalsIgnoreCase("true")) {
            return true;
        }
        throw Problem.badRequest(
                "Invalid value for %s: '%s'. Acceptable values are 'true' or 'false'".formatted(name, value));
    }

    /** {@return the uuid in that argument, if present} */
    public Optional<String> uuid(String name) {
        return text(name).map(value -> uuid(name, value).toString());
    }

    /**
     * {@return the requested page of a list}
     *
     * @param sortKeys the stored property for each permitted sort key
     */
    public Page page(Map<String, String> sortKeys) {
        String key = text("sort_key").orElse("id");
        String property = sortKeys.get(key);
        if (property == null) {
            throw Problem.badRequest("Invalid sort key: " + key);
        }
        return new Page(property, descending(), text("marker").map(value -> uuid("marker", value)), limit());
    }

    private boolean descending() {
        String direction = text("sort_dir").orElse("asc");
        return switch (direction) {
            case "asc" -> false;
            case "desc" -> true;
            default ->
                throw Problem.badRequest(
                        "Invalid sort direction: %s. Acceptable values are 'asc' or 'desc'".formatted(direction));
        };
    }

    /** {@return how many objects precede the requested page} */
    public int offset() {
        String value = text("offset").orElse("0");
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException _) {
            throw Problem.badRequest("Invalid offset: '%s'. It must be a number of at least 0.".formatted(value));
        }
    }

    /** {@return the maximum length of the requested page} */
    public int limit() {
        return text("limit")
                .map(value -> {
                    try {
                        int limit = Integer.parseInt(value);
                        if (limit > 0) {
                            return Math.min(limit, MAX_LIMIT);
                        }
                    } catch (NumberFormatException e) {
                        throw Problem.badRequest(
                                "Invalid input for field/attribute limit. Value: '%s'. unable to convert to int. Error: invalid literal for int() with base 10: '%s'"
                                        .formatted(value, value));
                    }
                    throw Problem.badRequest("Limit must be positive");
                })
                .orElse(MAX_LIMIT);
    }

    /** {@return the body of a page of a list, with a link to the next page if there may be one} */
    public <T> Map<String, Object> listing(
            String name, List<T> part, Page page, Function<T, String> uuid, Function<T, Object> wire) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(name, part.stream().map(wire).toList());
        if (part.size() == page.limit()) {
            body.put("next", next(uuid.apply(part.getLast()), page.limit()));
        }
        return body;
    }

    /** {@return the URL of the next page, with all filters} */
    public String next(String marker, int limit) {
        StringBuilder next = new StringBuilder(base(ctx))
                .append(ctx.path().replaceAll("/+$", ""))
                .append("?limit=")
                .append(limit);
        ctx.queryParamMap().forEach((name, values) -> {
            if (!name.equals("limit") && !name.equals("marker")) {
                values.forEach(
                        value -> next.append('&').append(name).append('=').append(encoded(value)));
            }
        });
        return next.append("&marker=").append(encoded(marker)).toString();
    }

    private static String encoded(String value) {
        return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    /**
     * {@return the uuid}
     *
     * @throws Problem when the value is none
     */
    public static UUID uuid(String name, String value) {
        try {
            UUID uuid = UUID.fromString(value);
            if (uuid.toString().equalsIgnoreCase(value)) {
                return uuid;
            }
        } catch (IllegalArgumentException _) {
            // rejected below
        }
        throw Problem.badRequest(
                "Invalid input for field/attribute %s. Value: '%s'. unable to convert to uuid. Error: Expected a uuid but received %s"
                        .formatted(name, value, value));
    }

    /** {@return the uuid of the plan in the request's path} */
    public static UUID planUuid(Context ctx) {
        return uuid("action_plan_uuid", ctx.pathParam("id"));
    }

    /** {@return the uuid of the action in the request's path} */
    public static UUID actionUuid(Context ctx) {
        return uuid("action_uuid", ctx.pathParam("id"));
    }

    /** {@return the URL by which the client reached this service} */
    public static String base(Context ctx) {
        return ctx.scheme() + "://" + Optional.ofNullable(ctx.host()).orElse("localhost");
    }

    /** {@return whether the request includes deleted objects} */
    public static boolean deleted(Context ctx) {
        return "true".equalsIgnoreCase(ctx.header("X-Show-Deleted"));
    }
}
