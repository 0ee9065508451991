package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands send, as a server sees it. */
class SentRequestsTest {
    private static final String ID = "5a0b1a3e-3a3f-4b0f-9d51-9a2d6b8a5f9e";

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                sent.add("%s %s %s"
                        .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body)
                        .strip());
                var answer = "{\"actions\": []}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            action retry {id},                        POST /v1/actions/{id}/retry
            action retry {id} --reason repaired,      POST /v1/actions/{id}/retry {"reason":"repaired"}
            action skip {id} --reason by-hand,        POST /v1/actions/{id}/skip {"reason":"by-hand"}
            plan retry {id},                          POST /v1/action_plans/{id}/retry
            plan retry {id} --paused,                 POST /v1/action_plans/{id}/retry {"paused":true}
            plan retry {id} --reset-paths,            POST /v1/action_plans/{id}/retry {"reset_paths":true}
            plan retry {id} --paused --reset-paths,   `POST /v1/action_plans/{id}/retry {"paused":true,"reset_paths":true}`
            plan cancel {id},                         POST /v1/action_plans/{id}/cancel
            plan cancel {id} --abort,                 POST /v1/action_plans/{id}/cancel {"abort":true}
            action list --plan {id} --state failed,   GET /v1/actions/detail?action_plan_uuid={id}&state=FAILED
            action list --type nop,                   GET /v1/actions/detail?action_type=nop
            """)
    void aCommandSendsOneRequest(String command, String request) {
        run(command.replace("{id}", ID).split(" "));

        assertThat(sent).containsExactly(request.replace("{id}", ID));
    }

    @Test
    void textThatIsNoUnicodeIsNotSent() {
        var run = run("action", "skip", ID, "--reason", "half \ud83d");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("an unpaired surrogate, U+D83D, which is not a character");
        assertThat(sent).isEmpty();
    }

    private Client.Run run(String... arguments) {
        var address =
                URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
        var all = java.util.stream.Stream.concat(
                java.util.stream.Stream.of(arguments), java.util.stream.Stream.of("-o", "json"));
        return Client.of(address).run(all.toArray(String[]::new));
    }
}
