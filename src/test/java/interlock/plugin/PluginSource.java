package interlock.plugin;

import interlock.api.ActionType;
import interlock.api.Planner;
import interlock.api.Plugin;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar of plug-ins, compiled against the API and nothing else. */
public final class PluginSource {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, List<String>> services = new LinkedHashMap<>();
    private final Manifest manifest = new Manifest();

    /** Begins a jar without a plug-in. */
    public PluginSource() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    /** The manifest says this. */
    public PluginSource attribute(String name, String value) {
        manifest.getMainAttributes().put(new Attributes.Name(name), value);
        return this;
    }

    /** There is an action type of this class. */
    public PluginSource actionType(String className, String source) {
        return add(ActionType.class, className, source);
    }

    /** There is a planner of this class. */
    public PluginSource planner(String className, String source) {
        return add(Planner.class, className, source);
    }

    private PluginSource add(Class<?> service, String className, String source) {
        sources.put(className, source);
        return named(service, className);
    }

    /** The jar says that there is such a class. */
    PluginSource named(Class<?> service, String className) {
        services.computeIfAbsent(service.getName(), _ -> new ArrayList<>()).add(className);
        return this;
    }

    /** Compiles it, and puts it there. */
    public void jar(Path file) throws IOException {
        Path classes = Files.createTempDirectory(file.getParent(), "classes");
        compile(classes);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path each : compiled.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, jar);
            }
            for (Map.Entry<String, List<String>> service : services.entrySet()) {
                jar.putNextEntry(new ZipEntry("META-INF/services/" + service.getKey()));
                jar.write(String.join("\n", service.getValue()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private void compile(Path into) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        java.io.StringWriter said = new java.io.StringWriter();
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(source(name, text)));
        boolean done = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-proc:none", "-cp", api().toString(), "-d", into.toString()),
                        null,
                        files)
                .call();
        if (!done) {
            throw new AssertionError(said.toString());
        }
    }

    private static JavaFileObject source(String name, String text) {
        URI uri = URI.create("string:///" + name.replace('.', '/') + JavaFileObject.Kind.SOURCE.extension);
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** {@return interlock-api.jar, as the build makes it; without a build, the same classes in a folder} */
    public static Path api() throws IOException {
        String built = System.getProperty("interlock.api.jar", "");
        if (!built.isEmpty() && Files.exists(Path.of(built))) {
            return Path.of(built);
        }
        try {
            Path classes = Path.of(Plugin.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path copy = Files.createTempDirectory("interlock-api");
            Path target = Files.createDirectories(copy.resolve("interlock/api"));
            try (Stream<Path> files = Files.list(classes.resolve("interlock/api"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName().toString()));
                }
            }
            return copy;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
