package interlock.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.notification.Hook.Request;
import interlock.web.RunningService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A running service, and a receiver of its events. */
@ExtendWith(RunningService.Shared.class)
abstract class WebhookFixture {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String SECRET = "correct horse";
    static final String TWO = """
            {"name": "told", "actions": [
              {"id": "a", "action_type": "nop"},
              {"id": "b", "action_type": "nop", "parents": ["a"], "input_parameters": {"message": "hello"}}]}""";

    final RunningService service;
    final Hook hook = new Hook();

    WebhookFixture(RunningService service) {
        this.service = service;
    }

    @AfterEach
    void closeHook() {
        service.get("/v1/webhooks").each("webhooks", "uuid").forEach(uuid -> service.delete("/v1/webhooks/" + uuid));
        hook.close();
    }

    String subscribe(Hook to) {
        return subscribe(to.url());
    }

    String subscribe(String url) {
        var body = "{\"url\": \"%s\", \"secret\": \"%s\"}".formatted(url, SECRET);
        var created = service.post("/v1/webhooks", body);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().path("uuid").asText();
    }

    JsonNode show(String webhook) {
        return service.get("/v1/webhooks/" + webhook).json();
    }

    static List<String> types(List<Request> requests) {
        return requests.stream().map(Request::type).toList();
    }

    static List<String> typesOf(List<Request> requests, String id) {
        return requests.stream()
                .filter(request -> request.data().path("id").asText().equals(id))
                .map(Request::type)
                .toList();
    }

    static boolean isLast(Request request) {
        return List.of("action_plan.execution.end", "action_plan.execution.error", "action_plan.cancel.end")
                .contains(request.type());
    }
}
