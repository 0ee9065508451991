package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.cli.Client.Run;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A service of its own for the tests of a class, and a person at the command line. */
abstract class CommandFixture {
    @TempDir
    private static Path data;

    static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(data);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    static Client client() {
        return Client.of(service.uri());
    }

    static Run run(String... arguments) {
        return client().run(arguments);
    }

    static JsonNode json(String... arguments) {
        var all = Stream.concat(Stream.of(arguments), Stream.of("-o", "json"));
        return parsed(run(all.toArray(String[]::new)).out());
    }

    static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Creates a plan in the planner {@code explicit}; the actions are a list in YAML or JSON, without its brackets. */
    static String created(String name, String actions) {
        return created(name, "planner: explicit", actions);
    }

    static String created(String name, String more, String actions) {
        var run = client().typing("name: \"%s\"\n%s\nactions: [%s]".formatted(name, more, actions))
                .run("plan", "create", "-", "-o", "json");
        assertThat(run.exit()).as(run.err()).isZero();
        return parsed(run.out()).path("uuid").asText();
    }
}
