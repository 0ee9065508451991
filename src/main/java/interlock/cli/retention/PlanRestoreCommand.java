package interlock.cli.retention;

import interlock.cli.ClientOptions;
import interlock.cli.client.ApiAnswers;
import interlock.cli.client.CommandFailed;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code interlock plan restore}: stores exported plans again. */
@Command(name = "restore", description = "Store the plans of an export again, as ended plans.")
public final class PlanRestoreCommand implements Callable<Integer> {
    @Mixin
    private ClientOptions asked;

    @Parameters(paramLabel = "FILE", description = "What 'purge --export' has written: a plan on each line.")
    private Path file;

    @Override
    public Integer call() {
        try (RestClient rest = asked.connect();
                Stream<String> lines = Files.lines(file)) {
            int failed = 0;
            for (String line : (Iterable<String>) lines.filter(each -> !each.isBlank())::iterator) {
                failed += restored(rest, line) ? 0 : 1;
            }
            if (failed > 0) {
                throw new CommandFailed("%d plans were not restored".formatted(failed));
            }
            return 0;
        } catch (NoSuchFileException _) {
            throw new CommandFailed("no such file: " + file);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailed("cannot read %s: %s".formatted(file, e.getMessage()));
        }
    }

    /** {@return whether the plan is stored again} Else the reason is printed, and the others follow. */
    private boolean restored(RestClient rest, String line) {
        try {
            show(rest.postJson("/v1/action_plans/restore", line));
            return true;
        } catch (CommandFailed e) {
            asked.err().println("interlock: " + e.getMessage());
            e.particulars().forEach(each -> asked.err().println("  " + each));
            return false;
        }
    }

    private void show(Answer answer) {
        asked.show(answer, () -> {
            ApiAnswers.Plan plan = answer.as(ApiAnswers.Plan.class);
            return "restored %s: %s".formatted(plan.title(), plan.uuid());
        });
    }
}
