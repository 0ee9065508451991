package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebhookCommandTest extends CommandFixture {
    @Test
    void aWebhookIsCreatedListedShownAndDeleted() {
        var created = run("webhook", "create", "http://127.0.0.1:1/events", "--event", "action_plan.*");
        var id = created.out().substring("webhook ".length(), "webhook ".length() + 8);
        var list = run("webhook", "list");
        var shown = run("webhook", "show", id);
        var deleted = run("webhook", "delete", id);

        assertThat(created.out())
                .contains("receives events from now on")
                .containsPattern("its secret, which is not shown again: [0-9a-f]{64}");
        assertThat(list.out()).startsWith("ID").contains(id, "ACTIVE", "http://127.0.0.1:1/events");
        assertThat(shown.out()).startsWith("ID").contains(id, "http://127.0.0.1:1/events");
        assertThat(deleted.out()).startsWith("deleted " + id);
        assertThat(run("webhook", "show", id).err())
                .isEqualTo("interlock: no webhook has the name '%s' or a UUID that starts with it%n".formatted(id));
    }

    @Test
    void aSecretOfOnesOwnIsNotTold() {
        var created = run("webhook", "create", "http://127.0.0.1:1/own", "--secret", "correct horse", "-o", "json");

        assertThat(created.exit()).isZero();
        assertThat(created.out()).contains("\"http://127.0.0.1:1/own\"").doesNotContain("correct horse");
        run("webhook", "delete", parsed(created.out()).path("uuid").asText());
    }

    @Test
    void anInvalidWebhookIsRejected() {
        var refused = run("webhook", "create", "ftp://x/", "--event", "nonsense");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "url: 'ftp://x/' is not an http or https URL with a host",
                        "events[0]: 'nonsense' matches no event");
    }
}
