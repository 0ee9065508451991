package interlock.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The members of the optional body of a request that asks for a change; invalid ones are rejected. */
public final class RequestOptions {
    private static final int LONGEST_TEXT = 255;

    private final JsonNode body;

    private RequestOptions(JsonNode body) {
        this.body = body;
    }

    /**
     * {@return the options of a request; without a body, none}
     *
     * @param known the names of all options
     * @throws Problem when the body is not an object, or has an unknown member
     */
    public static RequestOptions read(Context ctx, Set<String> known) throws IOException {
        Query.none(ctx);
        JsonNode body = RequestBody.any(ctx);
        String names = String.join(", ", known.stream().sorted().toList());
        if (!body.isObject() && !body.isMissingNode()) {
            throw Problem.badRequest("The body is not an object; expected one with %s, or no body.".formatted(names));
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Problem.badRequest("unknown field '%s'; known: %s".formatted(name, names));
            }
        });
        return new RequestOptions(body);
    }

    /** {@return a text; empty if it is absent or blank} */
    public Optional<String> text(String name) {
        JsonNode text = body.path(name);
        if (!text.isTextual() && isPresent(text)) {
            throw wrong(name, "a text", text);
        }
        return shortText(name, Optional.ofNullable(text.textValue()));
    }

    /**
     * {@return the text, if it is not blank}
     *
     * @throws Problem when it is too long
     */
    public static Optional<String> shortText(String name, Optional<String> text) {
        if (text.filter(it -> it.length() > LONGEST_TEXT).isPresent()) {
            throw Problem.badRequest("A %s must not be longer than %d characters.".formatted(name, LONGEST_TEXT));
        }
        return text.filter(it -> !it.isBlank());
    }

    /** {@return a flag; false if it is absent} */
    public boolean flag(String name) {
        JsonNode flag = body.path(name);
        if (!flag.isBoolean() && isPresent(flag)) {
            throw wrong(name, "true or false", flag);
        }
        return flag.asBoolean();
    }

    private static boolean isPresent(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    private static Problem wrong(String name, String expected, JsonNode found) {
        return Problem.badRequest("%s must be %s, not %s"
                .formatted(name, expected, found.getNodeType().name().toLowerCase(Locale.ROOT)));
    }
}
