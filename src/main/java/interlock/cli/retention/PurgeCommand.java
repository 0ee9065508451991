package interlock.cli.retention;

import interlock.cli.ClientOptions;
import interlock.cli.client.PurgeClient;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code interlock purge}: removes ended plans. */
@Command(name = "purge", description = "Remove ended plans, and wait until they are removed.")
public final class PurgeCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions asked;

    @Option(
            names = "--older-than",
            paramLabel = "DURATION",
            required = true,
            description = "Remove the plans that ended longer ago: 30d, 12h, PT30M.")
    private String olderThan;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "Only plans in this state: SUCCEEDED, FAILED, CANCELLED, SUPERSEDED or DELETED; can be given several times.")
    private @Nullable List<String> states;

    @Option(names = "--dry-run", description = "Only count the plans and actions.")
    private boolean dryRun;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description =
                    "Write the plans into this new file before they are removed, one on a line; 'plan restore' reads it.")
    private @Nullable Path export;

    @Override
    public Integer call() {
        try (RestClient rest = asked.connect()) {
            List<String> upper = states == null
                    ? null
                    : states.stream()
                            .map(state -> state.toUpperCase(Locale.ROOT))
                            .toList();
            PurgeClient client = new PurgeClient(rest, olderThan, upper, wait -> LockSupport.parkNanos(wait.toNanos()));
            if (dryRun) {
                Answer answer = client.dryRun();
                return asked.show(answer, () -> {
                    PurgeClient.DryRun counted = answer.as(PurgeClient.DryRun.class);
                    return "would remove %s%s"
                            .formatted(amount(counted.plans(), counted.actions()), kept(counted.keptPlans()));
                });
            }
            if (export != null) {
                PurgeClient.Removed removed = client.purgeExporting(
                        export, now -> asked.say("removed " + amount(now.plans(), now.actions())));
                Answer answer = new Answer("{\"removed_plans\": %d, \"removed_actions\": %d, \"kept_plans\": %d}"
                        .formatted(removed.plans(), removed.actions(), removed.kept()));
                return asked.show(
                        answer,
                        () -> "%s are in %s and removed%s"
                                .formatted(amount(removed.plans(), removed.actions()), export, kept(removed.kept())));
            }
            Answer answer = client.purge(_ -> {});
            return asked.show(answer, () -> {
                PurgeClient.Purge purge = answer.as(PurgeClient.Purge.class);
                return "removed %s%s"
                        .formatted(amount(purge.removedPlans(), purge.removedActions()), kept(purge.keptPlans()));
            });
        }
    }

    private static String amount(long plans, long actions) {
        return "%,d plans with %,d actions".formatted(plans, actions);
    }

    private static String kept(long plans) {
        return plans == 0 ? "" : "; %,d more stay until webhooks were told about their changes".formatted(plans);
    }
}
