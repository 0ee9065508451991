package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.cli.Client.Run;
import interlock.cli.terminal.Columns;
import interlock.cli.terminal.Screen;
import interlock.cli.terminal.StateMark;
import interlock.model.ActionState;
import interlock.model.PlanState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The drawings for terminals of all sizes, and the output for files and pipes. */
class TerminalTest extends CommandFixture {
    private static final String COLOURS = "\u001b\\[\\d+m";

    private static final String FORK = """
            {"id": "check", "action_type": "nop"},
            {"id": "left", "action_type": "nop", "parents": ["check"]},
            {"id": "right", "action_type": "nop", "parents": ["check"],
             "alternatives": [{"name": "round about", "actions": [{"id": "detour", "action_type": "nop"}]}]},
            {"id": "both", "action_type": "nop", "parents": ["left", "right"]}""";

    private static final String STRANGE = "移行計画の名前 🚀 e\u0301te\u0301 \u001b[31mred\u009b2J \u202e evil\nline";

    /** Names like this are refused today, but an older version may have stored one. */
    private static String strange() {
        var uuid = created("strange " + UUID.randomUUID(), FORK);
        service.query("""
                MATCH (plan:ActionPlan {uuid: $plan})-[:CONTAINS]->(action:Action {id: 'left'})
                SET plan.name = $name, action.id = $name""", Map.of("plan", uuid, "name", STRANGE));
        return uuid;
    }

    @Test
    void aTerminalListsPlansWithMarksAndBars() {
        var uuid = created("at a terminal", "{\"id\": \"a\", \"action_type\": \"nop\"}");
        client().run("plan", "start", uuid);
        client().run("plan", "watch", uuid);

        var run = client().atTerminal(100).run("plan", "list", "--name", "at a terminal");

        assertThat(run.out()).contains("\u001b[32m✓ SUCCEEDED\u001b[0m", "\u001b[32m████████████\u001b[0m");
        assertThat(uncoloured(run))
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +NAME +STATE +PROGRESS +AGE +TOOK"),
                        row -> assertThat(row)
                                .matches(
                                        uuid.substring(0, 8)
                                                + "  at a terminal  ✓ SUCCEEDED  █{12}  1 of 1 succeeded  \\d+s  +\\d+\\.\\ds"));
    }

    @Test
    void aPipeGetsWholeUuidsAndNothingThatIsOnlyToLookAt() {
        var uuid = created("piped", FORK);

        var run = client().run("plan", "list", "--name", "piped");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +NAME +STATE +PROGRESS +AGE +TOOK"),
                        row -> assertThat(row).matches(uuid + "  piped  RECOMMENDED  0 of 4 succeeded  \\d+s"));
        assertThat(client().run("plan", "graph", uuid).out()).doesNotContainPattern(COLOURS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 20, 40, 80, 120, 200})
    void noLineIsWiderThanTheTerminal(int width) {
        var uuid = strange();
        var terminal = client().atTerminal(width);

        assertThat(List.of(
                        terminal.run("plan", "list"),
                        terminal.run("plan", "graph", uuid),
                        terminal.run("plan", "paths", uuid),
                        terminal.run("action", "list", "--plan", uuid)))
                .allSatisfy(run -> assertThat(uncoloured(run))
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(Columns.of(line)).isLessThanOrEqualTo(width)));
    }

    @ParameterizedTest
    @CsvSource({"50, ID +NAME +STATE +PROGRESS", "80, ID +NAME +STATE +PROGRESS +AGE +TOOK"})
    void whereThereIsNoRoomTheBarIsLeftOutFirst(int width, String headers) {
        created("a name that is longer than what there is room for", FORK);

        var lines = uncoloured(client().atTerminal(width)
                .run("plan", "list", "--name", "a name that is longer than what there is room for"));

        assertThat(lines.getFirst()).matches(headers);
        assertThat(lines)
                .anyMatch(line -> line.contains("a na") && line.contains("…") && line.contains("◇ RECOMMENDED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan list", "plan graph %s", "plan show %s", "action list --plan %s"})
    void aNameCannotCommandTheTerminal(String command) {
        var uuid = strange();

        assertThat(List.of(client(), client().atTerminal(300)))
                .map(client -> client.run(command.formatted(uuid).split(" ")))
                .allSatisfy(run -> {
                    assertThat(run.out()).contains("移行計画の名前", "evil line");
                    assertThat(run.out().replaceAll(COLOURS, "")).doesNotContainPattern("[\\p{Cc}\\x{202e}&&[^\n]]");
                    assertThat(run.out()).doesNotContain("\u001b[31mred");
                });
    }

    @Test
    void aGraphIsDrawnInBranchesThatForkAndJoin() {
        var uuid = created("forks", FORK);

        assertThat(uncoloured(client().atTerminal(80).run("plan", "graph", uuid)))
                .containsExactly("""
                        4 actions in 3 layers, 4 dependencies, 1 alternative path
                        ○ 4 pending  ◌ 1 standby
                        ○ check      PENDING  nop
                        ├─ ○ left    PENDING  nop
                        ├─ ○ right   PENDING  nop
                        ○ both       PENDING  nop
                        ╭─ ◌ STANDBY path 'round about' instead of right
                        │  ◌ detour  STANDBY  nop
                        ╰─""".split("\n"));
    }

    @Test
    void withoutCharactersForDrawingAGraphIsDrawnInAscii() {
        var uuid = created("in ascii", FORK.replace("left", "links übrig"));

        var run = client().atTerminal(80).inAscii().run("plan", "graph", uuid);

        assertThat(run.out()).matches("\\p{ASCII}+");
        assertThat(uncoloured(run)).contains("""
                        o check           PENDING  nop
                        +- o links ?brig  PENDING  nop
                        +- o right        PENDING  nop
                        o both            PENDING  nop
                        +- ? STANDBY path 'round about' instead of right
                        |  ? detour       STANDBY  nop
                        +-""".split("\n"));
    }

    @Test
    void replacedActionsAndTheirReplacementsAreShown() {
        var uuid = created("detoured", FORK.replace("""
                {"id": "right", "action_type": "nop",""", """
                {"id": "right", "action_type": "fail","""));
        client().run("plan", "start", uuid);
        client().run("plan", "watch", uuid);

        assertThat(uncoloured(client().atTerminal(80).run("plan", "graph", uuid)))
                .contains("├─ ✗ right   FAILED     fail", "✓ both       SUCCEEDED  nop   ← left, detour")
                .contains("╭─ ✓ SUCCEEDED path 'round about' instead of right", "│  ✓ detour  SUCCEEDED  nop");
    }

    @Test
    void revertsHaveAFrameOfTheirOwn() {
        var uuid = plan("""
                {"name": "reverted", "planner": "explicit", "on_failure": "rollback", "actions": [
                  {"id": "done", "action_type": "nop"}, {"id": "bad", "action_type": "fail", "parents": ["done"]}]}""");
        client().run("plan", "start", uuid);
        client().run("plan", "watch", uuid);

        assertThat(uncoloured(client().atTerminal(80).run("plan", "graph", uuid)))
                .contains("╭─ roll-back")
                .anyMatch(line -> line.startsWith("│  ✓ ") && line.contains("done"));
    }

    @Test
    void aLongGraphIsCutShortInWordsAtATerminalOnly() {
        var uuid = created(
                "long",
                IntStream.range(0, 1000)
                        .mapToObj("{\"id\": \"a%d\", \"action_type\": \"nop\"}"::formatted)
                        .collect(Collectors.joining(",")));
        var terminal = client().atTerminal(80);

        assertThat(uncoloured(terminal.run("plan", "graph", uuid)))
                .hasSize(203)
                .last()
                .isEqualTo("┆  800 more: ○ 800 pending; use --all to show them");
        assertThat(terminal.run("plan", "graph", uuid, "--all").out().lines()).hasSize(1002);
        assertThat(client().run("plan", "graph", uuid).out().lines()).hasSize(1002);
    }

    @ParameterizedTest
    @CsvSource({"plan list", "plan graph colourless"})
    void noColorIsHonoured(String command) {
        if (uncoloured(client().run("plan", "list", "--name", "colourless")).size() == 1) {
            created("colourless", FORK);
        }
        var arguments = command.split(" ");

        assertThat(client().atTerminal(80).run(arguments).out()).containsPattern(COLOURS);
        assertThat(client().atTerminal(80).with("NO_COLOR", "1").run(arguments).out())
                .containsPattern("[○◇]")
                .doesNotContainPattern(COLOURS);
        assertThat(client().atTerminal(80).with("NO_COLOR", "").run(arguments).out())
                .containsPattern(COLOURS);
    }

    @ParameterizedTest
    @CsvSource({
        "30 100, '', 100, 30",
        "30 100, 60, 60, 30",
        "30 100, 300, 100, 30",
        "30 100, wide, 100, 30",
        "0 0, '', 80, 24",
        "'', '', 80, 24"
    })
    void aTerminalIsAsLargeAsItSaysOrAsNarrowAsIsAskedFor(String size, String asked, int columns, int rows) {
        assertThat(CommandContext.screen(size, Map.of("COLUMNS", asked))).isEqualTo(new Screen(columns, rows));
    }

    @Test
    void theMarksAreThoseOfThePage() throws Exception {
        var page = Files.readString(Path.of("src/main/resources/page/states.js"));
        var marks = Pattern.compile("([A-Z]+): '(.)'")
                .matcher(page)
                .results()
                .collect(Collectors.toMap((MatchResult found) -> found.group(1), found -> found.group(2)));

        for (var state : ActionState.values()) {
            assertThat(StateMark.of(state).symbol()).isEqualTo(marks.get(state.name()));
        }
        for (var state : PlanState.values()) {
            assertThat(StateMark.of(state).symbol()).isEqualTo(marks.get(state.name()));
        }
    }

    private static List<String> uncoloured(Run run) {
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().replaceAll(COLOURS, "").lines().toList();
    }

    private static String plan(String document) {
        var run = client().typing(document).run("plan", "create", "-", "-o", "json");
        assertThat(run.exit()).as(run.err()).isZero();
        return parsed(run.out()).path("uuid").asText();
    }
}
