package interlock.web.v1.document;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault is refused with its name and its place, and leaves the database as it was. */
@ExtendWith(RunningService.Shared.class)
class FaultyPlanTest {
    private static final String PLANS = "/v1/action_plans";
    private static final int FIFTY_MEGABYTES = 50_000_000;

    private final RunningService service;
    private long nodes;

    FaultyPlanTest(RunningService service) {
        this.service = service;
    }

    @BeforeEach
    void count() {
        nodes = service.nodes();
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(service.nodes()).isEqualTo(nodes);
    }

    @Test
    void aCycleIsPrinted() {
        assertThat(faults(actions(action("a", "b"), action("b", "a"), action("c", "b"))))
                .containsExactly("actions[0].parents: a cycle: a → b → a");
    }

    @Test
    void anActionThatWaitsForItselfIsACycle() {
        assertThat(faults(actions(action("a", "a")))).containsExactly("actions[0].parents: a cycle: a → a");
    }

    @Test
    void anUnknownParentIsNamed() {
        assertThat(faults(actions(action("a"), action("b", "a", "x"))))
                .containsExactly("actions[1].parents[1]: there is no action 'x'");
    }

    @Test
    void faultsOfAlternativePathsAreNamedWithTheirPlaces() {
        assertThat(faults("""
                        {"on_failure": "rollback", "audit_uuid": "none", "supersede": true, "actions": [
                          {"id": "a", "action_type": "nop", "deadline": "0s", "alternatives": [
                            {"name": "p", "actions": [
                              {"id": "b", "action_type": "teleport"}, {"id": "c", "action_type": "nop", "parents": ["a"]}]}]}],
                         "alternatives": [{"name": "q", "replaces": ["a", "x"], "actions": []}]}
                        """))
                .map(fault -> fault.split(":")[0])
                .containsExactlyInAnyOrder(
                        "audit_uuid",
                        "supersede",
                        "actions[0].deadline",
                        "actions[0].alternatives[0].actions[0].action_type",
                        "actions[0].alternatives[0].actions[1].parents[0]",
                        "alternatives[0].replaces[1]",
                        "alternatives[0].actions");
    }

    @Test
    void pathsInPathsToTheBottomAreRefused() {
        var deep = "{\"actions\": [{\"alternatives\": [".repeat(240) + "]}]}".repeat(240);

        assertThat(faults(deep))
                .containsExactly("actions: alternative paths are nested 239 deep; at most 32 levels are allowed");
    }

    @Test
    void anIdThatStandsTwiceIsNamed() {
        assertThat(faults(actions(action("a"), action("a"))))
                .containsExactly("actions[1].id: 'a' is the id of actions[0] too");
    }

    @Test
    void parametersThatDoNotFitTheTypeAreNamed() {
        assertThat(faults(actions("""
                        {"id": "a", "action_type": "sleep", "input_parameters": {"duration": "long", "colour": 1}}""", """
                        {"id": "b", "action_type": "sleep"}""")))
                .containsExactlyInAnyOrder(
                        "actions[0].input_parameters.duration: string found, number expected",
                        "actions[0].input_parameters.colour: is not a known field",
                        "actions[1].input_parameters.duration: is missing");
    }

    @Test
    void anUnknownActionTypeIsNamedBesideThoseThatThereAre() {
        assertThat(faults(actions("{\"id\": \"a\", \"action_type\": \"teleport\"}")))
                .singleElement()
                .asString()
                .startsWith("actions[0].action_type: there is no action type 'teleport'; known types: ")
                .contains("nop", "sleep");
    }

    @Test
    void anUnknownPlannerIsNamedBesideThoseThatThereAre() {
        assertThat(faults("{\"planner\": \"oracle\", \"actions\": [%s]}".formatted(action("a"))))
                .singleElement()
                .asString()
                .startsWith("planner: there is no planner 'oracle'; known planners: ")
                .contains("explicit");
    }

    @Test
    void unknownFieldsAreNamed() {
        assertThat(faults(
                        "{\"nmae\": \"x\", \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\", \"parent\": []}]}"))
                .containsExactlyInAnyOrder(
                        "nmae: is not a known field; did you mean 'name'?",
                        "actions[0].parent: is not a known field; did you mean 'parents'?");
    }

    @Test
    void anEmptyPlanIsRefused() {
        assertThat(faults("{\"actions\": []}")).hasSize(1);
        assertThat(faults("{}")).containsExactly("actions: is missing");
    }

    @Test
    void durationsAndRetriesThatMakeNoSenseAreNamed() {
        assertThat(faults(actions("""
                        {"id": "a", "action_type": "nop", "timeout": "soon",
                         "retry": {"initial_backoff": "1h", "max_backoff": "1s"}}""")))
                .containsExactly(
                        "actions[0].timeout: 'soon' is not a duration: write PT1M30S, 250ms, 10s, 5m, 2h or 1d",
                        "actions[0].retry: max_backoff is at least initial_backoff");
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        var answer = refused("""
                {"planner": "oracle", "colour": 1, "actions": [
                  {"id": "a", "action_type": "nop", "parents": ["b"]},
                  {"id": "b", "action_type": "nop", "parents": ["a", "x"]},
                  {"id": "b", "action_type": "teleport"},
                  {"action_type": "sleep", "input_parameters": {}}]}
                """);

        assertThat(answer.faults())
                .map(fault -> fault.split(":")[0])
                .containsExactlyInAnyOrder(
                        "colour",
                        "planner",
                        "actions[0].parents",
                        "actions[1].parents[1]",
                        "actions[2].id",
                        "actions[2].action_type",
                        "actions[3].id",
                        "actions[3].input_parameters.duration");
        assertThat(answer.detail()).startsWith("8 errors in the plan document");
    }

    @Test
    void faultsByTheHundredAreAllNamed() {
        var unknown =
                IntStream.range(0, 500).mapToObj(n -> action("a" + n, "x")).toArray(String[]::new);

        assertThat(faults(actions(unknown))).hasSize(500);
    }

    @Test
    void aPlanHasAtMostAHundredThousandActions() {
        var tooMany = IntStream.rangeClosed(0, 100_000)
                .mapToObj(n -> action("a" + n))
                .collect(joining(",", "{\"actions\": [", "]}"));

        assertThat(faults(tooMany)).containsExactly("actions: there are 100001; a plan has at most 100000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"actions\": [{\"id\": \"a\"",
                "{\"actions\": [], \"actions\": []}",
                "{\"actions\": [{\"id\": \"a\", \"id\": \"b\"}]}",
                "{\"actions\": []} and more",
                "{'actions': []}",
                "actions: []",
                "",
                "   ",
                "[]",
                "\"a plan\"",
                "null",
                "{\"actions\": {\"a\": 1}}",
                "{\"actions\": \"all\"}",
                "{\"actions\": [null, 3, \"a\", []]}",
                "{\"actions\": [{\"id\": 1, \"action_type\": 2, \"parents\": {\"a\": 1}, \"uses\": {\"b\": 2}}]}",
                "{\"actions\": [{\"id\": \"\", \"action_type\": \"nop\", \"input_parameters\": 7}]}"
            })
    void whatIsNoPlanInJsonIsABadRequest(String body) {
        refused(body);
    }

    @Test
    void brokenJsonIsToldWithItsPlace() {
        assertThat(refused("{\"actions\":\n  [{\"id\": nix}]}").detail())
                .startsWith("The body cannot be read at line 2, column 11: Unrecognized token 'nix'")
                .doesNotContain("REDACTED", "Feature");
        assertThat(refused("{\"actions\": [").detail()).doesNotContain("REDACTED", "Feature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actions: [",
                "actions: []\nactions: []",
                "actions: []\n---\nactions: []",
                "- a\n- b",
                "a plan",
                "\t",
                "",
                "actions: !!javax.script.ScriptEngineManager []",
                "retry: &r {max_attempts: 3}\nactions: [{id: a, action_type: nop, retry: *r}]"
            })
    void whatIsNoPlanInYamlIsABadRequest(String body) {
        refused(body, "Content-Type", "application/yaml");
    }

    @Test
    void aBombOfYamlAliasesDoesNotGoOff() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int n = 1; n < 30; n++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(n, n, "*a%d, ".formatted(n - 1).repeat(9)));
        }

        var answer = refused(bomb.toString(), "Content-Type", "application/yaml");

        assertThat(answer.detail()).contains("aliases (*a0) are not supported");
    }

    @Test
    void deepNestingIsRefused() {
        refused("{\"actions\": " + "[".repeat(100_000));
        refused("{\"actions\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        refused("actions: " + "[".repeat(100_000), "Content-Type", "application/yaml");
    }

    @Test
    void aLongLineOfYamlIsRefusedBeforeItTakesLong() {
        var line = "name: \"" + " ".repeat(10_000_000);

        assertThat(refused(line, "Content-Type", "application/yaml").detail())
                .contains("line 1 is longer than 100000 bytes");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        var bytes = BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});

        assertThat(service.send("POST", PLANS, bytes).status()).isEqualTo(400);
        assertThat(service.send("POST", PLANS, bytes, "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(400);
        assertThat(service.send("POST", PLANS, BodyPublishers.ofByteArray(new byte[] {0, 0, 0, '{', 1, 2, 3, 4}))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"", "{\"actions\": [\"", "  "})
    void fiftyMegabytesAreTooMuch(String start) {
        assertThat(service.send("POST", PLANS, BodyPublishers.ofByteArray(large(start)))
                        .status())
                .isEqualTo(413);
        assertThat(service.send("POST", PLANS, chunked(large(start))).status()).isEqualTo(413);
        assertThat(service.send("POST", PLANS, chunked(large("a: \"")), "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void whoSendsALotOfNonsenseHearsWhatIsWrongWithIt() {
        assertThat(service.send("POST", PLANS, chunked(large("nonsense"))).status())
                .isEqualTo(400);
    }

    private static byte[] large(String start) {
        return (start + " ".repeat(FIFTY_MEGABYTES)).getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing says how long it is. */
    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> (InputStream)
                new SequenceInputStream(Collections.enumeration(java.util.List.of(new ByteArrayInputStream(body)))));
    }

    private java.util.List<String> faults(String document) {
        return refused(document).faults();
    }

    private Answer refused(String document, String... headers) {
        var answer = service.post(PLANS, document, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer;
    }

    private static String actions(String... actions) {
        return "{\"actions\": [%s]}".formatted(String.join(",", actions));
    }

    private static String action(String id, String... parents) {
        var quoted = Stream.of(parents).map("\"%s\""::formatted).collect(joining(","));
        return "{\"id\": \"%s\", \"action_type\": \"nop\", \"parents\": [%s]}".formatted(id, quoted);
    }
}
