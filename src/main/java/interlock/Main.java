package interlock;

import interlock.cli.InterlockCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** Runs the command line: the service, or a client command. */
public final class Main {
    private Main() {}

    /** The option that has to be read before all others. */
    private static final class ConfigOption {
        @Option(names = "--config")
        private @Nullable Path file;

        @Unmatched
        @SuppressWarnings("UnusedVariable") // accepts and ignores all other options
        private @Nullable List<String> others;
    }

    /** Runs the command line, and exits with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(args).map(command -> command.execute(args)).orElse(1));
    }

    private static Optional<CommandLine> commandLine(String[] args) {
        try {
            boolean serve = args.length > 0 && args[0].equals("serve");
            ConfigFile file = ConfigFile.read(serve ? configOption(args) : Optional.empty(), System.getenv());
            CommandLine serving = new CommandLine(new Serve(file)).setDefaultValueProvider(file);
            file.check(serving.getCommandSpec().options().stream()
                    .map(ConfigFile::name)
                    .collect(Collectors.toSet()));
            return Optional.of(InterlockCommand.commandLine().addSubcommand(serving));
        } catch (ConfigFile.Invalid e) {
            System.err.println("interlock: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Path> configOption(String[] args) {
        ConfigOption option = new ConfigOption();
        new CommandLine(option).parseArgs(args);
        return Optional.ofNullable(option.file);
    }
}
