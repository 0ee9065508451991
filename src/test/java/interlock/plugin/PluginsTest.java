package interlock.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.LogCapture;
import interlock.action.ActionTypes;
import interlock.action.PluginCalls;
import interlock.api.ActionType;
import interlock.api.PlannedAction;
import interlock.api.PlannerOptions;
import interlock.api.RetryPolicy;
import interlock.api.Solution;
import interlock.model.InvalidPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsTest {
    /** Marks where a test puts methods of its own. */
    private static final String MORE = "//more";

    private static final String TYPE = """
            import interlock.api.*;
            import java.util.*;
            public class Good implements ActionType {
                public String name() { return "good"; }
                public String description() { return "Does good."; }
                public String parametersSchema() { return "{}"; }
                public boolean idempotent(Map<String, Object> inputParameters) { return true; }
                public Result execute(Execution execution) { return Result.succeeded(); }
                //more
            }
            """;

    private static final String PLANNER = """
            import interlock.api.*;
            import java.util.*;
            public class Odd implements Planner {
                public String name() { return "odd"; }
                public String description() { return "Plans oddly."; }
                public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
                    //more
                }
            }
            """;

    @TempDir
    private Path folder;

    private Plugins load(Map<String, Map<String, Object>> settings) {
        return Plugins.load(
                new Plugins.Settings(Optional.of(folder), settings),
                new PluginCalls(Thread::startVirtualThread),
                Set.of("nop"),
                Set.of("weight"));
    }

    private static PluginSource good(String more) {
        return new PluginSource().actionType("Good", TYPE.replace(MORE, more));
    }

    private List<String> leftOut(PluginSource jar) throws IOException {
        jar.jar(folder.resolve("jar.jar"));
        good("").jar(folder.resolve("later.jar"));
        try (LogCapture logged = new LogCapture();
                Plugins plugins = load(Map.of())) {
            assertThat(plugins.ofActionType("good").map(PluginOrigin::jar)).hasValue("later.jar");
            List<String> lines = logged.lines().stream()
                    .filter(line -> line.contains("left out"))
                    .toList();
            assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("plug-in jar.jar is left out: "));
            assertThat(lines.getFirst()).doesNotContain("\n");
            return lines;
        }
    }

    @Test
    void aJarBringsWhatItHas() throws IOException {
        good("public void configure(Map<String, Object> settings) { System.setProperty(\"good\", settings.toString()); }"
                        + "public void close() { System.setProperty(\"good\", \"closed\"); }")
                .planner("Odd", PLANNER.replace(MORE, "return solution.actions();"))
                .attribute("Implementation-Version", "1.2.3")
                .attribute("Interlock-Api-Version", "1")
                .jar(folder.resolve("good.jar"));
        Files.writeString(folder.resolve("readme.txt"), "no jar");

        try (Plugins plugins = load(Map.of("good", Map.of("a", List.of(1))))) {
            assertThat(plugins.actionTypes())
                    .extracting(ActionTypes.Installed::name)
                    .containsExactly("good");
            assertThat(plugins.actionTypes()).allMatch(ActionTypes.Installed::isForeign);
            assertThat(plugins.planners()).extracting(GuardedPlanner::name).containsExactly("odd");
            assertThat(plugins.ofActionType("good")).hasValue(new PluginOrigin("good.jar", "1.2.3"));
            assertThat(plugins.ofPlanner("odd")).hasValue(new PluginOrigin("good.jar", "1.2.3"));
            assertThat(plugins.ofPlanner("weight")).isEmpty();
            assertThat(System.getProperty("good")).isEqualTo("{a=[1]}");
        }
        assertThat(System.clearProperty("good")).isEqualTo("closed");
    }

    @Test
    void withoutAFolderThereAreNone() {
        try (Plugins none = Plugins.load(
                new Plugins.Settings(Optional.of(folder.resolve("no-such")), Map.of()),
                PluginCalls.direct(),
                List.of(),
                List.of())) {
            assertThat(none.actionTypes()).isEmpty();
        }
    }

    @Test
    void settingsForNobodyAreTold() {
        try (LogCapture logged = new LogCapture();
                Plugins plugins = load(Map.of("evacuat", Map.of()))) {
            assertThat(plugins.planners()).isEmpty();
            assertThat(logged.lines())
                    .contains("plugins.evacuat in the configuration does not match any installed plug-in");
        }
    }

    @Test
    void aPlugInSeesTheApiAndNothingElseOfInterlock() throws IOException {
        String look = """
                public void configure(Map<String, Object> settings) throws Exception {
                    Class.forName("interlock.api.Plugin");
                    for (String name : List.of("interlock.App", "interlock.model.Failed", "org.slf4j.Logger")) {
                        try {
                            Class.forName(name);
                        } catch (ClassNotFoundException e) {
                            continue;
                        }
                        throw new IllegalStateException(name);
                    }
                }
                """;
        good(look).jar(folder.resolve("good.jar"));

        try (Plugins plugins = load(Map.of())) {
            assertThat(plugins.actionTypes()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nop, there is another action type 'nop'",
        "'', it returned nothing from its method name",
        "'a b', 'a b' is not a valid name for an action type: it may contain letters",
    })
    void aNameThatIsTakenOrNoneIsRefused(String name, String why) throws IOException {
        PluginSource jar =
                new PluginSource().actionType("Good", TYPE.replace("return \"good\"", "return \"%s\"".formatted(name)));

        assertThat(leftOut(jar)).allMatch(line -> line.contains(why));
    }

    @Test
    void aJarIsLeftOutAsAWhole() throws IOException {
        PluginSource jar = new PluginSource()
                .actionType("Fine", TYPE.replace("class Good", "class Fine").replace("\"good\"", "\"fine\""))
                .planner("Odd", PLANNER.replace("\"odd\"", "\"weight\"").replace(MORE, "return null;"));

        assertThat(leftOut(jar)).allMatch(line -> line.contains("there is another planner 'weight'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"{}\" | \"{\" | its parameters' schema is not JSON",
                "\"{}\" | \"{\\\"type\\\": 3}\" | its parameters' schema is not a JSON Schema",
                "\"{}\" | null | it returned null from its method parametersSchema",
                "\"Does good.\" | null | it returned null from its method description",
                "//more | static { Integer.parseInt(\"x\"); } | For input string: \"x\"",
                "//more | Good() {} | public no-arg constructor",
                "//more | public Good() { throw new OutOfMemoryErrorIsNot(); } static class OutOfMemoryErrorIsNot extends Error {} | could not be instantiated",
                "//more | public void configure(Map<String, Object> its) { throw new IllegalArgumentException(\"no\\nservice\"); } | Good: no service",
            })
    void whatCannotBeMadeIsRefused(String good, String bad, String why) throws IOException {
        PluginSource jar = new PluginSource().actionType("Good", TYPE.replace(good, bad));

        assertThat(leftOut(jar)).allMatch(line -> line.contains(why));
    }

    @Test
    void anExceptionThatThrowsWhenItIsLookedAtIsAnException() throws IOException {
        String nasty = """
                static class Nasty extends RuntimeException {
                    public String getMessage() { throw new Nasty(); }
                    public Throwable getCause() { throw new Nasty(); }
                    public String toString() { throw new Nasty(); }
                }
                public void configure(Map<String, Object> settings) { throw new Nasty(); }
                """;

        assertThat(leftOut(new PluginSource().actionType("Good", TYPE.replace(MORE, nasty))))
                .allMatch(line -> line.endsWith("Good: it threw Good$Nasty"));
    }

    @Test
    void aTypeThatNeverSaysWhatItUsesIsNotAwaitedForEver() throws IOException {
        good("""
                public List<ResourceUse> uses(Map<String, Object> inputParameters) {
                    while (!Thread.interrupted()) Thread.onSpinWait();
                    return List.of();
                }
                """).jar(folder.resolve("good.jar"));

        try (Plugins plugins = load(Map.of())) {
            assertThatThrownBy(() -> plugins.actionTypes().getFirst().uses(Map.of()))
                    .hasMessage("action type 'good' cannot say which resources this action uses:"
                            + " it did not answer within 2000 ms");
        }
    }

    @Test
    void aTypeThatUsesMoreThanThereIsRoomForIsNotCounted() throws IOException {
        good("""
                public List<ResourceUse> uses(Map<String, Object> inputParameters) {
                    return Collections.nCopies(Integer.MAX_VALUE, new ResourceUse(new ResourceKey("host", "h"), 1));
                }
                """).jar(folder.resolve("good.jar"));

        try (Plugins plugins = load(Map.of())) {
            assertThatThrownBy(() -> plugins.actionTypes().getFirst().uses(Map.of()))
                    .hasMessage("action type 'good' cannot say which resources this action uses:"
                            + " it returned more than 10000 entries");
        }
    }

    @Test
    void aPlugInsThreadHasTheLoaderOfItsJar() throws IOException {
        good("public void configure(Map<String, Object> settings) {"
                        + " if (Thread.currentThread().getContextClassLoader() != getClass().getClassLoader())"
                        + " throw new IllegalStateException(); }")
                .jar(folder.resolve("good.jar"));

        try (Plugins plugins = load(Map.of())) {
            assertThat(plugins.actionTypes()).hasSize(1);
        }
    }

    @Test
    void aJarWithoutPlugInsIsRefused() throws IOException {
        assertThat(leftOut(new PluginSource())).allMatch(line -> line.contains("META-INF/services names neither"));
    }

    @Test
    void aClassThatIsNotThereIsNamed() throws IOException {
        assertThat(leftOut(new PluginSource().named(ActionType.class, "no.such.Type")))
                .allMatch(line -> line.contains("no.such.Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "2, it needs version 2 of the API; this is version 1",
        "one, 'Interlock-Api-Version in its manifest is a number, not ''one'''"
    })
    void aJarForANewerApiIsRefused(String needs, String why) throws IOException {
        PluginSource jar = new PluginSource()
                .actionType("Fine", TYPE.replace("class Good", "class Fine"))
                .attribute("Interlock-Api-Version", needs);

        assertThat(leftOut(jar)).allMatch(line -> line.contains(why));
    }

    @Test
    void whatIsNoJarIsRefused() throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "no jar");

        try (LogCapture logged = new LogCapture();
                Plugins plugins = load(Map.of())) {
            assertThat(plugins.actionTypes()).isEmpty();
            assertThat(logged.lines())
                    .anyMatch(line -> line.startsWith("plug-in broken.jar is left out: it cannot be read"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null; | it threw NullPointerException",
                "throw new IllegalStateException(\"secret\"); | it threw IllegalStateException",
                "throw new IllegalArgumentException(\"too many hosts\"); | too many hosts",
                "return List.of(); | its plan lacks 'a'",
                "return List.of(solution.actions().getFirst().withParents(Set.of(\"b\")), solution.actions().getLast()); | its plan is invalid: actions: a cycle: a → b → a",
                "return List.of(solution.actions().getFirst(), solution.actions().getLast().withParents(Set.of())); | in its plan 'b' does not depend on 'a', although that parent was given",
                "return List.of(solution.actions().getFirst(), solution.actions().getLast().withEstimate(java.time.Duration.ofDays(1))); | action 'b' of its plan is not in the solution",
                "return List.of(solution.actions().getFirst().withParents(Set.of(\"c\")), solution.actions().getLast()); | its plan is invalid: actions[0].parents: there is no action 'c'",
            })
    void aPlannersNonsenseIsToldInItsName(String plan, String why) throws IOException {
        new PluginSource().planner("Odd", PLANNER.replace(MORE, plan)).jar(folder.resolve("odd.jar"));
        Solution solution = new Solution(List.of(action("a", Set.of()), action("b", Set.of("a"))));

        try (Plugins plugins = load(Map.of())) {
            GuardedPlanner planner = plugins.planners().getFirst();

            assertThatThrownBy(() -> planner.plan(solution, PlannerOptions.NONE))
                    .isInstanceOf(InvalidPlan.class)
                    .hasMessageStartingWith("planner: 'odd' made no plan: " + why);
        }
    }

    private static PlannedAction action(String id, Set<String> parents) {
        return new PlannedAction(
                id,
                "nop",
                Map.of("message", id),
                parents,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RetryPolicy.NEVER);
    }
}
