package interlock.cli;

import interlock.cli.PlanWatch.Until;
import interlock.cli.client.AnalysisAnswers;
import interlock.cli.client.ApiAnswers;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import interlock.cli.retention.PlanRestoreCommand;
import interlock.model.PlanState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code interlock plan}. */
@Command(
        name = "plan",
        description = "Create, show, start, watch, stop, delete and restore action plans.",
        subcommands = PlanRestoreCommand.class)
final class PlanCommand implements Callable<Integer> {
    private static final String ID = "A plan's UUID, a prefix of it, or its name.";
    private static final String WAITING = "Exit with 5 when the plan waits for a person: it is ONGOING and paused.";

    @Mixin
    private ClientOptions options;

    /** The output formats for graphs. */
    enum Format {
        TEXT("application/json"),
        DOT("text/vnd.graphviz"),
        MERMAID("text/vnd.mermaid"),
        JSON("application/json");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        return options.usage();
    }

    @Command(name = "create", description = "Create a plan, and optionally start it.")
    int create(
            @Mixin ClientOptions asked,
            @Parameters(
                            paramLabel = "FILE|-",
                            description = "The plan document, in YAML or JSON; - reads standard input.")
                    String file,
            @Option(
                            names = "--planner",
                            paramLabel = "NAME",
                            description = "The planner to use instead of the document's.")
                    @Nullable
                    String planner,
            @Option(
                            names = "--priority",
                            paramLabel = "N",
                            description = "The plan's priority, from -100 to 100, instead of the document's.")
                    @Nullable
                    Integer priority,
            @Option(names = "--dry-run", description = "Show the plan and its forecast without storing it.")
                    boolean dryRun,
            @Option(names = "--start", description = "Start the plan.") boolean start,
            @Option(names = "--watch", description = "Watch the plan until it ends, as 'plan watch' does.")
                    boolean watch) {
        PlanFile read = PlanFile.read(file, asked.context().in());
        PlanFile document = read.with("planner", planner).with("priority", priority);
        try (RestClient rest = asked.connect()) {
            if (dryRun) {
                Answer planned = rest.post(
                        "/v1/action_plans?dry_run=true",
                        document.text(),
                        document.contentType(),
                        UUID.randomUUID().toString());
                return asked.show(planned, () -> planned.as(PlanForecast.DryRun.class));
            }
            Answer answer = rest.post(
                    "/v1/action_plans",
                    document.text(),
                    document.contentType(),
                    UUID.randomUUID().toString());
            ApiAnswers.Plan plan = answer.as(ApiAnswers.Plan.class);
            asked.say("created %s: %s, %d actions"
                    .formatted(plan.title(), plan.uuid(), plan.actionsByState().total()));
            if (start) {
                answer = rest.post("/v1/action_plans/%s/start".formatted(plan.uuid()));
                asked.say("started %s".formatted(plan.title()));
            }
            if (watch) {
                PlanWatch watching = new PlanWatch(rest, asked);
                // Changes since the start are shown, too.
                return start ? watching.followSince(plan) : watching.follow(plan.uuid(), Until.END);
            }
            if (asked.json()) {
                asked.out().println(answer.text());
            }
            return 0;
        }
    }

    @Command(name = "list", description = "List plans, newest first.")
    int list(
            @Mixin ClientOptions asked,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only plans in this state: ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    PlanState state,
            @Option(names = "--name", paramLabel = "NAME", description = "Only plans with this name.") @Nullable
                    String name) {
        Map<String, String> arguments = new HashMap<>(Map.of("sort_key", "created_at", "sort_dir", "desc"));
        Optional.ofNullable(state).ifPresent(value -> arguments.put("state", value.name()));
        Optional.ofNullable(name).ifPresent(value -> arguments.put("name", value));
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.list("/v1/action_plans/detail", "action_plans", arguments);
            return asked.show(
                    answer,
                    () -> PlanTable.of(
                            answer.as(ApiAnswers.Plans.class).actionPlans(),
                            asked.context().look(),
                            asked.now()));
        }
    }

    @Command(name = "show", description = "Show a plan.")
    int show(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/action_plans/" + new Lookup(rest).plan(id));
            return asked.show(answer, () -> PlanDescription.of(answer.as(ApiAnswers.Plan.class), asked.now()));
        }
    }

    @Command(name = "graph", description = "Show a plan's actions and their dependencies.")
    int graph(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            description = "One of ${COMPLETION-CANDIDATES} (default: text).")
                    @Nullable
                    Format format,
            @Option(names = "--all", description = "Draw all actions on a terminal, however many there are.")
                    boolean all) {
        Format wanted = Optional.ofNullable(format).orElse(asked.json() ? Format.JSON : Format.TEXT);
        try (RestClient rest = asked.connect()) {
            Answer answer =
                    rest.get("/v1/action_plans/%s/graph".formatted(new Lookup(rest).plan(id)), wanted.mediaType);
            asked.out()
                    .println(
                            wanted == Format.TEXT
                                    ? new GraphDrawing(
                                                    answer.as(ApiAnswers.Graph.class),
                                                    asked.context().look(),
                                                    all)
                                            .toString()
                                    : answer.text().stripTrailing());
            return 0;
        }
    }

    @Command(name = "start", description = "Start a plan.")
    int start(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        return change(
                asked,
                id,
                "start",
                plan -> "started %s; watch it with: interlock plan watch %s".formatted(plan.title(), plan.shortId()));
    }

    @Command(
            name = "pause",
            description = "Pause a plan: no further action starts until it is resumed. Running actions continue.")
    int pause(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        return change(
                asked,
                id,
                "pause",
                plan -> "paused %s; resume it with: interlock plan resume %s".formatted(plan.title(), plan.shortId()));
    }

    @Command(name = "resume", description = "Resume a paused plan.")
    int resume(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        return change(asked, id, "resume", plan -> "resumed " + plan.title());
    }

    @Command(name = "cancel", description = "Cancel a plan: no further action starts, and running actions are aborted.")
    int cancel(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--abort",
                            description =
                                    "Also end the actions of 'finally' and the roll-back of a plan that is being cancelled.")
                    boolean abort) {
        return change(
                asked,
                id,
                "cancel",
                abort ? Map.of("abort", true) : Map.of(),
                plan -> plan.state() == PlanState.CANCELLED
                        ? "cancelled " + plan.title()
                        : "%s will be cancelled when its running actions have ended; watch it with: interlock plan watch %s"
                                .formatted(plan.title(), plan.shortId()));
    }

    @Command(name = "retry", description = "Retry a failed or cancelled plan. Succeeded actions do not run again.")
    int retry(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--paused", description = "Start nothing until the plan is resumed.") boolean paused,
            @Option(
                            names = "--reset-paths",
                            description = "Also take back alternative paths: the actions that they replaced run again.")
                    boolean resetPaths) {
        Map<String, Boolean> body = new TreeMap<>();
        if (paused) {
            body.put("paused", true);
        }
        if (resetPaths) {
            body.put("reset_paths", true);
        }
        return change(
                asked,
                id,
                "retry",
                body,
                plan -> "started %s again; watch it with: interlock plan watch %s"
                        .formatted(plan.title(), plan.shortId()));
    }

    @Command(name = "priority", description = "Change the priority of a plan, also while it runs.")
    int priority(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Parameters(paramLabel = "N", description = "From -100 to 100. The highest goes first.") int priority) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.patch(
                    "/v1/action_plans/" + new Lookup(rest).plan(id),
                    List.of(Map.of("op", "replace", "path", "/priority", "value", priority)));
            return asked.show(answer, () -> {
                ApiAnswers.Plan plan = answer.as(ApiAnswers.Plan.class);
                return "%s has priority %d".formatted(plan.title(), plan.priority());
            });
        }
    }

    private static int change(ClientOptions asked, String id, String verb, Function<ApiAnswers.Plan, String> told) {
        return change(asked, id, verb, Map.of(), told);
    }

    /** Sends no body if there is no option. */
    private static int change(
            ClientOptions asked,
            String id,
            String verb,
            Map<String, Boolean> body,
            Function<ApiAnswers.Plan, String> told) {
        try (RestClient rest = asked.connect()) {
            String path = "/v1/action_plans/%s/%s".formatted(new Lookup(rest).plan(id), verb);
            Answer answer = body.isEmpty() ? rest.post(path) : rest.post(path, body);
            return asked.show(answer, () -> told.apply(answer.as(ApiAnswers.Plan.class)));
        }
    }

    @Command(name = "paths", description = "Show a plan's alternative paths and their outcomes.")
    int paths(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            String path = "/v1/action_plans/" + new Lookup(rest).plan(id);
            Answer answer = rest.get(path + "/alternative_paths");
            return asked.show(
                    answer, () -> PathTable.of(rest.get(path + "/graph").as(ApiAnswers.Graph.class), asked.now()));
        }
    }

    @Command(
            name = "watch",
            description = {
                "Watch a plan until it ends. Ctrl-C stops watching; the plan continues.",
                ExitCodes.DESCRIPTION
            })
    int watch(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--exit-when-waiting", description = WAITING) boolean whenWaiting) {
        try (RestClient rest = asked.connect()) {
            return new PlanWatch(rest, asked).follow(new Lookup(rest).plan(id), Until.endOrWaiting(whenWaiting));
        }
    }

    @Command(
            name = "wait",
            description = {
                "Wait until a plan ends, or until it has a state. Shows only the outcome.",
                ExitCodes.DESCRIPTION
            })
    int await(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--for",
                            paramLabel = "STATE",
                            description =
                                    "Wait until the plan is in this state, and exit with 0: ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    PlanState state,
            @Option(
                            names = "--timeout",
                            paramLabel = "DURATION",
                            description = "Give up after this time, such as 90s or 2h, and exit with 1.")
                    @Nullable
                    Duration timeout,
            @Option(names = "--exit-when-waiting", description = WAITING) boolean whenWaiting) {
        Until until = new Until(Optional.ofNullable(state), Optional.ofNullable(timeout), whenWaiting);
        try (RestClient rest = asked.connect()) {
            return new PlanWatch(rest, asked).await(new Lookup(rest).plan(id), until);
        }
    }

    @Command(name = "delete", description = "Delete a plan that is not running.")
    int delete(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            String uuid = new Lookup(rest).plan(id);
            rest.delete("/v1/action_plans/" + uuid);
            asked.say("deleted %s".formatted(uuid));
            return 0;
        }
    }

    @Command(
            name = "critical-path",
            description = "Show a plan's critical path: the chain of actions that determines when it ends.")
    int criticalPath(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        return answer(asked, id, "critical_path", AnalysisAnswers.CriticalPath.class);
    }

    @Command(
            name = "forecast",
            description = "Show the expected duration of a plan and the start times of its actions.")
    int forecast(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        try (RestClient rest = asked.connect()) {
            String plan = new Lookup(rest).plan(id);
            Answer answer = rest.get("/v1/action_plans/%s/forecast".formatted(plan));
            return asked.show(
                    answer,
                    () -> answer.as(PlanForecast.class)
                            .shown(rest.get("/v1/action_plans/%s/graph".formatted(plan))
                                    .as(ApiAnswers.Graph.class)
                                    .names()));
        }
    }

    @Command(name = "conflicts", description = "List the plans that use the same resources.")
    int conflicts(@Mixin ClientOptions asked, @Parameters(paramLabel = "ID", description = ID) String id) {
        return answer(asked, id, "conflicts", AnalysisAnswers.Conflicts.class);
    }

    private static int answer(ClientOptions asked, String id, String question, Class<?> type) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/action_plans/%s/%s".formatted(new Lookup(rest).plan(id), question));
            return asked.show(answer, () -> answer.as(type));
        }
    }
}
