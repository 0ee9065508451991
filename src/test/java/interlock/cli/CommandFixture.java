package interlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.cli.Client.Run;
import interlock.web.RunningService;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The running service, and a person at the command line. */
@ExtendWith(RunningService.Shared.class)
abstract class CommandFixture {
    static RunningService service;

    @BeforeAll
    static void findService(RunningService shared) {
        service = shared;
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
        return created(client(), name, more, actions);
    }

    static String created(Client client, String name, String more, String actions) {
        var run = client.typing("name: \"%s\"\n%s\nactions: [%s]".formatted(name, more, actions))
                .run("plan", "create", "-", "-o", "json");
        assertThat(run.exit()).as(run.err()).isZero();
        return parsed(run.out()).path("uuid").asText();
    }
}
