package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeCommandTest extends CommandFixture {
    private static String ended(String name) {
        String uuid = created(name, "{id: a, action_type: nop}, {id: b, action_type: nop, parents: [a]}");
        run("plan", "start", uuid);
        await().until(() -> json("plan", "show", uuid).path("state").asText().equals("SUCCEEDED"));
        return uuid;
    }

    @Test
    void plansAreCountedExportedRemovedAndRestored(@TempDir Path directory) throws IOException {
        run("purge", "--older-than", "0s", "--state", "SUCCEEDED");
        String uuid = ended("exported");
        Path file = directory.resolve("plans.jsonl");

        var counted = run("purge", "--older-than", "0s", "--state", "succeeded", "--dry-run");
        assertThat(counted.out()).isEqualTo("would remove 1 plans with 2 actions%n".formatted());
        var purged = run("purge", "--older-than", "0s", "--state", "SUCCEEDED", "--export", file.toString());
        assertThat(purged.exit()).as(purged.err()).isZero();
        assertThat(purged.out()).endsWith("1 plans with 2 actions are in %s and removed%n".formatted(file));
        assertThat(run("plan", "show", uuid).exit()).isEqualTo(1);
        assertThat(Files.readAllLines(file)).hasSize(1).first().asString().contains(uuid);

        var exists = run("purge", "--older-than", "0s", "--export", file.toString());
        assertThat(exists.err()).isEqualTo("interlock: %s exists; give the name of a new file%n".formatted(file));

        var restored = run("plan", "restore", file.toString());
        assertThat(restored.out()).isEqualTo("restored exported: %s%n".formatted(uuid));
        assertThat(json("plan", "show", uuid).path("state").asText()).isEqualTo("SUCCEEDED");
        var again = run("plan", "restore", file.toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("The plan %s is stored already.".formatted(uuid));

        var removed = json("purge", "--older-than", "0s");
        assertThat(removed.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(removed.path("removed_plans").asInt()).isPositive();
    }

    @Test
    void badUsageIsExplained() {
        assertThat(run("purge").exit()).isEqualTo(2);
        assertThat(run("purge", "--older-than", "soon").err()).contains("'soon' is not a duration");
        assertThat(run("plan", "restore", "nowhere.jsonl").err())
                .isEqualTo("interlock: no such file: nowhere.jsonl%n".formatted());
    }
}
