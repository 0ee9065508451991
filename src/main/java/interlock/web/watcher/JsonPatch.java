package interlock.web.watcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import interlock.model.Excerpt;
import interlock.web.http.JsonObjectReader;
import interlock.web.http.Problem;
import interlock.web.http.RequestBody;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A JSON patch (RFC 6902), as far as Watcher supports it: {@code add}, {@code replace} and {@code remove} of single
 * members.
 */
public final class JsonPatch {
    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace");
    private static final Set<String> MEMBERS = Set.of("op", "path", "value");
    private static final Set<String> INTERNAL = Set.of("created_at", "id", "links", "updated_at", "deleted_at", "uuid");
    private static final String PATH = "(/[\\w-]+)+";

    /** The longest excerpt of a patch in an error message. */
    private static final int SHOWN = 300;

    private final String text;
    private final List<Operation> operations;

    private record Operation(String op, String path, JsonNode value) {
        static Operation of(JsonNode node) {
            node.fieldNames().forEachRemaining(name -> {
                if (!MEMBERS.contains(name)) {
                    throw Problem.badRequest(
                            "unknown member of an operation: '%s'; known: op, path, value".formatted(name));
                }
            });
            String path = mandatory(node, "path");
            String op = mandatory(node, "op");
            if (!path.matches(PATH)) {
                throw invalid("path", path, "Value should match the pattern ^%s$".formatted(PATH));
            }
            if (!OPERATIONS.contains(op)) {
                throw invalid("op", op, "Value should be one of: add, remove, replace");
            }
            if (INTERNAL.contains(path.substring(1).split("/", 2)[0])) {
                throw Problem.badRequest("'%s' is an internal attribute and can not be updated".formatted(path));
            }
            if (!op.equals("remove") && !node.has("value")) {
                throw Problem.badRequest("'add' and 'replace' operations needs value");
            }
            return new Operation(op, path, node.path("value"));
        }

        private static String mandatory(JsonNode node, String member) {
            if (!node.hasNonNull(member)) {
                throw invalid(member, "None", "Mandatory field missing.");
            }
            return node.path(member).asText();
        }

        private static Problem invalid(String member, String value, String rule) {
            return Problem.badRequest("Invalid input for field/attribute %s. Value: '%s'. %s"
                    .formatted(member, Excerpt.of(value, SHOWN), rule));
        }

        void refuseRemoval() {
            if (op.equals("remove")) {
                throw Problem.badRequest("'%s' is a mandatory attribute and can not be removed".formatted(path));
            }
        }

        /** {@return the value as a text; null is None, as in Watcher} */
        String text() {
            return value.isTextual() ? value.asText() : value.isNull() ? "None" : value.toString();
        }
    }

    private JsonPatch(JsonNode body) {
        this.text = body.toString();
        List<Operation> read = new ArrayList<>();
        body.forEach(node -> read.add(Operation.of(node)));
        this.operations = List.copyOf(read);
    }

    /** Reads the body of a request. */
    public static JsonPatch read(Context ctx) throws IOException {
        String type = Optional.ofNullable(ctx.contentType()).orElse("");
        if (type.startsWith("application/json-patch+json")) {
            throw Problem.unsupportedMediaType("Unknown mimetype: application/json-patch+json");
        }
        JsonNode body = RequestBody.any(ctx);
        if (!body.isArray() || !StreamSupport.stream(body.spliterator(), false).allMatch(JsonNode::isObject)) {
            throw Problem.badRequest("The body is not a JSON patch; expected a list of {op, path, value}.");
        }
        return new JsonPatch(body);
    }

    /** Rejects operations on other members than these, and operations that remove one. */
    public void allowOnly(Set<String> paths) {
        allowOnly(paths, Set.of());
    }

    /** Rejects operations on other members than these, and operations that remove one that is not removable. */
    public void allowOnly(Set<String> paths, Set<String> removable) {
        for (Operation operation : operations) {
            if (!paths.contains(operation.path())) {
                throw Problem.badRequest(
                        "'%s' is not an allowed attribute and can not be updated".formatted(operation.path()));
            }
            if (!removable.contains(operation.path())) {
                operation.refuseRemoval();
            }
        }
    }

    /** Rejects operations that would add a new member to the object. */
    public void refuseNewMembers(Set<String> members) {
        for (Operation operation : operations) {
            String member = operation.path().substring(1);
            if (operation.op().equals("add") && !member.contains("/") && !members.contains(member)) {
                // two blanks, as in Watcher
                throw Problem.badRequest("Adding a new attribute (%s) to the root of  the resource is not allowed"
                        .formatted(operation.path()));
            }
        }
    }

    /** {@return whether a member is removed; the last operation on it counts} */
    boolean removes(String path) {
        return operations.stream()
                .filter(operation -> operation.path().equals(path))
                .reduce((_, last) -> last)
                .filter(operation -> operation.op().equals("remove"))
                .isPresent();
    }

    /** {@return the new value of a text member; the last operation on it counts} */
    public Optional<String> value(String path) {
        return last(path).map(Operation::text);
    }

    /** {@return the new value of a whole number within these limits; the last operation on it counts} */
    public OptionalInt integer(String path, int least, int most) {
        Optional<JsonNode> node = last(path).map(Operation::value);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode value = node.get();
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw Operation.invalid(
                    path.substring(1), value.toString(), "Expected an integer from %d to %d.".formatted(least, most));
        }
        return OptionalInt.of(value.intValue());
    }

    /** {@return the new value of a member of that type; the last operation on it counts} */
    Optional<JsonNode> node(String path, JsonNodeType type) {
        Optional<JsonNode> node = last(path).map(Operation::value);
        node.filter(value -> value.getNodeType() != type).ifPresent(value -> {
            throw Operation.invalid(
                    path.substring(1),
                    value.toString(),
                    "Wrong type. Expected " + type.name().toLowerCase(Locale.ROOT));
        });
        node.filter(JsonNode::isTextual)
                .ifPresent(value -> JsonObjectReader.refuseFaulty(path.substring(1), value.textValue()));
        return node;
    }

    private Optional<Operation> last(String path) {
        List<Operation> its = operations.stream()
                .filter(operation -> operation.path().equals(path))
                .toList();
        its.forEach(Operation::refuseRemoval);
        return its.isEmpty() ? Optional.empty() : Optional.of(its.getLast());
    }

    /** {@return an error answer in Watcher's form} */
    public Problem refused(String reason) {
        return Problem.badRequest("Couldn't apply patch '%s'. Reason: %s".formatted(Excerpt.of(text, SHOWN), reason));
    }
}
