package interlock.cli;

import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import interlock.cli.terminal.Table;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every client command. They are accepted after any of its words: {@code interlock --url … plan list}.
 */
@Command
public final class ClientOptions {
    private static final String DEFAULT_URL = "http://localhost:9322";

    private final CommandContext context;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The service's URL (default: $INTERLOCK_URL, else " + DEFAULT_URL + ").")
    @SuppressWarnings("UnusedVariable") // read by name, because a parent command may hold the value
    private @Nullable URI url;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "Output format: table (default), or json (the raw response).")
    @SuppressWarnings("UnusedVariable") // read by name, as above
    private @Nullable Output output;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // handled by picocli
    private boolean help;

    /** The output formats. */
    enum Output {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    ClientOptions(CommandContext context) {
        this.context = context;
    }

    private <T> Optional<T> given(String option) {
        for (CommandSpec spec = command; spec != null; spec = spec.parent()) {
            T value = Optional.ofNullable(spec.findOption(option))
                    .map(OptionSpec::<T>getValue)
                    .orElse(null);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /**
     * {@return a client of the service}
     *
     * @throws ParameterException when its URL is invalid
     */
    public RestClient connect() {
        URI service = this.<URI>given("--url").orElseGet(this::usualUrl);
        if (service.getHost() == null || !String.valueOf(service.getScheme()).matches("(?i)https?")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--url must be an http or https URL, such as %s, not '%s'".formatted(DEFAULT_URL, service));
        }
        return new RestClient(service);
    }

    private URI usualUrl() {
        String text = Optional.ofNullable(context.environment().get("INTERLOCK_URL"))
                .filter(value -> !value.isBlank())
                .orElse(DEFAULT_URL);
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    command.commandLine(),
                    "INTERLOCK_URL must be an http or https URL, such as %s, not '%s'".formatted(DEFAULT_URL, text),
                    e);
        }
    }

    boolean json() {
        return given("--output").equals(Optional.of(Output.JSON));
    }

    CommandContext context() {
        return context;
    }

    Instant now() {
        return context.clock().instant();
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    public PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Prints an answer, either raw or in its text form. */
    public int show(Answer answer, Supplier<?> form) {
        out().println(json() ? answer.text() : shown(form.get()));
        out().flush();
        return 0;
    }

    private String shown(Object form) {
        return form instanceof Table table ? table.drawn(context.look()) : String.valueOf(form);
    }

    /** Prints a line, unless the output format is JSON. */
    public void say(String line) {
        if (!json()) {
            out().println(line);
            out().flush();
        }
    }

    /** Prints the usage of a command that is only a group of subcommands. */
    int usage() {
        command.commandLine().usage(err());
        return CommandLine.ExitCode.USAGE;
    }
}
