package interlock.web.v1.document;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.model.DocumentLimits;
import interlock.web.RunningService;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents within the limits are applied, and shown as they were sent; longer ones are rejected with the place and the limit. */
@ExtendWith(RunningService.Shared.class)
class DocumentLimitsTest {
    private static final String PLANS = "/v1/action_plans";

    /** The JSON around a message, {@code {"message":""}}, and how lists are counted. */
    private static final int AROUND = 16;

    private final RunningService service;

    DocumentLimitsTest(RunningService service) {
        this.service = service;
    }

    @ParameterizedTest
    @CsvSource({"9000, x", "256, x", "256, ü", "300, 🚂", "8100, x", "1000000, x"})
    void aResourceIdThatIsTooLongForAnIndexIsRefusedWithTheLimit(int length, String character) {
        var id = character.repeat(length);

        assertThat(refused("{\"id\": \"a\", \"action_type\": \"nop\", \"resource_id\": \"%s\"}".formatted(id)))
                .contains("actions[0].resource_id", "255");
        assertThat(refused(
                        "{\"id\": \"a\", \"action_type\": \"migrate\", \"input_parameters\": {\"migration_type\": \"live\", \"resource_id\": \"%s\"}}"
                                .formatted(id)))
                .contains("actions[0].input_parameters.resource_id: has %d characters; the limit is 255"
                        .formatted(length));
    }

    @ParameterizedTest
    @CsvSource({"x", "ü", "🚂"})
    void theLongestNamesThatAreTakenAreStoredAndFound(String character) {
        var name = character.repeat(DocumentLimits.NAME);

        var plan = service.create("""
                {"name": "%1$s", "resources": [{"kind": "%1$s", "id": "%1$s", "capacity": 1}],
                 "actions": [{"id": "%1$s", "action_type": "nop", "uses": [{"kind": "%1$s", "id": "%1$s"}]}]}""".formatted(name));

        assertThat(service.run(plan).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(service.get("/v1/actions?action_plan_uuid=" + plan).each("actions", "id"))
                .containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"kind", "id"})
    void keysOfResourcesAreBounded(String member) {
        var key = "{\"kind\": \"rack\", \"id\": \"r7\", \"capacity\": 1}"
                .replaceFirst("(\"%s\": \")\\w+".formatted(member), "$1" + "k".repeat(9_000));

        assertThat(refused("{\"id\": \"a\", \"action_type\": \"nop\", \"uses\": [%s]}"
                        .formatted(key.replace(", \"capacity\": 1", ""))))
                .contains("actions[0].uses[0]." + member, "255");
        var answer = service.post(
                PLANS,
                "{\"resources\": [%s], \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}".formatted(key));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).singleElement().asString().contains("resources[0]." + member, "255");
    }

    @Test
    void keysOfResourcesThatFollowFromParametersAreBoundedToo() {
        assertThat(refused("""
                {"id": "a", "action_type": "migrate", "resource_id": "73b09e16-35b7-4922-804e-e8f5d9b740fc", "input_parameters":
                  {"migration_type": "live", "source_node": "%s", "destination_node": "b"}}""".formatted("h".repeat(9_000)))).contains("actions[0]", "255");
    }

    @Test
    void anActionUsesAHundredResourcesAtMost() {
        var uses = IntStream.rangeClosed(0, DocumentLimits.USES)
                .mapToObj("{\"kind\": \"rack\", \"id\": \"r%d\"}"::formatted)
                .toList();

        assertThat(refused(
                        "{\"id\": \"a\", \"action_type\": \"nop\", \"uses\": [%s]}".formatted(String.join(",", uses))))
                .contains("actions[0].uses", "100");
    }

    @Test
    void theLongestParametersThatAreTakenAreReadByTheAppliersAndShown() {
        var message = "m".repeat(DocumentLimits.PARAMETERS - AROUND);

        var plan = service.create(plan("{\"message\": \"%s\"}".formatted(message)));

        assertThat(service.run(plan).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(service.get("/v1/actions/detail?action_plan_uuid=" + plan)
                        .json()
                        .at("/actions/0/input_parameters/message")
                        .asText())
                .isEqualTo(message);
    }

    @Test
    void wholeCharactersBeyondTheFirst65536AreKept() {
        var plan = service.create("{\"actions\": [{\"id\": \"\\ud83d\\ude82\", \"action_type\": \"nop\"}]}");

        assertThat(service.get("/v1/actions?action_plan_uuid=" + plan).each("actions", "id"))
                .containsExactly("🚂");
    }

    static Stream<String> tooLong() {
        int limit = DocumentLimits.PARAMETERS;
        return Stream.of(
                "{\"message\": \"%s\"}".formatted("m".repeat(limit)),
                "{\"message\": \"%s\"}".formatted("m".repeat(21_000_000)),
                "{\"message\": \"%s\"}".formatted("\\u0001".repeat(limit / 4)),
                "{\"message\": \"%s\"}".formatted("\\\"".repeat(limit / 2)),
                "{\"message\": \"m\", \"%s\": 1}"
                        .formatted("n".repeat(40_000))
                        .replace("1}", "[%s0]}".formatted("0,".repeat(limit))),
                "{\"message\": \"m\", \"x\": {%s}}"
                        .formatted(IntStream.range(0, limit / 10)
                                .mapToObj("\"%08d\": 1"::formatted)
                                .collect(java.util.stream.Collectors.joining(","))));
    }

    @ParameterizedTest
    @MethodSource("tooLong")
    void longerParametersAreRefusedWithTheLimit(String parameters) {
        assertThat(refused("{\"id\": \"a\", \"action_type\": \"nop\", \"input_parameters\": %s}".formatted(parameters)))
                .containsPattern("actions\\[0]\\.input_parameters: has \\d+ characters as JSON; the limit is 250000");
    }

    @Test
    void parametersAreAHundredDeepAtMost() {
        assertThat(refused(
                        "{\"id\": \"a\", \"action_type\": \"http\", \"input_parameters\": {\"url\": \"http://x\", \"x\": %s}}"
                                .formatted("[".repeat(100) + "]".repeat(100))))
                .contains("actions[0].input_parameters: objects and lists are nested more than 100 deep");
    }

    @Test
    void pathsInPathsMayBeAsDeepAsBeforeAndTheirParametersAsLong() {
        var document = "{\"id\": \"a0\", \"action_type\": \"nop\"}";
        for (int depth = 1; depth <= 32; depth++) {
            document = "{\"id\": \"a%d\", \"action_type\": \"nop\", \"alternatives\": [{\"actions\": [%s]}]}"
                    .formatted(depth, document);
        }

        service.create("{\"actions\": [%s]}".formatted(document));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/audit_templates | {"name": "%s", "goal": "dummy"}
            /v1/audit_templates | {"name": "t", "goal": "dummy", "description": "%s"}
            /v1/audit_templates | {"name": "t", "goal": "%s"}
            /v1/audits          | {"audit_type": "ONESHOT", "goal": "dummy", "name": "%s"}
            /v1/audits          | {"audit_type": "ONESHOT", "audit_template_uuid": "%s"}
            """)
    void namesOfAuditsAndTemplatesAreBounded(String path, String body) {
        var answer = service.post(path, body.formatted("n".repeat(9_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).endsWith("Value should have a maximum character requirement of 255");
    }

    @Test
    void aNameIsBoundedWhenItIsChangedToo() {
        var template = service.post("/v1/audit_templates", "{\"name\": \"bounded\", \"goal\": \"dummy\"}")
                .json()
                .path("uuid")
                .asText();

        var answer = service.patch(
                "/v1/audit_templates/" + template,
                "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"%s\"}]".formatted("n".repeat(9_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).endsWith("Value should have a maximum character requirement of 255");
        service.delete("/v1/audit_templates/" + template);
    }

    @ParameterizedTest
    @CsvSource({"/v1/actions?resource_id=%s", "/v1/action_plans?name=%s", "/v1/resources?kind=%s"})
    void longArgumentsFindNothing(String path) {
        assertThat(service.get(path.formatted("x".repeat(7_500))).status()).isEqualTo(200);
    }

    private String refused(String action) {
        var answer = service.post(PLANS, "{\"actions\": [%s]}".formatted(action));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return String.join("\n", answer.faults());
    }

    private static String plan(String parameters) {
        return "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\", \"input_parameters\": %s}]}"
                .formatted(parameters);
    }
}
