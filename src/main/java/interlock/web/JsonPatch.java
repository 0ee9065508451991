package interlock.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes of single members (RFC 6902), as far as Watcher takes them: {@code add}, {@code replace}, {@code remove}. */
final class JsonPatch {
    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace");
    private static final Set<String> MEMBERS = Set.of("op", "path", "value");

    /** How much of a patch an error tells. */
    private static final int SHOWN = 300;

    private final String text;
    private final List<Operation> operations;

    private record Operation(String op, String path, JsonNode value) {
        static Operation of(JsonNode node) {
            String op = node.path("op").asText();
            String path = node.path("path").asText();
            node.fieldNames().forEachRemaining(name -> {
                if (!MEMBERS.contains(name)) {
                    throw Problem.badRequest(
                            "'%s' is not a member of an operation: it has op, path, value".formatted(name));
                }
            });
            if (!OPERATIONS.contains(op)) {
                throw Problem.badRequest(
                        "Invalid input for field/attribute op. Value: '%s'. Value should be one of: add, remove, replace"
                                .formatted(op));
            }
            if (!path.matches("(/[\\w-]+)+")) {
                throw Problem.badRequest("Invalid input for field/attribute path. Value: '%s'. A path is such as /state"
                        .formatted(path));
            }
            if (!op.equals("remove") && !node.path("value").isTextual()) {
                throw Problem.badRequest("'add' and 'replace' operations need a value, and that a text");
            }
            return new Operation(op, path, node.path("value"));
        }

        void refuseRemoval() {
            if (op.equals("remove")) {
                throw Problem.badRequest("'%s' is a mandatory attribute and can not be removed".formatted(path));
            }
        }
    }

    private JsonPatch(JsonNode body) {
        this.text = body.toString();
        List<Operation> read = new ArrayList<>();
        body.forEach(node -> read.add(Operation.of(node)));
        this.operations = List.copyOf(read);
    }

    /** Reads the body of a request. */
    static JsonPatch read(Context ctx) throws IOException {
        JsonNode body = Bodies.any(ctx);
        if (!body.isArray()) {
            throw Problem.badRequest("The body is not a JSON patch: a list of {op, path, value} was expected.");
        }
        return new JsonPatch(body);
    }

    /** Refuses operations on other members than these, and such as remove one. */
    void allowOnly(Set<String> paths) {
        for (Operation operation : operations) {
            if (!paths.contains(operation.path())) {
                throw Problem.badRequest(
                        "'%s' is not an allowed attribute and can not be updated".formatted(operation.path()));
            }
            operation.refuseRemoval();
        }
    }

    /** {@return what a member is to be; the last word counts} */
    Optional<String> value(String path) {
        List<Operation> its = operations.stream()
                .filter(operation -> operation.path().equals(path))
                .toList();
        its.forEach(Operation::refuseRemoval);
        return its.isEmpty()
                ? Optional.empty()
                : Optional.of(its.getLast().value().asText());
    }

    /** {@return a refusal as Watcher words it} */
    Problem refused(String reason) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return Problem.badRequest("Couldn't apply patch '%s'. Reason: %s".formatted(shown, reason));
    }
}
