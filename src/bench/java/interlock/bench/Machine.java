package interlock.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The machine on which results were measured.
 *
 * @param disk the file system of the databases
 * @param service the options of the service's JVM
 * @param versions the versions of the measured software
 */
record Machine(String cpu, int cores, String system, String disk, String java, List<String> service, String versions) {
    static Machine here(Path directory, List<String> service) {
        return new Machine(
                firstLine(Path.of("/proc/cpuinfo"), "model name")
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
                disk(directory),
                "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
                service,
                List.of("neo4j", "neo4j-java-driver", "db-scheduler", "postgresql").stream()
                        .flatMap(library -> version(library).stream())
                        .collect(Collectors.joining(", ")));
    }

    private static Optional<String> firstLine(Path file, String beginning) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String disk(Path directory) {
        try {
            Files.createDirectories(directory);
            FileStore store = Files.getFileStore(directory);
            return "%s on %s".formatted(store.type(), store.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a library's name and version, from the name of its jar} */
    private static Optional<String> version(String library) {
        String end = ".jar";
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(path -> Path.of(path).getFileName().toString())
                .filter(name -> name.matches(library + "-\\d.*\\.jar"))
                .map(name -> name.substring(0, name.length() - end.length()))
                .findFirst();
    }

    /** {@return the load average over one, five and fifteen minutes} */
    static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).replaceFirst("^((\\S+ ){2}\\S+).*\\s*$", "$1");
        } catch (IOException _) {
            return "unknown";
        }
    }
}
