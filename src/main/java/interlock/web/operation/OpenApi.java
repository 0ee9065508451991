package interlock.web.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.plan.PlanDocument;
import java.io.IOException;
import java.io.InputStream;

/** The description of the API, as it is served: one document that refers to no other. */
final class OpenApi {
    private static final String PLAN_DOCUMENT = "#/components/schemas/PlanDocument";

    private OpenApi() {}

    /** {@return {@code openapi.yaml}, with the schema of plan documents in its place} */
    static JsonNode read() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("/interlock/openapi.yaml")) {
            JsonNode description = new YAMLMapper().readTree(in);
            ((ObjectNode) description.at("/components/schemas")).set("PlanDocument", planDocument());
            return description;
        }
    }

    /** What the schema calls its own definitions by has to be said from the root of the description. */
    private static JsonNode planDocument() throws IOException {
        String text = PlanDocument.schemaText().replace("\"#/$defs/", "\"" + PLAN_DOCUMENT + "/$defs/");
        ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text);
        return schema.without("$schema");
    }
}
