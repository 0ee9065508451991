package interlock.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import interlock.model.Characters;
import interlock.model.DocumentLimits;
import interlock.model.Excerpt;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Reads the members of a body that creates an object; rejects invalid ones with Watcher's messages. */
public final class JsonObjectReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest excerpt of a value in an error message. */
    private static final int SHOWN = 300;

    private final JsonNode body;

    private JsonObjectReader(JsonNode body) {
        this.body = body;
    }

    /** Reads the body of a request; rejects unknown members. */
    public static JsonObjectReader read(Context ctx, Set<String> known) throws IOException {
        Query.none(ctx);
        JsonNode body = RequestBody.any(ctx);
        if (!body.isObject()) {
            throw Problem.badRequest("The body is not an object.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Problem.badRequest("Unknown attribute: %s".formatted(name));
            }
        });
        return new JsonObjectReader(body);
    }

    /** Rejects a member that only the service may set. */
    public void refuse(String name) {
        if (has(name)) {
            throw invalid(name, body.path(name).asText(), "Cannot set read only field.");
        }
    }

    /** {@return the text member with that name; empty if it is absent or empty} */
    public Optional<String> text(String name) {
        JsonNode value = body.path(name);
        if (!value.isTextual() && has(name)) {
            throw invalid(name, value.toString(), "Wrong type. Expected '<class 'str'>'");
        }
        Optional<String> text = Optional.ofNullable(value.textValue()).filter(it -> !it.isEmpty());
        text.ifPresent(it -> refuseFaulty(name, it));
        return text;
    }

    /** Rejects a text that is longer than Watcher permits, and a name with characters that names must not contain. */
    public static void refuseFaulty(String name, String text) {
        if (text.codePointCount(0, text.length()) > DocumentLimits.NAME) {
            throw invalid(
                    name,
                    text,
                    "Value should have a maximum character requirement of %d".formatted(DocumentLimits.NAME));
        }
        if (name.equals("name")) {
            Characters.fault(text).ifPresent(fault -> {
                throw invalid(name, text, "It %s.".formatted(fault));
            });
        }
    }

    /**
     * {@return the text member with that name}
     *
     * @throws Problem when it is absent or empty
     */
    public String mandatory(String name) {
        return text(name).orElseThrow(() -> invalid(name, "None", "Mandatory field missing."));
    }

    /** {@return the boolean member with that name; false if it is absent} */
    public boolean flag(String name) {
        JsonNode value = body.path(name);
        if (!value.isBoolean() && has(name)) {
            throw invalid(name, value.toString(), "Wrong type. Expected '<class 'bool'>'");
        }
        return value.asBoolean();
    }

    /** {@return the object with that name; an empty one if it is absent} */
    public ObjectNode object(String name) {
        if (!has(name)) {
            return JSON.createObjectNode();
        }
        if (body.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw invalid(name, body.path(name).toString(), "Wrong type. Expected '<class 'dict'>'");
    }

    /** {@return the list with that name as JSON; an empty one if it is absent} */
    public String list(String name) {
        if (!has(name)) {
            return "[]";
        }
        if (!body.path(name).isArray()) {
            throw invalid(name, body.path(name).toString(), "Wrong type. Expected '<class 'list'>'");
        }
        return body.path(name).toString();
    }

    /** {@return whether the member is present and not null} */
    public boolean has(String name) {
        return body.hasNonNull(name);
    }

    private static Problem invalid(String name, String value, String why) {
        return Problem.badRequest(
                "Invalid input for field/attribute %s. Value: '%s'. %s".formatted(name, Excerpt.of(value, SHOWN), why));
    }
}
