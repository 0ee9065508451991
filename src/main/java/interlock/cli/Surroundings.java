package interlock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * What a command finds around it.
 *
 * @param environment the variables of the environment
 * @param in standard input
 * @param terminal asks for the width of the terminal on standard output; empty, if that is none
 * @param drawing whether standard output can show characters for drawing
 * @param clock what time it is
 */
record Surroundings(
        Map<String, String> environment,
        InputStream in,
        Supplier<OptionalInt> terminal,
        boolean drawing,
        InstantSource clock) {
    private static final int USUAL_WIDTH = 80;

    /** Fails if standard output is no terminal, and else writes its height and width to standard error. */
    private static final String ASK = "test -t 1 || exit 1; exec 3>&2; stty size <&1 >&3 2>/dev/null; exit 0";

    static Surroundings ofThisProcess() {
        Map<String, String> environment = System.getenv();
        boolean drawing = System.out.charset().newEncoder().canEncode("█░│├✓");
        return new Surroundings(environment, System.in, () -> terminal(environment), drawing, InstantSource.system());
    }

    private static OptionalInt terminal(Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return OptionalInt.empty();
        }
        try {
            Process asked = new ProcessBuilder("sh", "-c", ASK)
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            String size = asked.errorReader().readAllAsString().strip();
            return asked.waitFor() == 0 ? OptionalInt.of(width(size)) : OptionalInt.empty();
        } catch (IOException _) {
            return OptionalInt.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /** Some terminals say 0 0, and some nothing. */
    private static int width(String size) {
        return size.matches("\\d{1,5} [1-9]\\d{0,4}")
                ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                : USUAL_WIDTH;
    }

    /** {@return whether colours are welcome: see no-color.org} */
    boolean colours() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
