package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The common behaviour of all commands: options, help, errors, output in JSON. */
class CommandLineTest extends CommandFixture {
    @ParameterizedTest
    @CsvSource({"types, sleep", "planners, explicit", "appliers, 0/64"})
    void typesPlannersAndAppliersAreListed(String command, String shown) {
        assertThat(run(command).out()).contains(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "types, action_types",
        "planners, planners",
        "plan list, action_plans/detail?sort_key=created_at&sort_dir=desc"
    })
    void jsonIsWhatTheServiceAnswers(String command, String path) throws Exception {
        created("any", "{id: a, action_type: nop}");

        var shown = json(command.split(" "));

        assertThat(shown).isEqualTo(asked("/v1/" + path));
    }

    @Test
    void theActionsOfAPlanAreInJsonWhatTheServiceAnswers() throws Exception {
        String uuid = created("any", "{id: a, action_type: nop}");

        assertThat(json("action", "list", "--plan", uuid))
                .isEqualTo(asked("/v1/actions/detail?action_plan_uuid=" + uuid));
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

    private static JsonNode asked(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.uri().resolve(path)).build();
            return parsed(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
