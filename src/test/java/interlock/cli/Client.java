package interlock.cli;

import static org.awaitility.Awaitility.await;

import interlock.cli.terminal.Screen;
import interlock.web.RunningService;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** A person at the command line. */
public record Client(
        Map<String, String> environment,
        String input,
        Optional<Screen> terminal,
        boolean drawing,
        InstantSource clock) {
    /** The output and the exit code of a command. */
    public record Run(int exit, String out, String err) {}

    /** A command that may still run. */
    record Running(CompletableFuture<Integer> end, StringWriter out, StringWriter err) {
        Run join() {
            return new Run(end.join(), out.toString(), err.toString());
        }
    }

    public static Client of(URI service) {
        return new Client(
                Map.of("INTERLOCK_URL", service.toString()), "", Optional.empty(), true, InstantSource.system());
    }

    Client typing(String text) {
        return new Client(environment, text, terminal, drawing, clock);
    }

    Client atTerminal(int width) {
        return atTerminal(width, 24);
    }

    public Client atTerminal(int columns, int rows) {
        return new Client(environment, input, Optional.of(new Screen(columns, rows)), drawing, clock);
    }

    Client withClock(InstantSource other) {
        return new Client(environment, input, terminal, drawing, other);
    }

    /** Where there are no characters but ASCII. */
    Client inAscii() {
        return new Client(environment, input, terminal, false, clock);
    }

    /** With one more variable in the environment. */
    public Client with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Client(more, input, terminal, drawing, clock);
    }

    public Run run(String... arguments) {
        return run(new StringWriter(), arguments);
    }

    Run run(StringWriter out, String... arguments) {
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

    /** Waits until a command has written something. */
    static void awaitIn(StringWriter written, String text) {
        await().atMost(RunningService.PATIENCE).until(() -> written.toString().contains(text));
    }

    private CommandLine commandLine(StringWriter out, StringWriter err) {
        var context = new CommandContext(
                environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                () -> terminal,
                drawing,
                clock);
        return InterlockCommand.commandLine(context)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
