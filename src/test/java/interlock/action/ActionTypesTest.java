package interlock.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.LogCapture;
import interlock.model.ResourceUse;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionTypesTest {
    /** Does nothing. A test says what is different. */
    public static class Plain implements ActionType {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public String description() {
            return "Does nothing.";
        }

        @Override
        public String parametersSchema() {
            return "{}";
        }

        @Override
        public boolean idempotent(Map<String, Object> inputParameters) {
            throw new IllegalStateException("not without parameters");
        }

        @Override
        public Result execute(Execution execution) {
            return Result.succeeded();
        }
    }

    /** Has no name. */
    public static final class Nameless extends Plain {
        @Override
        public @Nullable String name() {
            return null;
        }
    }

    /** Has the name of a built-in type. */
    public static final class Duplicate extends Plain {
        @Override
        public String name() {
            return "nop";
        }
    }

    /** Has a schema that is no JSON. */
    public static final class Schemaless extends Plain {
        @Override
        public String parametersSchema() {
            return "{";
        }
    }

    /** Cannot be initialised. */
    public static final class Broken extends Plain {
        static {
            Integer.parseInt("x");
        }
    }

    @Test
    void aPlugInThatCannotBeInstalledIsLeftOutAndNoOther(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(
                services.resolve(ActionType.class.getName()),
                List.of(
                        "no.such.Type",
                        Nameless.class.getName(),
                        Duplicate.class.getName(),
                        Schemaless.class.getName(),
                        Broken.class.getName(),
                        Plain.class.getName()));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (LogCapture logged = new LogCapture();
                URLClassLoader plugins =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(plugins);

            ActionTypes types = ActionTypes.installed();

            assertThat(types.names()).contains("plain", "nop", "http");
            assertThat(types.find("plain").orElseThrow().idempotent()).isFalse();
            assertThat(types.find("nop").orElseThrow().type()).isInstanceOf(Nop.class);
            assertThat(logged.lines())
                    .filteredOn(line -> line.contains("left out"))
                    .hasSize(5)
                    .anyMatch(line -> line.contains("no.such.Type"))
                    .anyMatch(line -> line.contains("returned null from its method name; a text was expected"))
                    .anyMatch(line -> line.contains("there is another action type 'nop'"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void aTypeThatCannotSayWhatItUsesIsNamed() {
        ActionTypes types = new ActionTypes(List.of(new Plain() {
            @Override
            public @Nullable List<ResourceUse> uses(Map<String, Object> inputParameters) {
                return null;
            }
        }));

        assertThatThrownBy(() -> types.find("plain").orElseThrow().uses(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("action type 'plain' cannot say which resources this action uses:"
                        + " it threw NullPointerException");
    }
}
