package interlock.web.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(RunningService.Shared.class)
class AuditTemplateTest {
    private final RunningService service;

    AuditTemplateTest(RunningService service) {
        this.service = service;
    }

    @Test
    void anAuditTemplateSaysWhatItsAuditsAreFor() {
        var name = "template-" + UUID.randomUUID();
        var template = service.post("/v1/audit_templates", """
                {"name": "%s", "goal": "dummy", "strategy": "dummy", "description": "each day",
                 "default_parameters": {"para2": "from the template"}}""".formatted(name));
        assertThat(template.status()).as(template.body()).isEqualTo(201);

        var audit = service.post("/v1/audits", """
                {"audit_type": "ONESHOT", "audit_template_uuid": "%s", "parameters": {"para1": 2}}""".formatted(name));
        assertThat(audit.status()).as(audit.body()).isEqualTo(201);
        var parameters = service.get("/v1/audits/" + audit.json().path("uuid").asText())
                .json()
                .path("parameters");
        assertThat(parameters.path("para1").asDouble()).isEqualTo(2);
        assertThat(parameters.path("para2").asText()).isEqualTo("from the template");
        assertThat(service.post(
                                "/v1/audits",
                                "{\"audit_type\": \"ONESHOT\", \"audit_template_uuid\": \"%s\", \"goal\": \"dummy\"}"
                                        .formatted(name))
                        .detail())
                .isEqualTo("Either audit_template_uuid or goal should be provided.");

        var patched = service.patch(
                "/v1/audit_templates/" + name,
                "[{\"op\": \"replace\", \"path\": \"/description\", \"value\": \"each week\"}]");
        assertThat(patched.json().path("description").asText()).isEqualTo("each week");
        var removed = service.patch(
                "/v1/audit_templates/" + name,
                "[{\"op\": \"remove\", \"path\": \"/description\"}, {\"op\": \"remove\", \"path\": \"/strategy\"}]");
        assertThat(removed.json().path("description").isNull()).isTrue();
        assertThat(removed.json().path("strategy_name").isNull()).isTrue();
        assertThat(service.patch("/v1/audit_templates/" + name, "[{\"op\": \"remove\", \"path\": \"/goal\"}]")
                        .status())
                .isEqualTo(400);
        assertThat(service.get("/v1/audit_templates?goal=dummy").each("audit_templates", "name"))
                .contains(name);
        assertThat(service.get("/v1/audit_templates/detail?strategy=actuator").each("audit_templates", "name"))
                .doesNotContain(name);
        assertThat(service.get("/v1/audit_templates/" + name, Microversion.HEADER, "infra-optim 1.6")
                        .json()
                        .has("default_parameters"))
                .isFalse();
        assertThat(service.post("/v1/audit_templates", "{\"name\": \"%s\", \"goal\": \"dummy\"}".formatted(name))
                        .status())
                .isEqualTo(409);
        assertThat(service.delete("/v1/audit_templates/" + name).status()).isEqualTo(204);
        assertThat(service.get("/v1/audit_templates/" + name).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"goal": "dummy"}                                          | Invalid input for field/attribute name. Value: 'None'. Mandatory field missing.
            {"name": "x"}                                              | Invalid input for field/attribute goal. Value: 'None'. Mandatory field missing.
            {"name": "x", "goal": "nobodys"}                           | Goal nobodys is invalid
            {"name": "x", "goal": "dummy", "strategy": "nobodys"}      | Strategy nobodys is invalid
            """)
    void aTemplateThatMakesNoSenseIsRefused(String body, String detail) {
        var answer = service.post("/v1/audit_templates", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo(detail);
    }
}
