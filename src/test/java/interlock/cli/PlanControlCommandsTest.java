package interlock.cli;

import static interlock.cli.Client.awaitIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.cli.Client.Run;
import interlock.web.RunningService;
import org.junit.jupiter.api.Test;

/** {@code plan pause}, {@code resume}, {@code cancel}, {@code retry} and {@code paths}, and {@code action skip}. */
class PlanControlCommandsTest extends CommandFixture {
    @Test
    void aPlanIsPausedResumedAndCancelled() {
        created("lengthy", "{id: a, action_type: sleep, input_parameters: {duration: 600}}");
        run("plan", "start", "lengthy");
        var watch = client().start("plan", "watch", "lengthy");
        awaitIn(watch.out(), "lengthy");
        await().atMost(RunningService.PATIENCE)
                .until(() -> run("plan", "list", "--name", "lengthy").out().contains("ONGOING"));

        var paused = run("plan", "pause", "lengthy");
        var list = run("plan", "list", "--name", "lengthy");
        var show = run("plan", "show", "lengthy");
        var again = run("plan", "pause", "lengthy");
        var resumed = run("plan", "resume", "lengthy");
        var cancelled = run("plan", "cancel", "lengthy");
        var watched = watch.join();

        assertThat(paused.out()).startsWith("paused lengthy; resume it with: interlock plan resume ");
        assertThat(list.out()).contains("ONGOING (paused)");
        assertThat(show.out()).contains("state       ONGOING (paused)");
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err())
                .isEqualTo("interlock: Couldn't pause: the plan is paused; its state is 'ONGOING'.%n".formatted());
        assertThat(resumed.out()).isEqualTo("resumed lengthy%n".formatted());
        assertThat(cancelled.out()).startsWith("lengthy will be cancelled when its running actions have ended");
        assertThat(watched.exit()).isEqualTo(4);
        assertThat(watched.out()).contains("ONGOING (paused)  the plan lengthy", "CANCELLING  the plan lengthy");
        assertThat(watched.err()).contains("lengthy CANCELLED after", "Cancelled by user.");
        assertThat(run("plan", "cancel", "lengthy").err())
                .isEqualTo("interlock: Couldn't cancel when state is 'CANCELLED'.%n".formatted());
    }

    @Test
    void aPlanThatWasCancelledBeforeItsStartIsRetried() {
        created("doubtful", "{id: a, action_type: nop}");

        var cancelled = run("plan", "cancel", "doubtful");
        var retried = run("plan", "retry", "doubtful");

        assertThat(cancelled.out()).isEqualTo("cancelled doubtful%n".formatted());
        assertThat(retried.out()).startsWith("started doubtful again; watch it with: interlock plan watch ");
        assertThat(run("plan", "watch", "doubtful").exit()).isZero();
    }

    @Test
    void anActionIsSkippedWithAReason() {
        created("shortened", "{id: no need, action_type: fail}");

        var skipped = run("action", "skip", "no need", "--plan", "shortened", "--reason", "done by hand");
        var again = run("action", "skip", "no need", "--plan", "shortened");

        assertThat(skipped.out()).isEqualTo("skipped no need%n".formatted());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("interlock: Couldn't skip when state is 'SKIPPED'.%n".formatted());
        assertThat(run("action", "show", "no need", "--plan", "shortened").out())
                .contains("Action skipped by user. Reason: done by hand");
    }

    @Test
    void aGraphShowsThePathsAfterTheLayersOfThePlan() {
        created("with paths", """
                {id: a, action_type: nop},
                {id: b, action_type: fail, parents: [a], alternatives: [
                  {name: other way, actions: [{id: c, action_type: nop}, {id: d, action_type: nop, parents: [c]}]}]},
                {id: e, action_type: nop, parents: [b]}""");

        var before = run("plan", "graph", "with paths");
        run("plan", "start", "with paths");
        var watched = run("plan", "watch", "with paths");
        var after = run("plan", "graph", "with paths");

        assertThat(before.out()).isEqualToNormalizingNewlines("""
                3 actions in 3 layers, 2 dependencies, 1 alternative path
                ○ 3 pending  ◌ 2 standby
                ○ a     PENDING  nop
                ○ b     PENDING  fail
                ○ e     PENDING  nop
                ╭─ ◌ STANDBY path 'other way' instead of b
                │  ◌ c  STANDBY  nop
                │  ◌ d  STANDBY  nop
                ╰─
                """);
        assertThat(watched.exit()).isZero();
        assertThat(after.out())
                .containsPattern("✓ e +SUCCEEDED +nop +← d")
                .contains("╭─ ✓ SUCCEEDED path 'other way' instead of b");
    }

    @Test
    void revertsAreShownApartAndCountedInTheWatch() {
        created(
                "undone",
                "on_failure: rollback",
                "{id: a, action_type: nop}, {id: b, action_type: fail, parents: [a]}");
        run("plan", "start", "undone");

        var watched = run("plan", "watch", "undone", "--output", "table");

        assertThat(watched.exit()).isEqualTo(3);
        assertThat(watched.err())
                .containsPattern("undone FAILED \\(rolled back\\) after .*: 0 of 2 succeeded, 1 reverted, 1 failed");
        assertThat(run("plan", "show", "undone").out())
                .contains("state       FAILED (rolled back)", "progress    0 of 2 succeeded, 1 reverted, 1 failed");
        assertThat(client().atTerminal(120)
                        .run("plan", "list", "--name", "undone")
                        .out())
                .contains("\u001b[34m↺ FAILED (rolled back)\u001b[0m", "\u001b[34m▚▚▚▚▚▚\u001b[0m");
        assertThat(run("plan", "graph", "undone").out())
                .contains("╭─ roll-back")
                .containsPattern("✓ revert a +SUCCEEDED +nop")
                .containsPattern("↺ a +SUCCEEDED \\(reverted\\) +nop");
        assertThat(run("action", "show", "a", "--plan", "undone").out()).contains("reverted    yes");
        assertThat(run("action", "show", "revert a", "--plan", "undone").out()).contains("reverts     ");
    }

    @Test
    void thePathsOfAPlanAreATable() {
        created("tabled", """
                {id: b, action_type: fail, input_parameters: {message: no luck}, alternatives: [
                  {name: first, actions: [{id: c, action_type: nop}]}, {name: second, actions: [{id: d, action_type: nop}]}]}""");
        run("plan", "start", "tabled");
        run("plan", "watch", "tabled");

        var paths = run("plan", "paths", "tabled");
        var json = run("plan", "paths", "tabled", "-o", "json");

        assertThat(paths.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header)
                                .matches("ID +PATH +INSTEAD OF +RANK +STATE +ACTIONS +TOOK +WHY +MESSAGE"),
                        first -> assertThat(first)
                                .matches(
                                        "[0-9a-f]{8} +first +b +\\d +SUCCEEDED +1 +\\d.* +Action 'b' failed: .*no luck"),
                        second -> assertThat(second).matches("[0-9a-f]{8} +second +b +\\d +STANDBY +1"));
        assertThat(json.out()).startsWith("{\"alternative_paths\":[");
    }

    @Test
    void aPlanIsForecast() {
        String actions = "{id: a, action_type: nop, estimated_duration: 3s}, "
                + "{id: b, action_type: nop, estimated_duration: 4s, parents: [a]}";
        created("timed", actions);
        String table = String.join(
                System.lineSeparator(),
                "START  FINISH  ACTION",
                "0.0s   3.0s    a       *",
                "3.0s   7.0s    b       *");

        assertThat(run("plan", "forecast", "timed").out())
                .startsWith("7.0s in total; lower bound 7.0s")
                .contains("; 7.0s when it started; ", table);
        Run planned =
                client().typing("name: dry\nactions: [%s]".formatted(actions)).run("plan", "create", "-", "--dry-run");
        assertThat(planned.out())
                .startsWith("planned by explicit: 2 actions, 1 dependencies, 0 alternative paths; nothing was stored")
                .contains("7.0s in total; lower bound 7.0s", table);
        assertThat(run("plan", "list", "--name", "dry").out()).doesNotContain("dry");
    }
}
