package interlock.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accepted types and sizes of request bodies. */
class RequestBodyTest {
    private static final String PLANS = "/v1/action_plans";
    private static final String PLAN = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}";
    private static final int MORE_THAN_64_KB = 70_000;

    @AutoClose
    private static final FrontServer service = new FrontServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain; application/json",
                "text/plain;yaml",
                "text/plain, application/json",
                "application/jsonp",
                "application/octet-stream",
                "text/html; charset=application/json"
            })
    void aBodyThatIsNeitherJsonNorYamlIsRefused(String type) {
        for (var path :
                new String[] {PLANS, "/v1/audits", "/v1/webhooks", "/v1/planners/weight/plan", PLANS + "/7/start"}) {
            var answer = service.post(path, PLAN, "Content-Type", type);

            assertThat(answer.status()).as(path).isEqualTo(415);
            assertThat(answer.detail())
                    .startsWith("Unknown mimetype: ")
                    .contains("application/json", "application/yaml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLANS, "/v1/webhooks", PLANS + "/7/start"})
    void aBodyWithoutATypeIsRefusedWhereverItIsSent(String path) throws IOException {
        int before = service.changes();

        for (var length : List.of("Content-Length: " + PLAN.length(), "Transfer-Encoding: chunked")) {
            assertThat(service.raw("POST", path, "localhost", List.of(length), PLAN))
                    .contains(
                            " 415 ", "The body has no Content-Type. It must be application/json or application/yaml.");
        }
        assertThat(service.changes()).isEqualTo(before);
    }

    @Test
    void aRequestWithoutABodyNeedsNoType() throws IOException {
        for (var header : List.of(
                "Content-Length: 0", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0", "X: y")) {
            assertThat(service.raw("POST", PLANS + "/7/start", "localhost", List.of(header), ""))
                    .startsWith("HTTP/1.1 201 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=UTF-8",
                "application/json;charset=\"utf-8\"",
                "application/vnd.interlock+json",
                "application/yaml",
                "application/x-yaml; charset=utf-8",
                "text/yaml",
                "text/vnd.yaml"
            })
    void jsonAndYamlAreTakenUnderAllTheirNames(String type) {
        assertThat(service.post(PLANS, PLAN, "Content-Type", type).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "utf-16", "iso-8859-1", "\"\""})
    void otherCharactersThanUtf8AreRefused(String charset) {
        assertThat(service.post(PLANS, PLAN, "Content-Type", "application/json; charset=" + charset)
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/webhooks",
        "PATCH,  /v1/action_plans/{id}",
        "POST,   /v1/action_plans/{id}/start",
        "DELETE, /v1/action_plans/{id}"
    })
    void whereNoPlanIsSentABodyHas64Kilobytes(String method, String path) {
        var body = "[\"" + "x".repeat(MORE_THAN_64_KB) + "\"]";
        var to = path.replace("{id}", UUID.randomUUID().toString());

        var answer = service.send(method, to, BodyPublishers.ofString(body));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.detail()).contains("65536");
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsHas64KilobytesToo() {
        var body = "[\"" + "x".repeat(MORE_THAN_64_KB) + "\"]";

        assertThat(service.send("POST", "/v1/webhooks", chunked(body)).status()).isEqualTo(413);
    }

    @Test
    void aListOfActionsMayBeLongerWhereverItIsTaken() {
        var actions = "{\"action_type\": \"nop\", \"input_parameters\": {\"message\": \"%s\"}}"
                .formatted("x".repeat(MORE_THAN_64_KB));
        var audit =
                "{\"audit_type\": \"ONESHOT\", \"goal\": \"unclassified\", \"strategy\": \"actuator\", \"parameters\": {\"actions\": [%s]}}"
                        .formatted(actions);

        assertThat(service.post("/v1/planners/weight/plan", "{\"actions\": [%s]}".formatted(actions))
                        .status())
                .isEqualTo(201);
        assertThat(service.post("/v1/audits", audit).status()).isEqualTo(201);
        assertThat(service.send("POST", PLANS, chunked(PLAN + " ".repeat(MORE_THAN_64_KB)))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void tokensAreCountedWhileTheyAreRead() {
        var answer = service.post(PLANS, "[" + "[],".repeat(12_000_000) + "0]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("The body contains more than 5,000,000 names, values and brackets.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[],", "{},", "\"\",", "1,", "[[[]]],", "{\"a\":{}},", "null,"})
    void allKindsOfTokensAreCountedInJsonAndYaml(String token) throws IOException {
        for (var mapper : List.of(new ObjectMapper(), new YAMLMapper())) {
            var parser = new BoundedParser(mapper.createParser("[" + token.repeat(2_000) + "0]"), 1_000);

            assertThatThrownBy(() -> mapper.readTree(parser)).hasMessageContaining("more than 1,000 names");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/yaml"})
    void whatIsTooDeepIsRefused(String type) {
        for (int deep : new int[] {1_001, 10_000, 90_000}) {
            var lists = service.post(PLANS, "[".repeat(deep) + "]".repeat(deep), "Content-Type", type);
            var objects = service.post(PLANS, "{\"a\":".repeat(deep) + "1" + "}".repeat(deep), "Content-Type", type);

            assertThat(lists.status()).isEqualTo(400);
            assertThat(objects.status()).isEqualTo(400);
        }
        assertThat(service.post(PLANS, "[".repeat(1_001), "Content-Type", type).detail())
                .contains("more than 1,000 deep");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"actions": [{"id": "\\ud800", "action_type": "nop"}]}                                      | actions[0].id
            {"actions": [{"id": "a", "action_type": "nop", "input_parameters": {"message": "x\\udc00"}}]} | actions[0].input_parameters.message
            {"actions": [{"id": "a", "action_type": "nop"}], "name": "\\ud83d\\ud83d"}                   | name
            """)
    void halfCharactersAreRefusedWithTheirPlace(String body, String path) {
        for (var type : new String[] {"application/json", "application/yaml"}) {
            var answer = service.post(PLANS, body, "Content-Type", type);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.faults())
                    .singleElement()
                    .asString()
                    .startsWith(path + ": contains an unpaired surrogate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e999"})
    void numbersThatCannotBeKeptAreRefused(String number) {
        var answer = service.post(PLANS, """
                {"actions": [{"id": "a", "action_type": "sleep", "input_parameters": {"duration": %s}}]}""".formatted(number));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults())
                .containsExactly("actions[0].input_parameters.duration: contains a number that is too large");
    }

    @Test
    void aMarkAtTheBeginningOfUtf8IsNoFault() {
        for (var type : new String[] {"application/json", "application/yaml"}) {
            assertThat(service.post(PLANS, "\ufeff" + PLAN, "Content-Type", type)
                            .status())
                    .as(type)
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "ff", "e282", "f8888080", "80"})
    void bytesThatAreNotUtf8AreRefused(String hex) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.write("{\"name\": \"".getBytes(StandardCharsets.UTF_8));
        bytes.write(java.util.HexFormat.of().parseHex(hex));
        bytes.write("\", \"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}".getBytes(StandardCharsets.UTF_8));

        for (var type : new String[] {"application/json", "application/yaml"}) {
            assertThat(service.send(
                                    "POST",
                                    PLANS,
                                    BodyPublishers.ofByteArray(bytes.toByteArray()),
                                    "Content-Type",
                                    type)
                            .status())
                    .as(type)
                    .isEqualTo(400);
        }
    }

    @Test
    void faultsWithoutEndAreNotAllLookedFor() {
        var answers = java.util.stream.Stream.of(
                        "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\", \"parents\": [%s\"b\"]}]}"
                                .formatted("\"x\",".repeat(50_000)),
                        "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\", \"parents\": [%s1]}]}"
                                .formatted("1,".repeat(50_000)),
                        "{\"alternatives\": [%s1], \"actions\": []}".formatted("[],".repeat(50_000)),
                        "{%s\"actions\": []}"
                                .formatted(IntStream.range(0, 50_000)
                                        .mapToObj("\"x%d\":1,"::formatted)
                                        .collect(java.util.stream.Collectors.joining())))
                .map(body -> service.post(PLANS, body))
                .toList();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.faults()).hasSize(10_000);
            assertThat(answer.detail()).startsWith("10000 and more errors");
        });
    }

    @Test
    void errorsQuoteLittleOfWhatWasSent() {
        var answer = service.post(PLANS, """
                {"planner": "%1$s", "actions": [{"id": "a", "action_type": "%1$s", "parents": ["%1$s"]}]}""".formatted("x".repeat(50_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).hasSizeLessThan(20_000);
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
