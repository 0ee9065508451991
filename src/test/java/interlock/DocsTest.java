package interlock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The links, anchors, class names and tables of the pages are correct. */
class DocsTest {
    private static final Path SCHEMA = Path.of("src/main/resources/interlock/plan.schema.json");
    private static final Path SOURCES = Path.of("src/main/java/interlock");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|");
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z0-9]+\\.)+[A-Z]\\w+)`");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                    Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "cypher/README.md")
                            .map(Path::of),
                    docs.filter(page -> page.toString().endsWith(".md")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aLinkLeadsSomewhere(Path page) throws IOException {
        assertThat(found(LINK, page).filter(link -> !link.startsWith("http"))).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
            assertThat(target).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).contains(parts[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aClassThatIsNamedIsThere(Path page) throws IOException {
        assertThat(found(CLASS, page).filter(name -> !name.startsWith("java.")))
                .allSatisfy(name -> assertThat(SOURCES.resolve(
                                name.replaceFirst("^interlock\\.", "").replace('.', '/') + ".java"))
                        .exists());
    }

    @Test
    void everyFieldOfAPlanDocumentIsDescribed() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(SCHEMA.toFile());
        Set<String> fields = new TreeSet<>(names(schema, ""));
        JsonNode action = schema.at("/$defs/action");
        fields.addAll(names(action, ""));
        fields.addAll(names(action.at("/properties/retry"), "retry."));
        fields.remove("retry");
        fields.addAll(names(schema.at("/$defs/group_path"), ""));

        String table = Files.readString(Path.of("docs/plans.md")).split("## Every field")[1];

        assertThat(ROW.matcher(table).results().map(DocsTest::first).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void everyOptionOfTheServiceIsDescribed() throws IOException {
        String page = Files.readString(Path.of("docs/operate.md"));

        assertThat(ServeOptions.names())
                .hasSizeGreaterThan(20)
                .allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
    }

    private static List<String> names(JsonNode schema, String prefix) {
        return schema.path("properties").properties().stream()
                .map(property -> prefix + property.getKey())
                .toList();
    }

    private static Stream<String> found(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page)).results().map(DocsTest::first);
    }

    private static List<String> anchors(Path page) {
        try {
            return found(HEADING, page).map(DocsTest::anchor).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String first(MatchResult found) {
        return found.group(1);
    }

    /** A heading's anchor, as GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum} _-]", "")
                .replace(' ', '-');
    }
}
