package interlock.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.ServeOptions;
import interlock.web.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command, document, statement and request on the pages works, with the output that is shown: they are run in their order,
 * the quickstart first, against one service on the built-in simulated cloud, whose operations take no time here.
 */
class PagesTest {
    private static final Path TOPOLOGY = Path.of("src/main/resources/interlock/topology.yaml");
    private static final Path QUICKSTART = Path.of("docs/quickstart.md");
    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) ([/…]\\S*)");

    @TempDir
    private static Path directory;

    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        ObjectNode topology = (ObjectNode) yaml.readTree(TOPOLOGY.toFile());
        topology.remove("durations");
        service = RunningService.simulating(
                Files.writeString(directory.resolve("topology"), yaml.writeValueAsString(topology)));
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
    }

    private static List<Page> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "cypher/README.md")
                                    .map(Path::of),
                            docs.filter(path -> path.toString().endsWith(".md")))
                    .sorted(Comparator.comparing((Path path) -> !path.equals(QUICKSTART))
                            .thenComparing(Comparator.naturalOrder()))
                    .map(PagesTest::read)
                    .toList();
        }
    }

    private static Page read(Path path) {
        try {
            return Page.read(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicNode> whatAPageShowsCanBeRun() throws IOException {
        NotRun notRun = new NotRun();
        return Stream.concat(
                pages().stream().map(page -> blocks(page, notRun)),
                Stream.of(dynamicTest("what is not run is on a page", notRun::checkAllMet)));
    }

    private static DynamicNode blocks(Page page, NotRun notRun) {
        return dynamicTest(page.path().toString(), () -> {
            try (PageRunner runner = new PageRunner(service, directory, notRun)) {
                assertAll(page.blocks().stream().map(block -> () -> run(runner, page, block)));
            }
        });
    }

    private static void run(PageRunner runner, Page page, Page.Block block) {
        try {
            runner.run(block);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("%s:%d: %s".formatted(page.path(), block.line(), e.getMessage()), e);
        }
    }

    @TestFactory
    Stream<DynamicNode> aCommandInATextIsThere() throws IOException {
        return pages().stream()
                .map(page -> dynamicTest(
                        page.path().toString(),
                        () -> assertThat(page.code())
                                .filteredOn(code -> code.startsWith("interlock "))
                                .allSatisfy(PagesTest::parse)));
    }

    private static void parse(String command) {
        List<String> words = ShellLine.of(command.replace("…", ""), Map.of()).words();
        ServeOptions.parse(words.subList(1, words.size()));
    }

    @TestFactory
    Stream<DynamicNode> aRequestInATextIsServed() throws IOException {
        return pages().stream()
                .map(page -> dynamicTest(
                        page.path().toString(),
                        () -> assertThat(page.code())
                                .filteredOn(code -> REQUEST.matcher(code).matches())
                                .allSatisfy(request -> assertThat(service.routes())
                                        .as(request)
                                        .anyMatch(
                                                Pattern.compile(route(request)).asMatchPredicate()))));
    }

    /** {@return what the route of a request may be} A page may leave out the beginning. */
    private static String route(String request) {
        Matcher matcher = REQUEST.matcher(request.replaceFirst("\\?.*", ""));
        matcher.matches();
        return matcher.group(1) + " "
                + Pattern.quote(matcher.group(2))
                        .replace("…", "\\E.*\\Q")
                        .replaceAll("\\{\\w+}", "\\\\E\\\\{\\\\w+}\\\\Q");
    }
}
