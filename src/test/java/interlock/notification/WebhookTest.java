package interlock.notification;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How webhooks are made, shown, listed and deleted. */
class WebhookTest extends WebhookFixture {
    WebhookTest(RunningService service) {
        super(service);
    }

    @Test
    void aSecretIsToldOnceAndOnlyToWhomHasBroughtNone() {
        var own = service.post("/v1/webhooks", "{\"url\": \"%s\", \"secret\": \"s\"}".formatted(hook.url()));
        var made = service.post("/v1/webhooks", "{\"url\": \"%s\"}".formatted(hook.url()));

        assertThat(own.json().has("secret")).isFalse();
        assertThat(made.json().path("secret").asText()).hasSize(64);
        assertThat(made.header("Location"))
                .isEqualTo(service.uri() + "/v1/webhooks/"
                        + made.json().path("uuid").asText());
        assertThat(service.get("/v1/webhooks").body()).doesNotContain("secret");
        assertThat(show(made.json().path("uuid").asText()).has("secret")).isFalse();
    }

    @Test
    void aWebhookIsListedShownAndDeleted() {
        var first = subscribe(hook);
        var second = subscribe(hook);

        var page = service.get("/v1/webhooks?limit=1");
        var next = service.get(
                page.json().path("next").asText().replace(service.uri().toString(), ""));
        var deleted = service.delete("/v1/webhooks/" + first);

        assertThat(page.each("webhooks", "uuid")).containsExactly(first);
        assertThat(next.each("webhooks", "uuid")).containsExactly(second);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(service.get("/v1/webhooks/" + first).status()).isEqualTo(404);
        assertThat(service.delete("/v1/webhooks/" + first).status()).isEqualTo(404);
        assertThat(service.get("/v1/webhooks/nonsense").status()).isEqualTo(400);
        assertThat(service.get("/v1/webhooks?marker=" + first).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                | url: is missing; expected the http or https URL that receives the events
                    {"url": 5}                                        | url: is missing; expected the http or https URL that receives the events
                    {"url": "ftp://x/y"}                              | url: 'ftp://x/y' is not an http or https URL with a host
                    {"url": "http:///y"}                              | url: 'http:///y' is not an http or https URL with a host
                    {"url": "http://a:b@x/"}                          | url: must not contain a user; events are signed with the secret instead
                    {"url": "http://x/", "secret": ""}                | secret: must be a text of 1 to 256 characters
                    {"url": "http://x/", "events": []}                | events: must be a list of event types; omit it for all types
                    {"url": "http://x/", "topics": 1}                 | topics: is an unknown field; known: url, events, secret
                    """)
    void aFaultyWebhookIsRefusedWithAllThatIsWrong(String body, String fault) {
        var refused = service.post("/v1/webhooks", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.faults()).containsExactly(fault);
        assertThat(service.get("/v1/webhooks").json().path("webhooks")).isEmpty();
    }

    @Test
    void anUnknownEventTypeIsRefusedWithThoseThatThereAre() {
        var refused =
                service.post("/v1/webhooks", "{\"url\": \"http://x/\", \"events\": [\"action.*\", \"plan.end\"]}");

        assertThat(refused.faults()).hasSize(1);
        assertThat(refused.faults().getFirst())
                .startsWith("events[1]: 'plan.end' matches no event type; known: action_plan.create, ");
    }
}
