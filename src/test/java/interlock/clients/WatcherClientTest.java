package interlock.clients;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.clients.WatcherClient.Client;
import interlock.clients.WatcherClient.Command;
import interlock.web.RunningService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code watcher} and {@code openstack optimize} work with the service as with Watcher. */
@ExtendWith({WatcherClient.Installed.class, RunningService.Shared.class})
class WatcherClientTest {
    private static final String NOP = "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}";

    private final WatcherClient clients;
    private final RunningService service;

    WatcherClientTest(WatcherClient clients, RunningService service) {
        this.clients = clients;
        this.service = service;
    }

    @ParameterizedTest
    @EnumSource
    void anAuditMakesAPlanThatIsStartedAndEnds(Command command) {
        var client = client(command);

        var created =
                client.tells("audit", "create", "-g", "dummy", "-s", "dummy", "-p", "para1=1", "-p", "para2=aloha");
        var audit = created.path("UUID").asText();
        assertThat(created.path("State").asText()).isEqualTo("PENDING");
        assertThat(client.tells("audit", "show", audit).path("State").asText()).isEqualTo("SUCCEEDED");

        var plans = client.tells("actionplan", "list", "--audit", audit);
        assertThat(plans)
                .singleElement()
                .satisfies(it -> assertThat(it.path("State").asText()).isEqualTo("RECOMMENDED"));
        var plan = plans.at("/0/UUID").asText();
        var actions = client.tells("action", "list", "--action-plan", plan, "--detail");
        assertThat(actions.findValuesAsText("Action")).containsExactly("nop", "nop", "sleep");
        assertThat(actions.at("/1/Parents/0")).isEqualTo(actions.at("/0/UUID"));
        assertThat(actions.at("/1/Parameters/message").asText()).isEqualTo("aloha");

        client.does("actionplan", "start", plan);
        service.awaitEnd(UUID.fromString(plan));
        assertThat(client.tells("actionplan", "show", plan).path("State").asText())
                .isEqualTo("SUCCEEDED");
        var action = client.tells("action", "show", actions.at("/2/UUID").asText());
        assertThat(action.path("State").asText()).isEqualTo("SUCCEEDED");
        assertThat(action.path("Action Plan").asText()).isEqualTo(plan);

        assertThat(client.does("actionplan", "delete", plan)).isEmpty();
        assertThat(client.does("audit", "delete", audit)).isEmpty();
        assertThat(client.tells("actionplan", "list", "--audit", audit)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void plansAreListedInPartsUpdatedAndCancelled(Command command) {
        var client = client(command);
        var plan = service.create(NOP).toString();
        var other = service.create(NOP).toString();

        var latest = client.tells(
                "actionplan", "list", "--limit", "2", "--sort-key", "created_at", "--sort-dir", "desc", "--detail");
        assertThat(latest.findValuesAsText("UUID")).containsExactly(other, plan);
        assertThat(client.does("actionplan", "list", "--limit", "0", "-f", "value", "-c", "UUID"))
                .contains(other, plan);

        assertThat(client.tells("actionplan", "update", plan, "replace", "state=PENDING")
                        .path("UUID")
                        .asText())
                .isEqualTo(plan);
        assertThat(service.awaitEnd(UUID.fromString(plan)).path("state").asText())
                .isEqualTo("SUCCEEDED");
        client.does("actionplan", "cancel", other);
        assertThat(service.plan(UUID.fromString(other)).path("state").asText()).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeIsRefusedInWords(Command command) {
        var client = client(command);
        var plan = service.create(NOP);
        service.run(plan);

        var start = client.run("actionplan", "start", plan.toString());
        var unknown = client.run("actionplan", "show", new UUID(0, 7).toString());
        var version = client.run("--os-infra-optim-api-version", "1.9", "goal", "list");

        assertThat(List.of(start, unknown, version)).allSatisfy(it -> {
            assertThat(it.exit()).isEqualTo(1);
            assertThat(it.out()).isEmpty();
            assertThat(it.err()).doesNotContain("Traceback");
        });
        assertThat(start.err()).contains("Couldn't start when state is 'SUCCEEDED'.", "(HTTP 400)");
        assertThat(unknown.err()).contains("ActionPlan %s could not be found (HTTP 404)".formatted(new UUID(0, 7)));
        assertThat(version.err()).contains("1.9");
    }

    @ParameterizedTest
    @EnumSource
    void anAuditTemplateIsMadeShownUpdatedUsedAndDeleted(Command command) {
        var client = client(command);
        var name = "template-" + UUID.randomUUID();

        assertThat(client.tells("audittemplate", "create", name, "dummy", "-s", "dummy")
                        .path("Name")
                        .asText())
                .isEqualTo(name);
        assertThat(client.tells("audittemplate", "update", name, "replace", "description=each day")
                        .path("Description")
                        .asText())
                .isEqualTo("each day");
        assertThat(client.tells("audittemplate", "list", "--goal", "dummy").findValuesAsText("Name"))
                .contains(name);
        var audit = client.tells("audit", "create", "-a", name).path("UUID").asText();
        assertThat(client.tells("audit", "update", audit, "add", "interval=2")
                        .path("Interval")
                        .asText())
                .isEqualTo("2");
        assertThat(client.tells("audit", "list", "--detail").findValuesAsText("UUID"))
                .contains(audit);
        assertThat(client.does("audittemplate", "delete", name)).isEmpty();
        assertThat(client.run("audittemplate", "show", name).err()).contains("could not be found");
    }

    @ParameterizedTest
    @EnumSource
    void whatThereIsIsListedAndShown(Command command) {
        var client = client(command);

        assertThat(client.tells("goal", "list").findValuesAsText("Name")).contains("unclassified", "dummy");
        assertThat(client.tells("goal", "show", "dummy").path("Display name").asText())
                .isEqualTo("Dummy goal");
        assertThat(client.tells("strategy", "list", "--goal", "unclassified").findValuesAsText("Name"))
                .containsExactly("actuator");
        assertThat(client.tells("strategy", "show", "dummy")
                        .path("Parameters spec")
                        .asText())
                .contains("para1");
        assertThat(client.tells("strategy", "state", "dummy").findValuesAsText("Type"))
                .containsExactly("Datasource", "Metrics", "CDM", "Name");
        assertThat(client.tells("service", "list", "--detail"))
                .allSatisfy(it -> assertThat(it.path("Status").asText()).isEqualTo("ACTIVE"))
                .extracting(it -> it.path("Name").asText())
                .containsExactly("watcher-decision-engine", "watcher-applier");
        assertThat(client.tells("service", "show", "watcher-applier")
                        .path("Name")
                        .asText())
                .isEqualTo("watcher-applier");
        assertThat(client.tells("scoringengine", "list", "--detail").findValuesAsText("Name"))
                .containsExactly("dummy_scorer");
        assertThat(client.tells("scoringengine", "show", "dummy_scorer")
                        .path("Name")
                        .asText())
                .isEqualTo("dummy_scorer");
    }

    @Test
    void aPersonIsShownATable() {
        assertThat(client(Command.WATCHER).does("goal", "list", "-c", "Name", "-c", "Display name"))
                .isEqualTo("""
                +----------------------+----------------------+
                | Name                 | Display name         |
                +----------------------+----------------------+
                | unclassified         | Unclassified         |
                | dummy                | Dummy goal           |
                | server_consolidation | Server Consolidation |
                +----------------------+----------------------+
                """);
    }

    private Client client(Command command) {
        return clients.of(command, service.uri());
    }
}
