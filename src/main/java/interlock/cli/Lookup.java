package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.CommandFailed;
import interlock.cli.client.RestClient;
import interlock.cli.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Resolves UUID prefixes and names to UUIDs. */
final class Lookup {
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BEGINNING_OF_UUID = Pattern.compile("(?i)[0-9a-f][0-9a-f-]{0,35}");
    private static final int CANDIDATES_SHOWN = 10;

    private final RestClient rest;

    Lookup(RestClient rest) {
        this.rest = rest;
    }

    /**
     * {@return the uuid of the plan}
     *
     * @param given a UUID, a prefix of one, or a name
     * @throws CommandFailed when no plan or several plans match
     */
    String plan(String given) {
        if (UUID.matcher(given).matches()) {
            return given;
        }
        Stream<ApiAnswers.Plan> named = plans(Map.of("name", given)).stream();
        Stream<ApiAnswers.Plan> beginning = BEGINNING_OF_UUID.matcher(given).matches()
                ? plans(Map.of()).stream().filter(plan -> begins(plan.uuid(), given))
                : Stream.of();
        List<ApiAnswers.Plan> candidates =
                Stream.concat(named, beginning).distinct().toList();
        Table shown = Table.of("UUID", "NAME", "STATE");
        candidates.stream()
                .limit(CANDIDATES_SHOWN)
                .forEach(plan -> shown.row(plan.uuid(), plan.name(), plan.shownState()));
        return one(given, "plan", candidates.stream().map(ApiAnswers.Plan::uuid).toList(), shown);
    }

    /**
     * {@return the uuid of the action}
     *
     * @param given a UUID, a prefix of one, or, if the plan is given, its name in the plan
     * @param plan as for {@link #plan}
     * @throws CommandFailed when no action or several actions match
     */
    String action(String given, Optional<String> plan) {
        if (UUID.matcher(given).matches()) {
            return given;
        }
        if (plan.isEmpty() && !BEGINNING_OF_UUID.matcher(given).matches()) {
            throw new CommandFailed(
                    "'%s' is not a prefix of a UUID; to use an action's name, give --plan".formatted(given));
        }
        List<ApiAnswers.Action> candidates = rest
                .list(
                        "/v1/actions/detail",
                        "actions",
                        plan.map(name -> Map.of("action_plan_uuid", plan(name))).orElse(Map.of()))
                .as(ApiAnswers.Actions.class)
                .actions()
                .stream()
                .filter(action -> begins(action.uuid(), given)
                        || (plan.isPresent() && action.id().equals(given)))
                .toList();
        // A name is unique in its plan, so that it takes precedence over UUID prefixes.
        Optional<ApiAnswers.Action> named = candidates.stream()
                .filter(action -> plan.isPresent() && action.id().equals(given))
                .findFirst();
        if (named.isPresent()) {
            return named.get().uuid();
        }
        Table shown = Table.of("UUID", "NAME", "STATE");
        candidates.stream()
                .limit(CANDIDATES_SHOWN)
                .forEach(action ->
                        shown.row(action.uuid(), action.id(), action.state().name()));
        return one(
                given,
                "action",
                candidates.stream().map(ApiAnswers.Action::uuid).toList(),
                shown);
    }

    /**
     * {@return the uuid of the webhook}
     *
     * @param given a UUID, or a prefix of one
     * @throws CommandFailed when no webhook or several webhooks match
     */
    String webhook(String given) {
        if (UUID.matcher(given).matches()) {
            return given;
        }
        List<ApiAnswers.Webhook> candidates =
                rest.list("/v1/webhooks", "webhooks", Map.of()).as(ApiAnswers.Webhooks.class).webhooks().stream()
                        .filter(webhook -> begins(webhook.uuid(), given))
                        .toList();
        Table shown = Table.of("UUID", "STATE", "URL");
        candidates.stream()
                .limit(CANDIDATES_SHOWN)
                .forEach(webhook -> shown.row(webhook.uuid(), webhook.state(), webhook.url()));
        return one(
                given,
                "webhook",
                candidates.stream().map(ApiAnswers.Webhook::uuid).toList(),
                shown);
    }

    private List<ApiAnswers.Plan> plans(Map<String, String> arguments) {
        return rest.list("/v1/action_plans/detail", "action_plans", arguments)
                .as(ApiAnswers.Plans.class)
                .actionPlans();
    }

    private static boolean begins(String uuid, String given) {
        return uuid.regionMatches(true, 0, given, 0, given.length());
    }

    private static String one(String given, String kind, List<String> uuids, Table candidates) {
        if (uuids.isEmpty()) {
            throw new CommandFailed("no %s has the name '%s' or a UUID that starts with it".formatted(kind, given));
        }
        if (uuids.size() > 1) {
            throw new CommandFailed(
                    "'%s' matches %d %ss; give a longer prefix".formatted(given, uuids.size(), kind),
                    candidates.toString().lines().toList());
        }
        return uuids.getFirst();
    }
}
