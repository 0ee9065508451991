package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code plan create}, {@code list}, {@code show}, {@code start} and {@code delete}. */
class PlanCommandsTest extends CommandFixture {
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f-]{27}";

    @TempDir
    Path directory;

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
                .containsPattern("two steps SUCCEEDED after .*: 2 of 2 succeeded");
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
        var uuid = created("listed", "{id: a, action_type: nop}");

        var run = run("plan", "list", "--name", "listed", "--state", "recommended");

        assertThat(run.out().lines())
                .satisfiesExactly(
                        header -> assertThat(header).matches("ID +NAME +STATE +PROGRESS +AGE +TOOK"),
                        row -> assertThat(row).matches(uuid + " +listed +RECOMMENDED +0 of 1 succeeded +\\d+s"));
    }

    @Test
    void aPlanIsFoundByItsUuidTheBeginningOfItAndItsName() {
        var uuid = created("found", "{id: a, action_type: nop}");

        assertThat(Stream.of(uuid, uuid.substring(0, 9), "found").map(id -> run("plan", "show", id)))
                .allSatisfy(run -> assertThat(run.out()).contains("uuid        " + uuid));
    }

    @Test
    void aNameOfTwoPlansIsRefusedAndBothAreNamed() {
        var one = created("twin", "{id: a, action_type: nop}");
        var other = created("twin", "{id: a, action_type: nop}");

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
        var uuid = created("short-lived", "{id: a, action_type: nop}");

        assertThat(run("plan", "start", uuid).out()).startsWith("started short-lived");
        assertThat(run("plan", "watch", uuid).exit()).isZero();
        assertThat(run("plan", "start", uuid).err())
                .isEqualTo("interlock: Couldn't start when state is 'SUCCEEDED'.%n".formatted());
        assertThat(run("plan", "delete", uuid).out()).isEqualTo("deleted %s%n".formatted(uuid));
        assertThat(run("plan", "list", "--name", "short-lived").out().lines()).hasSize(1);
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
