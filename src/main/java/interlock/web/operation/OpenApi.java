package interlock.web.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.plan.PlanDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The OpenAPI document as it is served: a single document without external references. */
final class OpenApi {
    private static final String PLAN_DOCUMENT = "#/components/schemas/PlanDocument";

    private static final String SCHEMA = "#/components/schemas/";
    private static final String VERSION = "#/components/parameters/apiVersion";
    private static final String NOT_ACCEPTABLE = "406";

    /** Marks what belongs to Watcher's API. */
    private static final String WATCHER_TAG = "audits";

    private OpenApi() {}

    /** {@return {@code openapi.yaml} with the schema of plan documents embedded} */
    static JsonNode read() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("/interlock/openapi.yaml")) {
            JsonNode description = new YAMLMapper().readTree(in);
            ((ObjectNode) description.at("/components/schemas")).set("PlanDocument", planDocument());
            return description;
        }
    }

    /** {@return the description without the operations of Watcher's API, its versions, and schemas that only these use} */
    static JsonNode withoutWatcherApi() throws IOException {
        JsonNode description = read();
        removeIf(description.path("tags"), tag -> tag.path("name").asText().equals(WATCHER_TAG));
        removeIf(description.path("paths"), OpenApi::isWatchers);
        description.path("paths").forEach(path -> {
            removeVersion(path);
            path.forEach(OpenApi::removeVersion);
        });
        ObjectNode schemas = (ObjectNode) description.at("/components/schemas");
        int before;
        do {
            before = schemas.size();
            schemas.retain(referenced(description));
        } while (schemas.size() < before);
        return description;
    }

    private static boolean isWatchers(JsonNode path) {
        return path.findValues("tags").stream()
                .anyMatch(tags -> tags.path(0).asText().equals(WATCHER_TAG));
    }

    private static void removeVersion(JsonNode operation) {
        removeIf(
                operation.path("parameters"),
                parameter -> parameter.path("$ref").asText().equals(VERSION));
        if (operation.path("responses") instanceof ObjectNode responses) {
            responses.remove(NOT_ACCEPTABLE);
        }
    }

    private static void removeIf(JsonNode members, Predicate<JsonNode> unwanted) {
        for (Iterator<JsonNode> member = members.elements(); member.hasNext(); ) {
            if (unwanted.test(member.next())) {
                member.remove();
            }
        }
    }

    private static Set<String> referenced(JsonNode description) {
        return description.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith(SCHEMA))
                .map(reference -> reference.substring(SCHEMA.length()).split("/", 2)[0])
                .collect(Collectors.toSet());
    }

    /** Rewrites the schema's references to its own definitions, so that they start at the root of the document. */
    private static JsonNode planDocument() throws IOException {
        String text = PlanDocument.schemaText().replace("\"#/$defs/", "\"" + PLAN_DOCUMENT + "/$defs/");
        ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text);
        return schema.without("$schema");
    }
}
