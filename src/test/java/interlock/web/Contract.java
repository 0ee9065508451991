package interlock.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The API's description, and what it says of requests and answers. */
public final class Contract {
    /** Longer bodies are not held against it: that would take long and say nothing new. */
    private static final int LONGEST = 1_000_000;

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

    private final JsonNode description;
    private final OpenApiInteractionValidator validator;

    Contract(String description) {
        this.description = Answer.json(description);
        this.validator = OpenApiInteractionValidator.createForInlineApiSpecification(description)
                // where nothing else may be, the schemas say so; elsewhere it is not to be taken for granted
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    /** {@return what is described, such as {@code GET /v1/action_plans/{id}}} */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(member -> {
                    if (METHODS.contains(member)) {
                        operations.add(member.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    public JsonNode description() {
        return description;
    }

    /** Fails unless the answer is one that is described; what is not described is answered by a problem. */
    void check(String method, String path, Answer answer) {
        if (answer.body().length() > LONGEST) {
            return;
        }
        String plainPath = URI.create(path).getPath();
        if (!isDescribed(method, plainPath)) {
            assertThat(answer.status()).as(method + " " + path).isIn(400, 404, 405);
            assertThat(problems("Problem", answer.json())).isEmpty();
            return;
        }
        var response = SimpleResponse.Builder.status(answer.status()).withBody(answer.body());
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
        ValidationReport report = validator.validateResponse(plainPath, Method.valueOf(method), response.build());
        assertThat(report.getMessages())
                .as("%s %s: %d %s", method, path, answer.status(), answer.body())
                .isEmpty();
    }

    private boolean isDescribed(String method, String path) {
        return operations().stream()
                .anyMatch(operation -> (method + " " + path).matches(operation.replaceAll("\\{\\w+}", "[^/]+") + "/?"));
    }

    /** {@return what is wrong with a request} */
    public List<String> faults(String method, String path, String body) {
        SimpleRequest request = new SimpleRequest.Builder(method, path)
                .withContentType("application/json")
                .withBody(body)
                .build();
        return validator.validateRequest(request).getMessages().stream()
                .map(ValidationReport.Message::getMessage)
                .toList();
    }

    /** {@return what is wrong with a value that is described by a schema} */
    public List<Error> problems(String schema, JsonNode value) {
        ObjectNode root = description.deepCopy();
        root.put("$ref", "#/components/schemas/" + schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(value);
    }
}
