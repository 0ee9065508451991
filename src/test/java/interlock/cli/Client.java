package interlock.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** A person at the command line. */
record Client(Map<String, String> environment, String input, OptionalInt terminal, InstantSource clock) {
    /** What a command has written, and how it ended. */
    record Run(int exit, String out, String err) {}

    /** A command that may still run. */
    record Running(CompletableFuture<Integer> end, StringWriter out, StringWriter err) {
        Run join() {
            return new Run(end.join(), out.toString(), err.toString());
        }
    }

    static Client of(URI service) {
        return new Client(Map.of("INTERLOCK_URL", service.toString()), "", OptionalInt.empty(), InstantSource.system());
    }

    Client typing(String text) {
        return new Client(environment, text, terminal, clock);
    }

    Client atTerminal(int width) {
        return new Client(environment, input, OptionalInt.of(width), clock);
    }

    Client withClock(InstantSource other) {
        return new Client(environment, input, terminal, other);
    }

    Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        return new Run(commandLine(out, err).execute(arguments), out.toString(), err.toString());
    }

    Running start(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = commandLine(out, err);
        // Not in the common pool: the HTTP client's own callbacks run there.
        var end = CompletableFuture.supplyAsync(() -> line.execute(arguments), Thread::startVirtualThread);
        return new Running(end, out, err);
    }

    private CommandLine commandLine(StringWriter out, StringWriter err) {
        var surroundings = new Surroundings(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                () -> terminal,
                true,
                clock);
        return InterlockCommand.commandLine(surroundings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
