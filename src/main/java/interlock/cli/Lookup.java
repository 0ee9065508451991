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

/** Finds what a person means who does not type a whole uuid. */
final class Lookup {
    private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern BEGINNING_OF_UUID = Pattern.compile("(?i)[0-9a-f][0-9a-f-]{0,35}");
    private static final int CANDIDATES_SHOWN = 10;

    private final RestClient rest;

    Lookup(RestClient rest) {
        this.rest = rest;
    }

    /**
     * {@return the uuid of the plan that is meant}
     *
     * @param given a uuid, the beginning of one, or a name
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
     * {@return the uuid of the action that is meant}
     *
     * @param given a uuid, the beginning of one, or, where the plan is known, its name in the plan
     * @param plan as for {@link #plan}
     */
    String action(String given, Optional<String> plan) {
        if (UUID.matcher(given).matches()) {
            return given;
        }
        if (plan.isEmpty() && !BEGINNING_OF_UUID.matcher(given).matches()) {
            throw new CommandFailed(
                    "'%s' is not the beginning of a uuid; an action's name is known with --plan only".formatted(given));
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
        // a name is unique in its plan: whoever gives one does not mean the beginning of another's uuid
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
     * {@return the uuid of the webhook that is meant}
     *
     * @param given a uuid, or the beginning of one
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
            throw new CommandFailed(
                    "there is no %s '%s': no uuid begins so, and no name is that".formatted(kind, given));
        }
        if (uuids.size() > 1) {
            throw new CommandFailed(
                    "'%s' may be any of %d %ss; give more of the uuid".formatted(given, uuids.size(), kind),
                    candidates.toString().lines().toList());
        }
        return uuids.getFirst();
    }
}
