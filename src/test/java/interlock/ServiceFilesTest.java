package interlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that name classes, in the product and in the benchmarks, name what is there. */
class ServiceFilesTest {
    @Test
    void eachNamesAnInterfaceAndClassesThatImplementIt() throws IOException, ClassNotFoundException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            files = all.filter(file -> file.toString().contains("META-INF/services/"))
                    .toList();
        }

        assertThat(files).hasSizeGreaterThan(2);
        for (Path file : files) {
            Class<?> service = Class.forName(file.getFileName().toString());
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    assertThat(service).isAssignableFrom(Class.forName(line.strip()));
                }
            }
        }
    }

    /** Without its index the object mapper searches all jars of the class path at each start. */
    @Test
    void theIndexOfTheObjectMapperNamesEachEntity() throws IOException {
        Path entities = Path.of("src/main/java/interlock/neo4j/entity");
        List<String> named = Files.readAllLines(
                Path.of("src/main/resources/META-INF/resources/interlock/neo4j/entity/neo4j-ogm.index"));

        try (Stream<Path> files = Files.list(entities)) {
            assertThat(files.filter(ServiceFilesTest::isMapped)
                            .map(file -> "interlock.neo4j.entity."
                                    + file.getFileName().toString().replace(".java", "")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    private static boolean isMapped(Path source) {
        try {
            return Files.readString(source).matches("(?s).*\\n@(Node|Relationship)Entity\\(.*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
