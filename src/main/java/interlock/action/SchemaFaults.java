package interlock.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.model.Fault;
import java.util.List;

/** Says what a JSON Schema has against a document, in words and with paths that its author can use. */
public final class SchemaFaults {
    private SchemaFaults() {}

    /** {@return what is wrong with {@code node}, which stands at {@code path} in the document} */
    public static List<Fault> of(Schema schema, JsonNode node, String path) {
        return schema.validate(node).stream().map(error -> fault(error, path)).toList();
    }

    /** {@return what is wrong with {@code node}, by a schema that is written down in JSON} */
    public static List<Fault> of(JsonNode schema, JsonNode node) {
        return of(
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema),
                node,
                "");
    }

    private static Fault fault(Error error, String root) {
        String path = path(root, error.getInstanceLocation().toString());
        return switch (error.getKeyword()) {
            case "additionalProperties" -> new Fault(member(path, error.getProperty()), "is not a known field");
            case "required" -> new Fault(member(path, error.getProperty()), "is missing");
            default -> new Fault(path, error.getMessage());
        };
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** From a JSON pointer, {@code /actions/3/parents}, to {@code actions[3].parents}. */
    private static String path(String root, String pointer) {
        StringBuilder path = new StringBuilder(root);
        for (String step : pointer.split("/", -1)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (name.matches("\\d+")) {
                path.append('[').append(name).append(']');
            } else if (!name.isEmpty()) {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.toString();
    }
}
