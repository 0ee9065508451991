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

/** {@code interlock webhook}: who is told of what happens. */
@Command(name = "webhook", description = "Have events sent to a URL, see how that goes, and end it.")
final class WebhookCommand implements Callable<Integer> {
    private static final String ID = "The webhook's uuid, or the beginning of it.";

    @Mixin
    private ClientOptions options;

    @Override
    public Integer call() {
        return options.usage();
    }

    @Command(name = "create", description = "Have events sent to a URL.")
    int create(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "URL", description = "Where events are sent, by http or https.") String url,
            @Option(
                            names = "--event",
                            paramLabel = "TYPE",
                            description = "An event type, or the beginning of some as in 'action_plan.*'; may be "
                                    + "given several times. All, if it is not given.")
                    @Nullable
                    List<String> events,
            @Option(
                            names = "--secret",
                            paramLabel = "TEXT",
                            interactive = true,
                            arity = "0..1",
                            description = "By which events are signed; asked for if TEXT is left out. The service "
                                    + "makes one and tells it, if this is not given.")
                    @Nullable
                    String secret) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.post("/v1/webhooks", new ApiAnswers.NewWebhook(url, events, secret));
            return asked.show(answer, () -> created(answer.as(ApiAnswers.Webhook.class)));
        }
    }

    private static String created(ApiAnswers.Webhook webhook) {
        String told = "webhook %s is told what happens from now on".formatted(webhook.uuid());
        return webhook.secret() == null
                ? told
                : told + "%nits secret, which is not told again: %s".formatted(webhook.secret());
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

    @Command(name = "show", description = "Show one webhook.")
    int show(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/webhooks/" + new Lookup(rest).webhook(id));
            return asked.show(answer, () -> list(List.of(answer.as(ApiAnswers.Webhook.class)), asked.now()));
        }
    }

    @Command(name = "delete", description = "Have nothing sent any more.")
    int delete(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            String uuid = new Lookup(rest).webhook(id);
            rest.delete("/v1/webhooks/" + uuid);
            asked.say("deleted %s".formatted(uuid));
            return 0;
        }
    }
}
