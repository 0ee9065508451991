package interlock.cli;

import interlock.cli.client.AnalysisAnswers;
import interlock.cli.client.ApiAnswers;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import interlock.model.ActionState;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code interlock action}. */
@Command(name = "action", description = "Show actions and their attempts; skip and retry actions.")
final class ActionCommand implements Callable<Integer> {
    private static final String ID = "An action's UUID or a prefix of it; with --plan, also its name.";
    private static final String PLAN = "A plan's UUID, a prefix of it, or its name.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Mixin
    private ClientOptions options;

    @Override
    public Integer call() {
        return options.usage();
    }

    @Command(name = "list", description = "List actions.")
    int list(
            @Mixin ClientOptions asked,
            @Option(names = "--plan", paramLabel = "ID", description = "Only the actions of this plan. " + PLAN)
                    @Nullable
                    String plan,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Only actions in this state: ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    ActionState state,
            @Option(names = "--type", paramLabel = "TYPE", description = "Only actions of this type.") @Nullable
                    String type) {
        try (RestClient rest = asked.connect()) {
            Map<String, String> arguments = new TreeMap<>();
            if (plan != null) {
                arguments.put("action_plan_uuid", new Lookup(rest).plan(plan));
            }
            Optional.ofNullable(state).ifPresent(value -> arguments.put("state", value.name()));
            Optional.ofNullable(type).ifPresent(value -> arguments.put("action_type", value));
            Answer answer = rest.list("/v1/actions/detail", "actions", arguments);
            return asked.show(
                    answer, () -> table(answer.as(ApiAnswers.Actions.class).actions(), asked.now()));
        }
    }

    private static Table table(List<ApiAnswers.Action> actions, Instant now) {
        Table table = Table.of("ID", "PLAN", "NAME", "TYPE", "STATE", "ATTEMPT", "TOOK", "MESSAGE");
        for (ApiAnswers.Action action : actions) {
            table.row(
                    action.shortId(),
                    action.shortPlanId(),
                    action.id(),
                    action.actionType(),
                    action.shownState(),
                    action.attempts(),
                    Elapsed.text(action.startedAt(), action.finishedAt(), now),
                    action.message());
        }
        return table;
    }

    @Command(name = "show", description = "Show an action.")
    int show(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--plan", paramLabel = "ID", description = PLAN) @Nullable String plan) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.get("/v1/actions/" + new Lookup(rest).action(id, Optional.ofNullable(plan)));
            return asked.show(answer, () -> described(answer.as(ApiAnswers.Action.class), asked.now()));
        }
    }

    private static String described(ApiAnswers.Action action, Instant now) {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        text.add("name        " + Table.printable(action.id()));
        text.add("uuid        " + action.uuid());
        text.add("plan        " + action.actionPlanUuid());
        text.add("type        " + action.actionType());
        text.add("parameters  " + action.inputParameters());
        text.add("state       " + action.shownState());
        Optional.ofNullable(action.statusMessage())
                .ifPresent(message -> text.add("message     " + Table.printable(message)));
        text.add("attempt     " + action.attempts());
        Optional.ofNullable(action.notBefore()).ifPresent(time -> text.add("not before  " + TIME.format(time)));
        Optional.ofNullable(action.applier()).ifPresent(applier -> text.add("applier     " + applier));
        Optional.ofNullable(action.startedAt())
                .ifPresent(start -> text.add("started     %s, for %s"
                        .formatted(TIME.format(start), Elapsed.text(start, action.finishedAt(), now))));
        Optional.ofNullable(action.alternativePath()).ifPresent(path -> text.add("path        " + path));
        Optional.ofNullable(action.replacedBy()).ifPresent(path -> text.add("replaced by " + path));
        Optional.ofNullable(action.reverts()).ifPresent(undone -> text.add("reverts     " + undone));
        if (action.reverted()) {
            text.add("reverted    yes");
        }
        if (!action.parents().isEmpty()) {
            text.add("depends on  "
                    + action.parents().stream().collect(Collectors.joining(System.lineSeparator() + "            ")));
        }
        return text.toString();
    }

    @Command(
            name = "skip",
            description =
                    "Skip an action that has not started, failed or was cancelled; its children treat it as complete.")
    int skip(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = "The reason; it is stored with the action.")
                    @Nullable
                    String reason,
            @Option(names = "--plan", paramLabel = "ID", description = PLAN) @Nullable String plan) {
        return change(asked, id, plan, "skip", "skipped", reason);
    }

    @Command(name = "retry", description = "Retry a failed or cancelled action, and what was cancelled because of it.")
    int retry(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = "The reason; it is stored with the action.")
                    @Nullable
                    String reason,
            @Option(names = "--plan", paramLabel = "ID", description = PLAN) @Nullable String plan) {
        return change(asked, id, plan, "retry", "retried", reason);
    }

    private static int change(
            ClientOptions asked, String id, @Nullable String plan, String verb, String done, @Nullable String reason) {
        try (RestClient rest = asked.connect()) {
            String path = "/v1/actions/%s/%s".formatted(new Lookup(rest).action(id, Optional.ofNullable(plan)), verb);
            Answer answer = reason == null ? rest.post(path) : rest.post(path, new ApiAnswers.Reason(reason));
            return asked.show(
                    answer,
                    () -> done + " "
                            + Table.printable(answer.as(ApiAnswers.Action.class).id()));
        }
    }

    @Command(name = "attempts", description = "Show all attempts of an action.")
    int attempts(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--plan", paramLabel = "ID", description = PLAN) @Nullable String plan) {
        try (RestClient rest = asked.connect()) {
            String uuid = new Lookup(rest).action(id, Optional.ofNullable(plan));
            Answer answer = rest.get("/v1/actions/%s/attempts".formatted(uuid));
            return asked.show(
                    answer, () -> attempts(answer.as(ApiAnswers.Attempts.class).attempts(), asked.now()));
        }
    }

    private static Table attempts(List<ApiAnswers.Attempt> attempts, Instant now) {
        Table table = Table.of("ATTEMPT", "STARTED", "TOOK", "OUTCOME", "APPLIER", "MESSAGE");
        for (ApiAnswers.Attempt attempt : attempts) {
            table.row(
                    String.valueOf(attempt.number()),
                    TIME.format(attempt.startedAt()),
                    Elapsed.text(attempt.startedAt(), attempt.finishedAt(), now),
                    attempt.shownOutcome(),
                    attempt.applier(),
                    Optional.ofNullable(attempt.message()).orElse(""));
        }
        return table;
    }

    @Command(name = "explain", description = "Explain why an action is not running, or how it ended.")
    int explain(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--plan", paramLabel = "ID", description = PLAN) @Nullable String plan) {
        return answer(asked, id, plan, "explain", AnalysisAnswers.Explanation.class);
    }

    @Command(name = "impact", description = "Show what a failure of an action would block.")
    int impact(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--plan", paramLabel = "ID", description = PLAN) @Nullable String plan) {
        return answer(asked, id, plan, "impact", AnalysisAnswers.Impact.class);
    }

    private static int answer(ClientOptions asked, String id, @Nullable String plan, String question, Class<?> type) {
        try (RestClient rest = asked.connect()) {
            String uuid = new Lookup(rest).action(id, Optional.ofNullable(plan));
            Answer answer = rest.get("/v1/actions/%s/%s".formatted(uuid, question));
            return asked.show(answer, () -> answer.as(type));
        }
    }
}
