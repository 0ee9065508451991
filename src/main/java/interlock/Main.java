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

/** Runs what the command line asks for: the service, or a client of it. */
public final class Main {
    private Main() {}

    /** The one option that has to be read before the others. */
    private static final class ConfigOption {
        @Option(names = "--config")
        private @Nullable Path file;

        @Unmatched
        @SuppressWarnings("UnusedVariable") // lets the other options pass
        private @Nullable List<String> others;
    }

    /** Runs, and ends the process with the command's exit code. */
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
