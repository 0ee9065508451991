package interlock.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a command ended, and what it wrote. */
public record Ran(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs a command to its end; one that takes longer than {@code patience} is stopped. */
    public static Ran of(ProcessBuilder command, Duration patience) throws IOException {
        Path out = Files.createTempFile("interlock", ".out");
        Path err = Files.createTempFile("interlock", ".err");
        try {
            Process process = command.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("%s has not ended after %s. It wrote: %s%s"
                        .formatted(command.command(), patience, Files.readString(out), Files.readString(err)));
            }
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** {@return what it wrote, read as JSON} */
    JsonNode json() {
        try {
            return JSON.readTree(out);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }
}
