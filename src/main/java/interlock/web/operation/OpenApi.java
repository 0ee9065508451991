package interlock.web.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.plan.PlanDocument;
import java.io.IOException;
import java.io.InputStream;

/** The OpenAPI document as it is served: a single document without external references. */
final class OpenApi {
    private static final String PLAN_DOCUMENT = "#/components/schemas/PlanDocument";

    private OpenApi() {}

    /** {@return {@code openapi.yaml} with the schema of plan documents embedded} */
    static JsonNode read() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("/interlock/openapi.yaml")) {
            JsonNode description = new YAMLMapper().readTree(in);
            ((ObjectNode) description.at("/components/schemas")).set("PlanDocument", planDocument());
            return description;
        }
    }

    /** Rewrites the schema's references to its own definitions, so that they start at the root of the document. */
    private static JsonNode planDocument() throws IOException {
        String text = PlanDocument.schemaText().replace("\"#/$defs/", "\"" + PLAN_DOCUMENT + "/$defs/");
        ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text);
        return schema.without("$schema");
    }
}
