package interlock.cli;

import interlock.cli.client.ApiAnswers;
import interlock.cli.client.CommandFailed;
import interlock.cli.client.RestClient;
import interlock.cli.client.RestClient.Answer;
import interlock.cli.terminal.Elapsed;
import interlock.cli.terminal.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code interlock resource}: the capacities of resources, and the actions that use them. */
@Command(name = "resource", description = "Show resources, and set their capacities.")
final class ResourceCommand implements Callable<Integer> {
    private static final String NAME = "KIND/ID";
    private static final String WHAT = "The resource, such as compute_host/compute-4; the id may contain slashes.";
    private static final String FORCE = "Lower the capacity even if actions of unfinished plans take more units.";
    private static final String PATH = "/v1/resources";

    @Mixin
    private ClientOptions options;

    @Override
    public Integer call() {
        return options.usage();
    }

    @Command(name = "list", description = "List the resources with their capacities.")
    int list(
            @Mixin ClientOptions asked,
            @Option(names = "--kind", paramLabel = "KIND", description = "Only resources of this kind.") @Nullable
                    String kind) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.list(PATH, "resources", kind == null ? Map.of() : Map.of("kind", kind));
            return asked.show(
                    answer, () -> list(answer.as(ApiAnswers.Resources.class).resources()));
        }
    }

    @Command(name = "show", description = "Show a resource, the actions that hold it and those that wait for it.")
    int show(@Mixin ClientOptions asked, @Parameters(paramLabel = NAME, description = WHAT) String name) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.list(PATH, "resources", arguments(name));
            List<ApiAnswers.Resource> found =
                    answer.as(ApiAnswers.Resources.class).resources();
            if (found.isEmpty()) {
                throw new CommandFailed("no resource is named '%s'".formatted(name));
            }
            return asked.show(
                    answer,
                    () -> "%s%n%s"
                            .formatted(list(found), users(found, asked.now()))
                            .stripTrailing());
        }
    }

    @Command(name = "set", description = "Set the capacity of a resource; it wins over all other capacities.")
    int set(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = NAME, description = WHAT) String name,
            @Option(
                            names = "--capacity",
                            paramLabel = "N",
                            required = true,
                            description = "The number of units; 0 stops all actions that use it.")
                    int capacity,
            @Option(names = "--force", description = FORCE) boolean force) {
        try (RestClient rest = asked.connect()) {
            Answer answer = rest.put(PATH, arguments(name), new ApiAnswers.NewCapacity(capacity, force));
            return asked.show(
                    answer, () -> list(answer.as(ApiAnswers.Resources.class).resources()));
        }
    }

    @Command(
            name = "unset",
            description = "Remove the capacity that was set; that of the configuration, of an unfinished "
                    + "plan or the default applies again.")
    int unset(
            @Mixin ClientOptions asked,
            @Parameters(paramLabel = NAME, description = WHAT) String name,
            @Option(names = "--force", description = FORCE) boolean force) {
        try (RestClient rest = asked.connect()) {
            Map<String, String> arguments = new HashMap<>(arguments(name));
            if (force) {
                arguments.put("force", "true");
            }
            Answer answer = rest.delete(PATH, arguments);
            return asked.show(answer, () -> {
                List<ApiAnswers.Resource> left =
                        answer.as(ApiAnswers.Resources.class).resources();
                return left.isEmpty() ? "%s has no capacity of its own any more".formatted(name) : list(left);
            });
        }
    }

    private static Map<String, String> arguments(String name) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            throw new CommandFailed("'%s' is not the name of a resource: KIND/ID was expected".formatted(name));
        }
        return Map.of("kind", name.substring(0, slash), "id", name.substring(slash + 1));
    }

    private static Table list(List<ApiAnswers.Resource> resources) {
        Table table = Table.of("RESOURCE", "CAPACITY", "USED", "FREE", "SOURCE", "WAITING", "PLAN");
        for (ApiAnswers.Resource resource : resources) {
            table.row(
                    "%s/%s".formatted(resource.kind(), resource.id()),
                    units(resource.capacity()),
                    String.valueOf(resource.used()),
                    units(resource.free()),
                    resource.source(),
                    String.valueOf(resource.waiters().size()),
                    resource.actionPlanUuid() == null ? "" : ApiAnswers.shortened(resource.actionPlanUuid()));
        }
        return table;
    }

    private static String units(@Nullable Integer units) {
        return units == null ? "unlimited" : String.valueOf(units);
    }

    private static String users(List<ApiAnswers.Resource> resources, Instant now) {
        Table table = Table.of("", "ACTION", "PLAN", "UNITS", "SINCE");
        int users = 0;
        for (ApiAnswers.Resource resource : resources) {
            resource.holders().forEach(user -> row(table, "holds", user, now));
            resource.waiters().forEach(user -> row(table, "waits", user, now));
            users += resource.holders().size() + resource.waiters().size();
        }
        return users == 0 ? "" : "%n%s".formatted(table);
    }

    private static void row(Table table, String role, ApiAnswers.ResourceUser user, Instant now) {
        table.row(
                role,
                ApiAnswers.shortened(user.actionUuid()),
                ApiAnswers.shortened(user.actionPlanUuid()),
                String.valueOf(user.units()),
                user.since() == null ? "" : Elapsed.between(user.since(), now).rounded());
    }
}
