package interlock.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import interlock.model.Characters;
import interlock.model.DidYouMean;
import interlock.model.DocumentLimits;
import interlock.model.ValidationError;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Converts the errors of a JSON Schema validation into messages and paths for the document's author. */
public final class SchemaErrors {
    private SchemaErrors() {}

    /**
     * {@return the errors of {@code node} at {@code path} in the document} At most {@link DocumentLimits#FAULTS}
     * errors.
     */
    public static List<ValidationError> of(Schema schema, JsonNode node, String path) {
        Errors errors = new Errors();
        try {
            schema.validate(node, context -> context.setErrors(errors));
        } catch (Errors.Full _) {
            // the limit is reached
        }
        return errors.stream().map(error -> fault(error, path, schema)).toList();
    }

    /** Ends the validation at the limit, because each error holds more than the faulty value. */
    private static final class Errors extends AbstractList<Error> {
        private final List<Error> found = new ArrayList<>();

        private static final class Full extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public void add(int index, Error error) {
            if (found.size() >= DocumentLimits.FAULTS) {
                throw new Full();
            }
            found.add(index, error);
        }

        @Override
        public Error get(int index) {
            return found.get(index);
        }

        @Override
        public int size() {
            return found.size();
        }
    }

    /** {@return the errors of {@code node} by an uncompiled schema} */
    public static List<ValidationError> of(JsonNode schema, JsonNode node) {
        return of(
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema),
                node,
                "");
    }

    private static ValidationError fault(Error error, String root, Schema schema) {
        String path = path(root, error.getInstanceLocation().toString());
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                new ValidationError(
                        member(path, error.getProperty()),
                        "is not a known field" + DidYouMean.of(error.getProperty(), fields(error, schema)));
            case "pattern" -> new ValidationError(path, patternFault(error));
            case "required" -> new ValidationError(member(path, error.getProperty()), "is missing");
            default -> new ValidationError(path, error.getMessage());
        };
    }

    /** {@return what is wrong with a name, in words; of other texts, the pattern that they do not match} */
    private static String patternFault(Error error) {
        boolean ofNames = Characters.PATTERN.equals(error.getSchemaNode().asText());
        JsonNode text = error.getInstanceNode();
        return Optional.ofNullable(text)
                .filter(_ -> ofNames)
                .flatMap(name -> Characters.fault(name.asText()))
                .orElse(error.getMessage());
    }

    /** {@return the fields that the schema allows where an unknown one was found} */
    private static List<String> fields(Error error, Schema schema) {
        JsonNode where = schema.getSchemaNode()
                .at(JsonPointer.compile(error.getSchemaLocation().getFragment().toString())
                        .head());
        List<String> names = new ArrayList<>();
        where.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** {@return a JSON pointer such as {@code /actions/3/parents} as {@code actions[3].parents}} */
    public static String path(String pointer) {
        return path("", pointer);
    }

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
