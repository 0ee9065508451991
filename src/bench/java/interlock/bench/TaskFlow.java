package interlock.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.clients.DebianPackages;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** OpenStack's TaskFlow, which Watcher's applier uses, with its parallel engine and a logbook in a SQLite file. */
final class TaskFlow implements Contestant {
    static final String NAME = "taskflow";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCRIPT = Path.of("src", "bench", "resources", "python", "drain.py");
    private static final int WORKERS = 8;

    private final Path directory;
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private TaskFlow(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.orders = process.outputWriter();
        this.answers = process.inputReader();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static TaskFlow start(Path directory) throws DebianPackages.Unavailable {
        DebianPackages packages = DebianPackages.install(
                "taskflow",
                List.of("python3-taskflow", "python3-sqlalchemy", "python3-sqlalchemy-utils", "python3-alembic"),
                List.of("taskflow.engines", "taskflow.persistence.backends.impl_sqlalchemy"));
        try {
            return new TaskFlow(
                    directory,
                    packages.python(SCRIPT.toAbsolutePath().toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** None: Python code is not compiled at run time. */
    @Override
    public int warmUps() {
        return 0;
    }

    @Override
    public Drained drain(Workload workload) {
        try {
            Path database = Files.createTempFile(directory, "taskflow", ".sqlite");
            try {
                orders.write(JSON.writeValueAsString(Map.of(
                        "database", database.toAbsolutePath().toString(),
                        "workers", WORKERS,
                        "parents", workload.parents())));
                orders.newLine();
                orders.flush();
                String answer = answers.readLine();
                if (answer == null) {
                    throw new IllegalStateException("%s has ended".formatted(SCRIPT));
                }
                JsonNode times = JSON.readTree(answer);
                return new Drained(
                        workload.size(),
                        duration(times.path("wall").asDouble()),
                        duration(times.path("cpu").asDouble()),
                        OptionalLong.empty(),
                        OptionalLong.empty());
            } finally {
                Files.delete(database);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
