package interlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StackTraceOnlyTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** SLF4J takes an exception as the last argument: one that is caught by this name. */
    private static final Pattern LOGS_AN_EXCEPTION =
            Pattern.compile("log\\.\\w+\\((?:(?!\\);)[\\s\\S])*?[\\s,(](?:e|failure|thrown|cause)\\);");

    private static final class Told extends RuntimeException implements Summarised {
        @Override
        public String summary() {
            return "it is too long";
        }
    }

    @Test
    void itShowsKindsCausesAndFramesButNoMessages() {
        var thrown = new IllegalStateException("secret", new IOException("secret too", new Told()));
        var written = new StringWriter();

        StackTraceOnly.of(thrown).printStackTrace(new PrintWriter(written));

        assertThat(written.toString())
                .startsWith("java.lang.IllegalStateException\n")
                .contains("Caused by: java.io.IOException\n")
                .contains("Told: it is too long\n")
                .contains("at interlock.model.StackTraceOnlyTest.itShowsKindsCausesAndFramesButNoMessages")
                .doesNotContain("secret");
    }

    @Test
    void noLineOfTheLogShowsAnExceptionInAnyOtherWay() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(it -> it.toString().endsWith(".java")).toList();

            for (Path source : sources) {
                assertThat(LOGS_AN_EXCEPTION.matcher(Files.readString(source)).results())
                        .as(source.toString())
                        .isEmpty();
            }
        }
    }
}
