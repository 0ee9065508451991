package interlock.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import interlock.action.SchemaErrors;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.model.DurationText;
import interlock.model.ValidationError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes planner options: in plan documents, in the configuration and in the list of planners. */
public final class PlannerOptionsDocument {
    private static final Schema SCHEMA = PlanDocument.schema("planner_options");

    private PlannerOptionsDocument() {}

    /**
     * {@return the options}
     *
     * @param path their path in the document
     * @param faults receives their errors
     */
    public static PlannerOptions read(JsonNode options, String path, List<ValidationError> faults) {
        faults.addAll(SchemaErrors.of(SCHEMA, options, path));
        return readChecked(options, path, faults);
    }

    /** {@return the options of a document that was already validated against the schema} */
    static PlannerOptions readChecked(JsonNode options, String path, List<ValidationError> faults) {
        return new PlannerOptions(
                numbers(options.path("weights")),
                numbers(options.path("parallelization")),
                texts(options.path("instance_hosts")),
                budget(options.path("budget"), path, faults));
    }

    private static Map<String, Integer> numbers(JsonNode object) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (entry.getValue().canConvertToInt()) {
                numbers.put(entry.getKey(), entry.getValue().intValue());
            }
        });
        return numbers;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return texts;
    }

    private static Optional<Duration> budget(JsonNode text, String path, List<ValidationError> faults) {
        if (!text.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationText.parse(text.asText()));
        } catch (IllegalArgumentException e) {
            faults.add(new ValidationError(path + ".budget", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** {@return the JSON Schema of the options that a planner reads, with their default values} */
    public static JsonNode schema(Planner planner, PlannerOptions options) {
        ObjectNode schema = PlanDocument.definition("planner_options").deepCopy();
        ObjectNode properties = schema.withObject("/properties");
        properties.retain(planner.options());
        write(properties, "weights", options.weights());
        write(properties, "parallelization", options.parallelization());
        options.budget()
                .filter(_ -> properties.has("budget"))
                .ifPresent(budget -> properties.withObject("/budget").put("default", budget.toString()));
        return schema;
    }

    private static void write(ObjectNode properties, String name, Map<String, Integer> numbers) {
        if (properties.has(name)) {
            numbers.forEach(properties.withObject("/" + name).putObject("default")::put);
        }
    }
}
