package interlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What services are found by, in the product and in the benchmarks, names what is there. */
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
}
