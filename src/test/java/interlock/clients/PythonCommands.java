package interlock.clients;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands of Python modules without loading the modules each time, which takes most of a command's time: a process that has loaded
 * them forks for each command. It ends with this JVM. Used by one thread at a time.
 */
final class PythonCommands {
    private static final Path PROGRAM = Path.of("src", "test", "openstack", "commands.py");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DebianPackages packages;
    private final List<String> modules;
    private @Nullable Process process;

    PythonCommands(DebianPackages packages, List<String> modules) {
        this.packages = packages;
        this.modules = modules;
    }

    /**
     * {@return how a command ended, and what it wrote}
     *
     * @param command a module and its arguments
     * @param patience how long it may take
     */
    Ran run(List<String> command, Duration patience) throws IOException {
        Path out = Files.createTempFile("interlock", ".out");
        Path err = Files.createTempFile("interlock", ".err");
        try {
            Process python = started();
            Writer in = python.outputWriter();
            in.write(JSON.writeValueAsString(Map.of(
                            "module", command.getFirst(),
                            "arguments", command.subList(1, command.size()),
                            "out", out.toString(),
                            "err", err.toString()))
                    + "\n");
            in.flush();
            return new Ran(exit(python, command, patience), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static int exit(Process python, List<String> command, Duration patience) throws IOException {
        BufferedReader answers = python.inputReader();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> line(answers));
        try {
            return Integer.parseInt(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            python.descendants().forEach(ProcessHandle::destroyForcibly);
            python.destroyForcibly();
            throw new IOException("%s has not ended after %s".formatted(command, patience), e);
        } catch (ExecutionException e) {
            throw new IOException("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String line(BufferedReader answers) {
        return answers.lines().findFirst().orElseThrow(() -> new IllegalStateException(PROGRAM + " has ended"));
    }

    private Process started() throws IOException {
        if (process == null || !process.isAlive()) {
            process = packages.python(Stream.concat(Stream.of(PROGRAM.toString()), modules.stream())
                            .toArray(String[]::new))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }
        return process;
    }
}
