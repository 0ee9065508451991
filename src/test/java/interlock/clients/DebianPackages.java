package interlock.clients;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Python programs that Debian packages, for tests that drive them. The system's own are taken where they are installed;
 * else {@code src/test/openstack/install.sh} unpacks them in the user's cache, where they stay for the next build.
 */
public final class DebianPackages {
    private static final Path INSTALL = Path.of("src", "test", "openstack", "install.sh");
    private static final String PYTHON = "/usr/bin/python3";

    /** For a single download. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Optional<Path> root;

    private DebianPackages(Optional<Path> root) {
        this.root = root;
    }

    /** They cannot be had here. */
    public static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        Unavailable(String why) {
            super(why);
        }
    }

    /**
     * {@return the packages, installed}
     *
     * @param name of the directory in which they are kept
     * @param modules what Python can import if they are installed
     */
    public static DebianPackages install(String name, List<String> packages, List<String> modules) throws Unavailable {
        DebianPackages ofSystem = new DebianPackages(Optional.empty());
        if (ofSystem.imports(modules)) {
            return ofSystem;
        }
        Path root = unpack(name, packages);
        DebianPackages unpacked = new DebianPackages(Optional.of(root));
        if (!unpacked.imports(modules)) {
            throw new Unavailable("%s cannot import %s from %s, though they were unpacked there."
                    .formatted(PYTHON, String.join(", ", modules), root));
        }
        return unpacked;
    }

    /**
     * {@return the directory below which the files of packages lie, and of what they need beside what is installed}
     *
     * @param name of the directory in which they are kept
     */
    public static Path unpack(String name, List<String> packages) throws Unavailable {
        Path directory = cache().resolve(name);
        List<String> command =
                new ArrayList<>(List.of("bash", INSTALL.toAbsolutePath().toString(), directory.toString()));
        command.addAll(packages);
        Ran install = run(new ProcessBuilder(command));
        if (install.exit() != 0) {
            throw new Unavailable(
                    install.err().lines().reduce((_, last) -> last).orElse("%s failed.".formatted(INSTALL)));
        }
        return directory.resolve("root");
    }

    /**
     * {@return where a program is that a package brings}
     *
     * @param name of the directory in which the package is kept
     */
    static Path program(String name, String packaged, String program) throws Unavailable {
        Path ofSystem = Path.of("/usr/bin", program);
        if (Files.isExecutable(ofSystem)) {
            return ofSystem;
        }
        Path unpacked = unpack(name, List.of(packaged)).resolve("usr/bin").resolve(program);
        if (!Files.isExecutable(unpacked)) {
            throw new Unavailable("There is no %s, though %s was unpacked.".formatted(unpacked, packaged));
        }
        return unpacked;
    }

    private boolean imports(List<String> modules) throws Unavailable {
        return Files.isExecutable(Path.of(PYTHON))
                && run(python("-c", "import " + String.join(", ", modules))).exit() == 0;
    }

    private static Ran run(ProcessBuilder process) throws Unavailable {
        try {
            return Ran.of(process, PATIENCE);
        } catch (IOException e) {
            throw new Unavailable(
                    "%s cannot be started: %s".formatted(process.command().getFirst(), e.getMessage()));
        }
    }

    /** {@return Python with these packages, ready to be started} */
    public ProcessBuilder python(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        Map<String, String> environment = process.environment();
        // not the user's cloud, Python or proxy
        environment.keySet().removeIf(variable -> variable.startsWith("OS_") || variable.startsWith("PYTHON"));
        environment.put("NO_PROXY", "127.0.0.1,localhost");
        environment.put("no_proxy", "127.0.0.1,localhost");
        environment.put("LC_ALL", "C.UTF-8");
        root.ifPresent(it -> {
            environment.put(
                    "PYTHONPATH", it.resolve("usr/lib/python3/dist-packages").toString());
            environment.put("LD_LIBRARY_PATH", libraries(it));
        });
        return process;
    }

    /** {@return where the libraries below a root are, as {@code LD_LIBRARY_PATH} has it} */
    public static String libraries(Path root) {
        String architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return "%s%s%s"
                .formatted(
                        root.resolve("usr/lib/%s-linux-gnu".formatted(architecture)),
                        File.pathSeparator,
                        root.resolve("lib/%s-linux-gnu".formatted(architecture)));
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("interlock");
    }
}
