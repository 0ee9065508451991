package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.CommandFailed;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import interlock.cli.retention.PurgeCommand;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import interlock.model.DurationText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code interlock}: the client commands, grouped by the kind of object. */
@Command(
        name = "interlock",
        description = "Stores action plans as graphs and runs their actions as parallel as their dependencies allow.",
        versionProvider = InterlockCommand.Version.class,
        subcommands = {
            PlanCommand.class,
            ActionCommand.class,
            ResourceCommand.class,
            WebhookCommand.class,
            PurgeCommand.class,
            GenerateCompletion.class
        })
public final class InterlockCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Mixin
    private ClientOptions options;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // handled by picocli
    private boolean version;

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = InterlockCommand.class.getPackage().getImplementationVersion();
            return new String[] {"interlock " + Optional.ofNullable(version).orElse("(not packaged)")};
        }
    }

    private InterlockCommand() {}

    /** {@return the client's command line} */
    public static CommandLine commandLine() {
        return commandLine(CommandContext.ofThisProcess());
    }

    static CommandLine commandLine(CommandContext context) {
        IFactory factory = new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == ClientOptions.class
                        ? type.cast(new ClientOptions(context))
                        : CommandLine.defaultFactory().create(type);
            }
        };
        return new CommandLine(new InterlockCommand(), factory)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Duration.class, InterlockCommand::duration)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, _) -> misused(e))
                .setExecutionExceptionHandler((e, command, _) -> failed(e, command.getErr()));
    }

    /** Reads a duration, such as {@code 90s} or {@code 2h}. */
    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("interlock: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception e, PrintWriter err) {
        if (e instanceof CommandFailed failure) {
            err.println("interlock: " + Table.printable(String.valueOf(failure.getMessage())));
            failure.particulars().forEach(line -> err.println("  " + line));
            err.flush();
            return failure.exitCode();
        } else {
            err.println(
                    "interlock: internal error (a defect in interlock): %s, at %s".formatted(e, e.getStackTrace()[0]));
        }
        err.flush();
        return FAILED;
    }

    @Override
    public Integer call() {
        return options.usage();
    }

    @Command(name = "types", description = "List the installed action types.")
    int types(@Mixin ClientOptions asked) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/action_types");
            return asked.show(answer, () -> {
                Table table = Table.of("NAME", "PARAMETERS", "DESCRIPTION");
                for (ApiAnswers.ActionType type :
                        answer.as(ApiAnswers.ActionTypes.class).actionTypes()) {
                    table.row(type.name(), type.parameters(), type.description());
                }
                return table;
            });
        }
    }

    @Command(name = "planners", description = "List the installed planners.")
    int planners(@Mixin ClientOptions asked) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/planners");
            return asked.show(answer, () -> {
                Table table = Table.of("NAME", "DESCRIPTION");
                answer.as(ApiAnswers.Planners.class)
                        .planners()
                        .forEach(planner -> table.row(planner.name(), planner.description()));
                return table;
            });
        }
    }

    @Command(name = "appliers", description = "List the appliers and how many actions each one is running.")
    int appliers(@Mixin ClientOptions asked) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/appliers");
            return asked.show(
                    answer, () -> appliers(answer.as(ApiAnswers.Appliers.class).appliers(), asked.now()));
        }
    }

    private static Table appliers(List<ApiAnswers.Applier> appliers, Instant now) {
        Table table = Table.of("ID", "STATE", "RUNNING", "HOST", "PROCESS", "AGE");
        for (ApiAnswers.Applier applier : appliers) {
            table.row(
                    applier.id(),
                    applier.state(),
                    "%d/%d".formatted(applier.running(), applier.maxConcurrentActions()),
                    applier.host(),
                    String.valueOf(applier.process()),
                    Elapsed.between(applier.startedAt(), now).rounded());
        }
        return table;
    }
}
