package interlock.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code interlock}. */
@Command(name = "interlock", description = "Applies action plans.", mixinStandardHelpOptions = true)
public final class InterlockCommand {
    /** {@return the command line of the client} */
    public static CommandLine commandLine() {
        return new CommandLine(new InterlockCommand());
    }
}
