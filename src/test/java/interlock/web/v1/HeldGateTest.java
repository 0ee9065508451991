package interlock.web.v1;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;

/** Somebody holds the gate, and does not let it go: what changes no state of a plan does not wait for it. */
@ExtendWith(RunningService.Shared.class)
class HeldGateTest {
    private static final String TEMPLATE = "{\"name\": \"%s\", \"goal\": \"dummy\", \"strategy\": \"dummy\"}";

    private final RunningService service;
    private final UUID plan;
    private Session session;
    private Transaction holder;

    HeldGateTest(RunningService service) {
        this.service = service;
        this.plan = service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
    }

    @BeforeEach
    void somebodyHoldsTheGate() {
        session = service.driver().session();
        holder = session.beginTransaction();
        holder.run("MATCH (gate:Gate) SET gate.turn = gate.turn + 1").consume();
    }

    @AfterEach
    void letItGo() {
        holder.rollback();
        holder.close();
        session.close();
    }

    @Test
    void aPlansGraphIsShownAndDrawn() {
        var graph = service.get("/v1/action_plans/%s/graph".formatted(plan));
        var layout = service.get("/v1/action_plans/%s/layout".formatted(plan));

        assertThat(graph.json().path("nodes")).hasSize(1);
        assertThat(layout.json().path("revision").asLong()).isEqualTo(1);
        assertThat(service.get("/v1/action_plans/" + plan).status()).isEqualTo(200);
    }

    @Test
    void auditsAreCreatedAndDeleted() {
        var audit = service.post("/v1/audits", """
            {"goal": "server_consolidation", "strategy": "basic", "audit_type": "ONESHOT"}\
            """);

        assertThat(audit.status()).as(audit.body()).isEqualTo(201);
        var uuid = audit.json().path("uuid").asText();
        assertThat(service.get("/v1/audits/" + uuid).json().path("state").asText())
                .isEqualTo("FAILED");
        assertThat(service.delete("/v1/audits/" + uuid).status()).isEqualTo(204);
    }

    @Test
    void auditTemplatesAreCreatedChangedAndDeleted() {
        var name = UUID.randomUUID().toString();

        var template = service.post("/v1/audit_templates", TEMPLATE.formatted(name));
        var taken = service.post("/v1/audit_templates", TEMPLATE.formatted(name));
        var changed = service.patch(
                "/v1/audit_templates/" + name,
                "[{\"op\": \"replace\", \"path\": \"/description\", \"value\": \"changed\"}]");

        assertThat(template.status()).as(template.body()).isEqualTo(201);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(changed.json().path("description").asText()).isEqualTo("changed");
        assertThat(service.delete("/v1/audit_templates/" + name).status()).isEqualTo(204);
    }

    @Test
    void webhooksAreCreatedAndDeleted() {
        var webhook = service.post("/v1/webhooks", "{\"url\": \"http://127.0.0.1:9/\"}");

        assertThat(webhook.status()).as(webhook.body()).isEqualTo(201);
        var uuid = webhook.json().path("uuid").asText();
        assertThat(service.query(
                        "MATCH (hook:Webhook {uuid: $uuid}) RETURN hook.number AS number", Map.of("uuid", uuid)))
                .hasSize(1);
        assertThat(service.delete("/v1/webhooks/" + uuid).status()).isEqualTo(204);
    }
}
