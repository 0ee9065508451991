package interlock.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at {@code /} has all its parts, and they ask this service only. */
@ExtendWith(RunningService.Shared.class)
class PageTest {
    private static final Pattern PART = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"|from '\\./([^']*)'");

    private final RunningService service;

    PageTest(RunningService service) {
        this.service = service;
    }

    /** Files of the page are no part of the API. */
    private String file(String path) {
        var response = service.exchange(
                "GET",
                path,
                java.net.http.HttpRequest.BodyPublishers.noBody(),
                java.net.http.HttpResponse.BodyHandlers.ofString(),
                "Accept",
                "text/html,*/*;q=0.8");
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    @Test
    void thePageHasAllItsPartsAndAsksNobodyElse() {
        Set<String> seen = new LinkedHashSet<>(Set.of("/"));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String path = open.remove();
            String text = file(path);
            if (!path.equals("/docs")) {
                assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                        .as(path)
                        .doesNotContain("http://", "https://");
                PART.matcher(text).results().forEach(found -> {
                    String part = found.group(1) == null ? "/" + found.group(2) : found.group(1);
                    if (seen.add(part)) {
                        open.add(part);
                    }
                });
            }
        }

        assertThat(seen)
                .as("what is there, and nothing that nobody asks for")
                .contains(files())
                .hasSize(files().length + 2);
    }

    /** {@return all files of the page, but for the one at {@code /}} */
    private static String[] files() {
        return Stream.of(Objects.requireNonNull(
                        Path.of("src/main/resources/page").toFile().list()))
                .filter(name -> !name.equals("index.html"))
                .map(name -> "/" + name)
                .toArray(String[]::new);
    }

    @Test
    void itIsToldWhereNeo4jBrowserIsAndThatThisIsNoSimulation() {
        var settings = service.get("/settings.json").json();

        assertThat(settings.path("simulation").asBoolean(true)).isFalse();
        assertThat(settings.path("neo4j_browser").asText()).matches("http://.*:\\d+/browser/.*");
    }

    @Test
    void nothingElseMayBeLoadedByIt() {
        assertThat(service.get("/", "Accept", "text/html").header("Content-Security-Policy"))
                .startsWith("default-src 'self'");
    }
}
