package interlock.clients;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.web.RunningService;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service answers what is asked in {@code src/test/resources/gabbi} as it is said there. */
@ExtendWith({WatcherClient.Installed.class, RunningService.Shared.class})
class GabbiTest {
    private static final Path FILES = Path.of("src", "test", "resources", "gabbi");

    private final WatcherClient clients;
    private final RunningService service;

    GabbiTest(WatcherClient clients, RunningService service) {
        this.clients = clients;
        this.service = service;
    }

    @ParameterizedTest
    @ValueSource(strings = {"life-cycle", "failure", "skip", "errors", "versions"})
    void whatIsAskedIsAnsweredAsExpected(String file) {
        var ran = clients.gabbi(service.uri(), FILES.resolve(file + ".yaml"));

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).containsPattern("Ran [1-9]\\d* tests");
    }
}
