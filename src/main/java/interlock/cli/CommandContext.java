package interlock.cli;

import interlock.cli.terminal.Screen;
import interlock.cli.terminal.TerminalStyle;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The environment of a command.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param terminal measures the terminal on standard output; empty if standard output is not a terminal, or a dumb one
 * @param drawing whether standard output can show box-drawing characters
 * @param clock the current time
 */
record CommandContext(
        Map<String, String> environment,
        InputStream in,
        Supplier<Optional<Screen>> terminal,
        boolean drawing,
        InstantSource clock) {
    private static final Screen USUAL = new Screen(80, 24);

    /** Fails if standard output is not a terminal; otherwise writes its height and width to standard error. */
    private static final String ASK = "test -t 1 || exit 1; exec 3>&2; stty size <&1 >&3 2>/dev/null; exit 0";

    static CommandContext ofThisProcess() {
        Map<String, String> environment = System.getenv();
        boolean drawing = System.out.charset().newEncoder().canEncode("█░▒│├└╭╰┆←…○▶✓✗↷⊘◌◇");
        return new CommandContext(environment, System.in, () -> terminal(environment), drawing, InstantSource.system());
    }

    private static Optional<Screen> terminal(Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return Optional.empty();
        }
        try {
            Process asked = new ProcessBuilder("sh", "-c", ASK)
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            String size = asked.errorReader().readAllAsString().strip();
            return asked.waitFor() == 0 ? Optional.of(screen(size, environment)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Some terminals report 0 0 or nothing. {@code COLUMNS} may reduce the width but not increase it. */
    static Screen screen(String size, Map<String, String> environment) {
        Screen there = size.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")
                ? new Screen(
                        Integer.parseInt(size.substring(size.indexOf(' ') + 1)),
                        Integer.parseInt(size.substring(0, size.indexOf(' '))))
                : USUAL;
        String asked = environment.getOrDefault("COLUMNS", "");
        return asked.matches("[1-9]\\d{0,4}")
                ? new Screen(Math.min(Integer.parseInt(asked), there.columns()), there.rows())
                : there;
    }

    /** {@return the style for standard output: terminals get colours unless {@code NO_COLOR} is set (no-color.org)} */
    TerminalStyle look() {
        OptionalInt width =
                terminal.get().map(screen -> OptionalInt.of(screen.columns())).orElse(OptionalInt.empty());
        boolean colours =
                width.isPresent() && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new TerminalStyle(width, colours, drawing);
    }
}
