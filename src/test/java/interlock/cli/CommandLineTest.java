package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import interlock.cli.Client.Run;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f-]{27}";

    @TempDir
    static Path data;

    private static Service service;

    @TempDir
    Path directory;

    @BeforeAll
    static void startService() {
        service = new Service(data);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void aPlanInYamlIsCreatedStartedAndFollowedToItsEnd() throws Exception {
        var file = Files.writeString(directory.resolve("plan.yaml"), """
                name: two steps
                actions:
                  - {id: first, action_type: nop}
                  - {id: second, action_type: nop, input_parameters: {message: that was all}, parents: [first]}
                """);

        var run = run("plan", "create", file.toString(), "--start", "--watch");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("created two steps: " + UUID + ", 2 actions")
                .contains("1/2  SUCCEEDED  first")
                .contains("2/2  SUCCEEDED  second: that was all")
                .containsPattern("two steps SUCCEEDED after .*: 2 SUCCEEDED");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aPlanThatIsOverBeforeItsWatchBeginsIsToldFromItsStart() {
        var out = new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                super.write(text, from, length);
                if (text.contains("started hasty")) {
                    run("plan", "watch", "hasty");
                }
            }
        };

        var run = client().typing("name: hasty\nactions: [{id: a, action_type: nop}]")
                .run(out, "plan", "create", "-", "--start", "--watch");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("0/1  ONGOING    a", "1/1  SUCCEEDED  a", "1/1  SUCCEEDED  the plan hasty");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"typed\", \"actions\": [%s]}", "name: typed\nactions: [%s]"})
    void aPlanIsReadFromStandardInput(String document) {
        var run = client().typing(document.formatted("{\"id\": \"a\", \"action_type\": \"nop\"}"))
                .run("plan", "create", "-");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("created typed").contains("1 actions");
    }

    @Test
    void thePlannerOfTheCommandLineOverridesTheDocuments() {
        var document = "planner: no such\nactions: [{id: a, action_type: nop}]";

        assertThat(client().typing(document).run("plan", "create", "-").err()).contains("no such");
        assertThat(client().typing(document)
                        .run("plan", "create", "-", "--planner", "explicit")
                        .exit())
                .isZero();
    }

    @Test
    void everyFaultOfARefusedPlanIsALineWithItsPath() {
        var document = "actions: [{id: a, action_type: nopp}, {id: b, action_type: nop, parents: [x]}]";

        var run = client().typing(document).run("plan", "create", "-");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("interlock: 2 errors"))
                .anyMatch(line -> line.startsWith("  actions[0].action_type: there is no action type 'nopp'"))
                .anyMatch(line -> line.startsWith("  actions[1].parents[0]: there is no action 'x'"));
    }

    @Test
    void aSingleFaultIsOneLine() {
        var run = client().typing("actions: []").run("plan", "create", "-");

        assertThat(run.err().lines()).singleElement().asString().startsWith("interlock: actions: ");
    }

    @Test
    void aMissingFileIsNamed() {
        var run = run("plan", "create", "/no/such/plan.yaml");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("interlock: no such file: /no/such/plan.yaml%n".formatted());
    }

    @Test
    void anAnswerThatIsLostIsAskedForAgainAndMakesNoSecondPlan() throws Exception {
        var proxy = proxyThatLosesTheFirstAnswer();
        try {
            var run = Client.of(
                            URI.create("http://127.0.0.1:" + proxy.getAddress().getPort()))
                    .typing("{\"name\": \"once\", \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}")
                    .run("plan", "create", "-");

            assertThat(run.exit()).isZero();
            assertThat(json("plan", "list", "--name", "once").path("action_plans"))
                    .hasSize(1);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void aListShowsIdNameStateProgressAndAge() {
        var uuid = created("listed");

        var run = run("plan", "list", "--name", "listed", "--state", "recommended");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +NAME +STATE +PROGRESS +AGE +TOOK"),
                        row -> assertThat(row).matches(uuid + " +listed +RECOMMENDED +0/1 +\\d+s"));
    }

    @Test
    void aListLongerThanAPageIsShownWhole() {
        var actions = IntStream.rangeClosed(1, 1001)
                .mapToObj("{\"id\": \"a%d\", \"action_type\": \"nop\"}"::formatted)
                .collect(Collectors.joining(","));
        var uuid = created("long", actions);

        assertThat(run("action", "list", "--plan", uuid).out().lines()).hasSize(1002);
        assertThat(json("action", "list", "--plan", uuid).path("actions")).hasSize(1001);
        assertThat(json("action", "list", "--plan", uuid).has("next")).isFalse();
    }

    @Test
    void aPlanIsFoundByItsUuidTheBeginningOfItAndItsName() {
        var uuid = created("found");

        assertThat(Stream.of(uuid, uuid.substring(0, 9), "found").map(id -> run("plan", "show", id)))
                .allSatisfy(run -> assertThat(run.out()).contains("uuid        " + uuid));
    }

    @Test
    void aNameOfTwoPlansIsRefusedAndBothAreNamed() {
        var one = created("twin");
        var other = created("twin");

        var run = run("plan", "delete", "twin");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("interlock: 'twin' matches 2 plans; give a longer prefix")
                .contains(one, other);
        assertThat(run("plan", "list", "--name", "twin").out().lines()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, interlock: no plan has the name 'nowhere'",
        "00000000-0000-0000-0000-000000000000, interlock: ActionPlan 00000000-0000-0000-0000-000000000000 could not be"
    })
    void aPlanThatIsNotThereIsSaidToBe(String id, String message) {
        var run = run("plan", "show", id);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith(message);
    }

    @Test
    void aPlanIsStartedOnceAndDeletedWhenItHasEnded() {
        var uuid = created("short-lived");

        assertThat(run("plan", "start", uuid).out()).startsWith("started short-lived");
        assertThat(run("plan", "watch", uuid).exit()).isZero();
        assertThat(run("plan", "start", uuid).err())
                .isEqualTo("interlock: Couldn't start when state is 'SUCCEEDED'.%n".formatted());
        assertThat(run("plan", "delete", uuid).out()).isEqualTo("deleted %s%n".formatted(uuid));
        assertThat(run("plan", "list", "--name", "short-lived").out().lines()).hasSize(1);
    }

    @Test
    void whyAnActionDoesNotRunIsSaidInWords() {
        created("asked", """
                {"id": "first", "action_type": "nop"}, {"id": "second", "action_type": "nop", "parents": ["first"]}""");

        assertThat(run("action", "explain", "second", "--plan", "asked").out()).isEqualToNormalizingNewlines("""
                        'second' is PENDING: its plan is RECOMMENDED, and nobody has started it.

                        plan_state  its plan is RECOMMENDED, and nobody has started it
                        parents     it waits for 'first' (PENDING)
                                    first  PENDING
                        """);
        assertThat(json("action", "explain", "second", "--plan", "asked").path("reasons"))
                .hasSize(2);
    }

    @Test
    void whatAFailureWouldBlockIsListed() {
        created("fragile", """
                {"id": "first", "action_type": "nop"}, {"id": "second", "action_type": "nop", "parents": ["first"]}""");

        assertThat(run("action", "impact", "first", "--plan", "fragile").out()).isEqualToNormalizingNewlines("""
                        'first' is PENDING: if it fails, nothing takes its place, and 1 action is cancelled.

                        EFFECT     WHAT    STATE    MORE
                        cancelled  second  PENDING
                        """);
        assertThat(run("action", "impact", "second", "--plan", "fragile").out().lines())
                .hasSize(1);
    }

    @Test
    void theCriticalPathIsListedWithItsTimes() {
        var uuid = created("critical", """
                {"id": "first", "action_type": "nop", "estimated_duration": "90s"},
                {"id": "aside", "action_type": "nop"},
                {"id": "second", "action_type": "nop", "parents": ["first"]}""");

        assertThat(run("plan", "critical-path", "critical").out()).isEqualToNormalizingNewlines("""
                        1m 31s estimated, 2 actions

                        START   TAKES   STATE    NAME
                        0.0s    1m 30s  PENDING  first
                        1m 30s  1.0s    PENDING  second
                        """);
        assertThat(json("plan", "critical-path", uuid).path("seconds").asDouble())
                .isEqualTo(91);
    }

    @Test
    void thePlansThatTakeTheSameAreListed() {
        var action = "{\"id\": \"a\", \"action_type\": \"nop\", \"uses\": [{\"kind\": \"rack\", \"id\": \"r7\"}]}";
        var one = created("one in the rack", action);

        assertThat(run("plan", "conflicts", one).out()).startsWith("no running or startable plan");

        var other = created("another in the rack", action);

        assertThat(run("plan", "conflicts", one).out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +NAME +STATE +RESOURCE +FREE +ACTIONS +OWN ACTIONS"),
                        row -> assertThat(row)
                                .matches(other.substring(0, 8)
                                        + " +another in the rack +RECOMMENDED +rack/r7 +\\d+/\\d+ +1 +1"));
    }

    @Test
    void aGraphIsDrawnWithWhatEachActionWaitsFor() {
        var uuid = created("drawn", """
                {"id": "a", "action_type": "nop"}, {"id": "b", "action_type": "nop"}, {"id": "c", "action_type": "nop"},
                {"id": "d", "action_type": "sleep", "input_parameters": {"duration": 0}, "parents": ["a", "b"]}""");

        assertThat(run("plan", "graph", uuid).out()).isEqualToNormalizingNewlines("""
                4 actions in 2 layers, 2 dependencies
                ○ 4 pending
                ┌─ ○ a  PENDING  nop
                ├─ ○ b  PENDING  nop
                ├─ ○ c  PENDING  nop
                └─ ○ d  PENDING  sleep  ← a, b
                """);
    }

    @ParameterizedTest
    @CsvSource({"dot, digraph", "mermaid, flowchart LR", "json, '{\"nodes\":'"})
    void aGraphIsToldInOtherLanguages(String format, String beginning) {
        var uuid = created("in " + format);

        assertThat(run("plan", "graph", uuid, "--format", format).out()).startsWith(beginning);
    }

    @Test
    void anActionIsFoundByItsNameInItsPlan() {
        created("has actions", "{\"id\": \"the one\", \"action_type\": \"nop\"}");

        var run = run("action", "show", "the one", "--plan", "has actions");

        assertThat(run.out()).contains("name        the one").contains("state       PENDING");
        assertThat(run("action", "show", "the one").err()).contains("to use an action's name, give --plan");
    }

    @Test
    void everyAttemptIsShown() {
        created("stubborn", """
                {"id": "fails once", "action_type": "fail", "input_parameters": {"times": 1, "message": "not yet"},
                 "retry": {"max_attempts": 2, "initial_backoff": "1ms"}}""");
        run("plan", "start", "stubborn");
        run("plan", "watch", "stubborn");

        var run = run("action", "attempts", "fails once", "--plan", "stubborn");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("ATTEMPT"),
                        first -> assertThat(first).startsWith("1 ").contains("FAILED", "not yet"),
                        second -> assertThat(second).startsWith("2 ").contains("SUCCEEDED"));
    }

    @ParameterizedTest
    @CsvSource({"types, sleep", "planners, explicit", "appliers, 0/8"})
    void whatIsInstalledAndWhoIsThereIsShown(String command, String shown) {
        assertThat(run(command).out()).contains(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "types, action_types",
        "planners, planners",
        "plan list, action_plans/detail?sort_key=created_at&sort_dir=desc",
        "action list, actions/detail"
    })
    void jsonIsWhatTheServiceAnswers(String command, String path) throws Exception {
        created("any");

        var shown = json(command.split(" "));

        assertThat(shown).isEqualTo(asked("/v1/" + path));
    }

    @Test
    void theOptionsOfAllMayStandAnywhere() {
        var url = service.uri().toString();
        var nobody = Client.of(URI.create("http://127.0.0.1:1"));

        assertThat(nobody.run("--url", url, "-o", "json", "plan", "list").out()).startsWith("{");
        assertThat(nobody.run("plan", "--url", url, "list", "-o", "json").out()).startsWith("{");
    }

    @Test
    void aServiceThatIsNotThereIsNamedWithHowToStartOne() throws Exception {
        var nobody = Client.of(URI.create("http://127.0.0.1:" + freePort()));

        var run = nobody.run("plan", "list");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "interlock: no service is reachable at %s; start one with 'interlock serve', or give its address with --url%n"
                                .formatted(nobody.environment().get("INTERLOCK_URL")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "plan lst",
                "plan show",
                "plan critical-path",
                "plan conflicts",
                "action explain",
                "action impact",
                "plan list --state nonsense",
                "plan graph x --format png",
                "types -o xml",
                "types --url nonsense",
                "types --url ftp://localhost"
            })
    void badUsageIsToldInWordsAndEndsWithTwo(String command) {
        var run = run(command.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("interlock: ").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHelps(String command) {
        var run = run((command + " --help").strip().split(" "));

        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("Usage: " + ("interlock " + command).strip());
    }

    static List<String> commands() {
        var commands = new ArrayList<String>();
        collect("", InterlockCommand.commandLine(), commands);
        return commands;
    }

    private static void collect(String name, CommandLine line, List<String> commands) {
        commands.add(name);
        line.getSubcommands().forEach((word, sub) -> collect((name + " " + word).strip(), sub, commands));
    }

    @Test
    void theShellCanCompleteCommands() {
        assertThat(run("generate-completion").out()).contains("_complete_interlock", "plan_watch");
    }

    @Test
    void theVersionIsTold() {
        assertThat(run("--version").out()).startsWith("interlock ");
    }

    private static Client client() {
        return Client.of(service.uri());
    }

    private static Run run(String... arguments) {
        return client().run(arguments);
    }

    private static JsonNode json(String... arguments) {
        var all = Stream.concat(Stream.of(arguments), Stream.of("-o", "json"));
        return parsed(run(all.toArray(String[]::new)).out());
    }

    private static JsonNode asked(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.uri().resolve(path)).build();
            return parsed(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String created(String name) {
        return created(name, "{\"id\": \"a\", \"action_type\": \"nop\"}");
    }

    private static String created(String name, String actions) {
        var run = client().typing(
                        "{\"name\": \"%s\", \"planner\": \"explicit\", \"actions\": [%s]}".formatted(name, actions))
                .run("plan", "create", "-", "-o", "json");
        return parsed(run.out()).path("uuid").asText();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpServer proxyThatLosesTheFirstAnswer() throws Exception {
        var answers = new ArrayList<String>();
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            try (exchange;
                    var http = HttpClient.newHttpClient()) {
                var headers = exchange.getRequestHeaders();
                var request = HttpRequest.newBuilder(service.uri().resolve(exchange.getRequestURI()))
                        .header("Content-Type", headers.getFirst("Content-Type"))
                        .header("Idempotency-Key", headers.getFirst("Idempotency-Key"))
                        .POST(BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()))
                        .build();
                var answer = http.send(request, BodyHandlers.ofByteArray());
                answers.add(String.valueOf(answer.statusCode()));
                if (answers.size() > 1) {
                    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        proxy.start();
        return proxy;
    }
}
