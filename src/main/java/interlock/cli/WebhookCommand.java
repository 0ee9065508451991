package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code interlock webhook}: the receivers of events. */
@Command(name = "webhook", description = "Create, show and delete webhooks, which receive events by HTTP.")
final class WebhookCommand implements Callable<Integer> {
    private static final String ID = "The webhook's UUID or a prefix of it.";

    @Mixin
    private ClientOptions options;

    @Override
    public Integer call() {
        return options.usage();
    }

    @Command(name = "create", description = "Create a webhook: send events to a URL.")
    int create(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "URL", description = "The http or https URL that receives the events.") String url,
            @Option(
                            names = "--event",
                            paramLabel = "TYPE",
                            description = "An event type, or a prefix as in 'action_plan.*'; can be "
                                    + "given several times (default: all events).")
                    @Nullable
                    List<String> events,
            @Option(
                            names = "--secret",
                            paramLabel = "TEXT",
                            interactive = true,
                            arity = "0..1",
                            description = "The secret that signs the events; prompted for without TEXT. The service "
                                    + "generates one and shows it if the option is absent.")
                    @Nullable
                    String secret) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.post("/v1/webhooks", new ApiAnswers.NewWebhook(url, events, secret));
            return asked.show(answer, () -> created(answer.as(ApiAnswers.Webhook.class)));
        }
    }

    private static String created(ApiAnswers.Webhook webhook) {
        String told = "webhook %s receives events from now on".formatted(webhook.uuid());
        return webhook.secret() == null
                ? told
                : told + "%nits secret, which is not shown again: %s".formatted(webhook.secret());
    }

    @Command(name = "list", description = "List the webhooks.")
    int list(@Mixin ClientOptions asked) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.list("/v1/webhooks", "webhooks", Map.of());
            return asked.show(
                    answer, () -> list(answer.as(ApiAnswers.Webhooks.class).webhooks(), asked.now()));
        }
    }

    private static Table list(List<ApiAnswers.Webhook> webhooks, Instant now) {
        Table table = Table.of("ID", "STATE", "DELIVERED", "FAILURES", "AGE", "URL", "LAST ERROR");
        for (ApiAnswers.Webhook webhook : webhooks) {
            table.row(
                    ApiAnswers.shortened(webhook.uuid()),
                    webhook.state(),
                    String.valueOf(webhook.delivered()),
                    String.valueOf(webhook.failures()),
                    Elapsed.between(webhook.createdAt(), now).rounded(),
                    webhook.url(),
                    webhook.failures() == 0 || webhook.lastError() == null ? "" : webhook.lastError());
        }
        return table;
    }

    @Command(name = "show", description = "Show a webhook.")
    int show(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/webhooks/" + new Lookup(rest).webhook(id));
            return asked.show(answer, () -> list(List.of(answer.as(ApiAnswers.Webhook.class)), asked.now()));
        }
    }

    @Command(name = "delete", description = "Delete a webhook.")
    int delete(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            String uuid = new Lookup(rest).webhook(id);
            rest.delete("/v1/webhooks/" + uuid);
            asked.say("deleted %s".formatted(uuid));
            return 0;
        }
    }
}
