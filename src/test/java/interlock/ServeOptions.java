package interlock;

import interlock.cli.InterlockCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/** Reads commands and configuration files as {@link Main} does, and runs nothing. */
public final class ServeOptions {
    private ServeOptions() {}

    /** Reads a command with its subcommands and options, which need not be complete. */
    public static void parse(List<String> arguments) {
        ConfigFile file = ConfigFile.read(Optional.empty(), Map.of());
        CommandLine line = InterlockCommand.commandLine().addSubcommand(serve(file));
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (MissingParameterException _) {
            // a text may name a command without its parameters
        }
    }

    /** Reads a configuration file, with the clouds in it. */
    public static void check(Path configuration) {
        ConfigFile file = ConfigFile.read(Optional.of(configuration), Map.of());
        CommandLine serve = serve(file);
        file.check(
                serve.getCommandSpec().options().stream().map(ConfigFile::name).collect(Collectors.toSet()));
        file.clouds();
        serve.parseArgs();
    }

    /** {@return the options of {@code serve}, those that are on by default with their {@code --no-}} */
    static List<String> names() {
        return serve(ConfigFile.read(Optional.empty(), Map.of())).getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(option -> option.longestName().replaceFirst("^--", option.negatable() ? "--no-" : "--"))
                .toList();
    }

    private static CommandLine serve(ConfigFile file) {
        return new CommandLine(new Serve(file)).setDefaultValueProvider(file);
    }

    /** {@return what a start prints} */
    public static String announcement(App app) {
        StringWriter out = new StringWriter();
        Announcement.print(app, new PrintWriter(out));
        return out.toString();
    }
}
