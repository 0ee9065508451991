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
import java.util.Set;
import java.util.stream.StreamSupport;

/** Changes of single members (RFC 6902), as far as Watcher takes them: {@code add}, {@code replace}, {@code remove}. */
public final class JsonPatch {
    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace");
    private static final Set<String> MEMBERS = Set.of("op", "path", "value");
    private static final Set<String> INTERNAL = Set.of("created_at", "id", "links", "updated_at", "deleted_at", "uuid");
    private static final String PATH = "(/[\\w-]+)+";

    /** How much of a patch an error tells. */
    private static final int SHOWN = 300;

    private final String text;
    private final List<Operation> operations;

    private record Operation(String op, String path, JsonNode value) {
        static Operation of(JsonNode node) {
            node.fieldNames().forEachRemaining(name -> {
                if (!MEMBERS.contains(name)) {
                    throw Problem.badRequest(
                            "'%s' is not a member of an operation: it has op, path, value".formatted(name));
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

        /** {@return the value as a text; nothing, in the words of Watcher, is None} */
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
            throw Problem.badRequest("The body is not a JSON patch: a list of {op, path, value} was expected.");
        }
        return new JsonPatch(body);
    }

    /** Refuses operations on other members than these, and such as remove one. */
    public void allowOnly(Set<String> paths) {
        allowOnly(paths, Set.of());
    }

    /** Refuses operations on other members than these, and such as remove one that may not be absent. */
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

    /** Refuses operations that would give the object a member which it has not. */
    public void refuseNewMembers(Set<String> members) {
        for (Operation operation : operations) {
            String member = operation.path().substring(1);
            if (operation.op().equals("add") && !member.contains("/") && !members.contains(member)) {
                // two blanks, as Watcher says it
                throw Problem.badRequest("Adding a new attribute (%s) to the root of  the resource is not allowed"
                        .formatted(operation.path()));
            }
        }
    }

    /** {@return whether a member is to be removed; the last word counts} */
    boolean removes(String path) {
        return operations.stream()
                .filter(operation -> operation.path().equals(path))
                .reduce((_, last) -> last)
                .filter(operation -> operation.op().equals("remove"))
                .isPresent();
    }

    /** {@return what a member is to be; the last word counts} */
    public Optional<String> value(String path) {
        return last(path).map(Operation::text);
    }

    /** {@return what a member of that type is to be; the last word counts} */
    Optional<JsonNode> node(String path, JsonNodeType type) {
        Optional<JsonNode> node = last(path).map(Operation::value);
        node.filter(value -> value.getNodeType() != type).ifPresent(value -> {
            throw Operation.invalid(
                    path.substring(1),
                    value.toString(),
                    "Wrong type. Expected " + type.name().toLowerCase(Locale.ROOT));
        });
        node.filter(JsonNode::isTextual)
                .ifPresent(value -> JsonObjectReader.refuseTooLong(path.substring(1), value.textValue()));
        return node;
    }

    private Optional<Operation> last(String path) {
        List<Operation> its = operations.stream()
                .filter(operation -> operation.path().equals(path))
                .toList();
        its.forEach(Operation::refuseRemoval);
        return its.isEmpty() ? Optional.empty() : Optional.of(its.getLast());
    }

    /** {@return a refusal as Watcher words it} */
    public Problem refused(String reason) {
        return Problem.badRequest("Couldn't apply patch '%s'. Reason: %s".formatted(Excerpt.of(text, SHOWN), reason));
    }
}
