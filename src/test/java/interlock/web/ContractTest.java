package interlock.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The description of the API holds. That answers fit it is looked at with each answer, by {@link RunningService}. */
@ExtendWith(RunningService.Shared.class)
class ContractTest {
    private final RunningService service;
    private final JsonNode description;

    ContractTest(RunningService service) {
        this.service = service;
        this.description = service.contract().description();
    }

    @Test
    void whatIsServedIsDescribedAndWhatIsDescribedIsServed() {
        assertThat(service.contract().operations()).isEqualTo(service.routes());
    }

    @Test
    void theDescriptionIsTheSameInJsonAndYaml() throws Exception {
        var yaml = new YAMLMapper().readTree(service.get("/openapi.yaml").body());

        assertThat(yaml).isEqualTo(description);
        assertThat(yaml.path("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void everyReferenceLeadsSomewhereInTheDescription() {
        assertThat(description.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(reference).startsWith("#/"))
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void theExamplesOfPlansCanBeStored() {
        var examples = description.at("/paths/~1v1~1action_plans/post/requestBody/content/application~1json/examples");

        assertThat(examples).hasSizeGreaterThan(1).allSatisfy(example -> {
            var document = example.path("value").toString();
            assertThat(service.post("/v1/action_plans", document).status()).isEqualTo(201);
            assertThat(service.contract().faults("POST", "/v1/action_plans", document))
                    .isEmpty();
        });
    }

    @Test
    void aPlanDocumentIsDescribedAsItIsChecked() {
        var wrong = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\", \"retries\": 3}]}";

        assertThat(service.contract().faults("POST", "/v1/action_plans", wrong)).isNotEmpty();
        assertThat(service.post("/v1/action_plans", wrong).faults())
                .containsExactly("actions[0].retries: is not a known field");
    }

    @Test
    void thePageOfTheDocsAsksThisServiceOnly() {
        var page = service.get("/docs");
        var scripts = page.body().lines().filter(line -> line.contains("src=") || line.contains("href="));

        assertThat(page.mediaType()).isEqualTo("text/html");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self'");
        assertThat(page.body()).doesNotContain("http:", "https:", "{swagger-ui}");
        assertThat(scripts.map(line -> line.replaceAll(".*(?:src|href)=\"([^\"]*)\".*", "$1")))
                .hasSize(5)
                .allSatisfy(path -> assertThat(status(path)).as(path).isEqualTo(200));
    }

    /** Files of the page are no part of the API. */
    private int status(String path) {
        return service.exchange(
                        "GET",
                        path,
                        java.net.http.HttpRequest.BodyPublishers.noBody(),
                        java.net.http.HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void theSchemaOfPlanDocumentsIsServedForEditors() {
        var schema = service.get("/plan.schema.json");

        assertThat(schema.mediaType()).isEqualTo("application/schema+json");
        assertThat(schema.json().path("$schema").asText()).contains("2020-12");
    }
}
