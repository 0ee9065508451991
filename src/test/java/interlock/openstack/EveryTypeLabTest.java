package interlock.openstack;

import static interlock.openstack.LabCloud.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole service does everything that it can do to real Nova and Cinder, is told what cannot be, and is killed at it. */
@Tag("openstack")
@ExtendWith(Lab.Shared.class)
class EveryTypeLabTest {
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private static final String WRONG_PASSWORD = "open-sesame";

    @TempDir
    private static Path folder;

    private static LabCloud cloud;
    private static LabService service;

    @BeforeAll
    static void start(Lab lab) throws Exception {
        cloud = new LabCloud(lab);
        ObjectNode configuration = lab.clouds();
        configuration.putObject("capacities").put("compute_host", 10);
        ObjectNode clouds = (ObjectNode) configuration.path("clouds");
        ObjectNode locked = clouds.path("lab").deepCopy();
        ((ObjectNode) locked.path("auth")).put("password", WRONG_PASSWORD);
        clouds.set("locked", locked);
        service = new LabService(folder, configuration);
    }

    @AfterAll
    static void stop() {
        service.close();
        cloud.close();
    }

    @AfterEach
    void restore() throws Exception {
        cloud.restore();
    }

    @Test
    void everyTypeDoesItsWorkOnceAndIsPassedOverWhenTheSamePlanComesAgain() throws Exception {
        List<String> servers = cloud.boot(5, "compute1", Map.of());
        LabPlan starting = LabPlan.by("explicit").action("stop", "stop", "resource_id", servers.get(3));
        assertThat(service.state(service.run(starting))).isEqualTo("SUCCEEDED");
        String free = cloud.volume("fast", Map.of());
        String attached = cloud.volume("fast", Map.of());
        cloud.attach(attached, servers.get(4));
        String pool = cloud.volume(free).host().startsWith("cinder1") ? "cinder2@fast#fast" : "cinder1@fast#fast";
        String poolOfAttached =
                cloud.volume(attached).host().startsWith("cinder1") ? "cinder2@fast#fast" : "cinder1@fast#fast";
        LabPlan everything = LabPlan.by("explicit")
                .live("live", servers.get(0), "compute1", "compute2")
                .action(
                        "cold",
                        "migrate",
                        "resource_id",
                        servers.get(1),
                        "migration_type",
                        "cold",
                        "source_node",
                        "compute1",
                        "destination_node",
                        "compute2")
                .action("resize", "resize", "resource_id", servers.get(2), "flavor", "m1.small")
                .action("start", "start", "resource_id", servers.get(3))
                .action("move", "volume_migrate", move(free, "migrate", "destination_node", pool))
                .action("retype", "volume_migrate", move(free, "retype", "destination_type", "any"))
                .after("move")
                .action(
                        "move attached",
                        "volume_migrate",
                        move(attached, "migrate", "destination_node", poolOfAttached))
                .action("retype attached", "volume_migrate", move(attached, "retype", "destination_type", "any"))
                .after("move attached")
                .action("disable", "change_nova_service_state", "resource_id", "compute3", "state", "disabled")
                .after("live", "cold", "resize");

        String plan = service.run(everything);

        assertThat(service.states(plan).values())
                .as("%s", service.messages(plan))
                .hasSize(9)
                .containsOnly("SUCCEEDED");
        assertThat(cloud.server(servers.get(0)).host()).isEqualTo("compute2");
        assertThat(cloud.server(servers.get(1)))
                .extracting(Server::host, Server::status)
                .containsExactly("compute2", "ACTIVE");
        assertThat(cloud.server(servers.get(2)))
                .extracting(Server::flavor, Server::status)
                .containsExactly("m1.small", "ACTIVE");
        assertThat(cloud.server(servers.get(3)).status()).isEqualTo("ACTIVE");
        assertThat(cloud.volume(free))
                .extracting(Volume::host, Volume::type, Volume::status)
                .containsExactly(pool, "any", "available");
        assertThat(cloud.volume(attached))
                .extracting(Volume::host, Volume::type, Volume::status)
                .containsExactly(poolOfAttached, "any", "in-use");
        assertThat(cloud.service("compute3").enabled()).isFalse();

        String again = service.run(everything);

        assertThat(service.states(again).values()).hasSize(9).containsOnly("SKIPPED");
        assertThat(service.messages(again))
                .containsEntry(
                        "live", skipped("Instance %s is not on source node compute1, but on compute2", servers, 0))
                .containsEntry(
                        "cold", skipped("Instance %s is not on source node compute1, but on compute2", servers, 1))
                .containsEntry("resize", skipped("Instance %s has flavor m1.small already", servers, 2))
                .containsEntry("start", skipped("Instance %s is ACTIVE already", servers, 3))
                .containsEntry(
                        "disable",
                        "Action was skipped automatically: nova-compute service compute3 is disabled already")
                .containsEntry(
                        "move attached",
                        "Action was skipped automatically: Volume %s is in pool %s already"
                                .formatted(attached, poolOfAttached));
    }

    private static String[] move(String volume, String type, String name, String destination) {
        return new String[] {"resource_id", volume, "migration_type", type, name, destination};
    }

    private static String skipped(String why, List<String> servers, int server) {
        return "Action was skipped automatically: " + why.formatted(servers.get(server));
    }

    @Test
    void whatCannotBeIsSaidInWords() throws Exception {
        String server = cloud.boot(Map.of());
        cloud.nova().disable(cloud.service("compute2"), Optional.empty());
        cloud.nova().disable(cloud.service("compute3"), Optional.empty());
        LabPlan plan = LabPlan.by("explicit")
                .live("unknown server", NOBODY, "compute1", "compute2")
                .live("unknown host", server, "compute1", "nowhere")
                .live("disabled host", server, "compute1", "compute2")
                .action(
                        "no valid host",
                        "migrate",
                        "resource_id",
                        server,
                        "migration_type",
                        "live",
                        "source_node",
                        "compute1")
                .tried(2)
                .action("unknown flavor", "resize", "resource_id", server, "flavor", "gigantic")
                .action("unknown service", "change_nova_service_state", "resource_id", "nowhere", "state", "disabled")
                .action("unknown cloud", "stop", "resource_id", server, "cloud", "nine")
                .action("wrong password", "stop", "resource_id", server, "cloud", "locked");

        String made = service.run(plan);

        assertThat(service.state(made)).isEqualTo("FAILED");
        assertThat(service.states(made))
                .containsEntry("unknown server", "SKIPPED")
                .containsEntry("unknown service", "SKIPPED")
                .containsEntry("unknown host", "FAILED")
                .containsEntry("no valid host", "FAILED");
        Map<String, String> messages = service.messages(made);
        assertThat(messages.get("unknown server")).endsWith("Instance %s not found".formatted(NOBODY));
        assertThat(messages.get("unknown host"))
                .contains("Destination node nowhere not found; known: compute1, compute2, compute3");
        assertThat(messages.get("disabled host")).contains("Destination node compute2 is disabled");
        assertThat(messages.get("no valid host")).contains("No valid host");
        assertThat(messages.get("unknown flavor")).contains("Flavor gigantic not found");
        assertThat(messages.get("unknown service")).endsWith("nova-compute service nowhere not found");
        assertThat(messages.get("unknown cloud")).contains("unknown cloud 'nine'; configured: lab, locked");
        assertThat(messages.get("wrong password"))
                .contains("does not accept the password of user 'admin' of cloud 'locked'")
                .doesNotContain(WRONG_PASSWORD);
        assertThat(service.action(made, "no valid host").path("attempt").asInt())
                .isEqualTo(2);
        assertThat(service.action(made, "unknown host").path("attempt").asInt()).isEqualTo(1);
        assertThat(cloud.server(server).status()).isEqualTo("ACTIVE");
    }

    @Test
    void aNovaThatIsOutOfOrderForAWhileIsAskedAgainAndNothingIsDoneTwice() throws Exception {
        String server = cloud.boot(Map.of("lab_seconds", "12"));
        cloud.expireTokens();
        cloud.failNext(3, "503 Service Unavailable", Map.of());

        String plan = service.apply(LabPlan.by("explicit").live("move", server, "compute1", "compute2"));
        eventually(() -> cloud.nova().migrations(server).stream().anyMatch(it -> it.is("running")));
        cloud.expireTokens();
        cloud.failNext(2, "429 Too Many Requests", Map.of("Retry-After", "1"));

        assertThat(service.awaitEnd(plan).path("state").asText())
                .as("%s", service.messages(plan))
                .isEqualTo("SUCCEEDED");
        assertThat(service.action(plan, "move").path("attempt").asInt()).isEqualTo(1);
        assertThat(cloud.nova().migrations(server))
                .extracting(ServerMigration::status)
                .containsExactly("completed");
    }

    @Test
    void whoIsKilledInTheMiddleOfLiveMigrationsFollowsEachToItsEnd() throws Exception {
        List<String> servers = cloud.boot(5, "compute1", Map.of("lab_seconds", "30"));
        LabPlan plan = LabPlan.by("explicit");
        for (int i = 0; i < servers.size(); i++) {
            plan.live("move " + i, servers.get(i), "compute1", i % 2 == 0 ? "compute2" : "compute3")
                    .tried(3);
        }
        String made = service.apply(plan);
        for (String server : servers) {
            eventually(() -> cloud.nova().migrations(server).stream().anyMatch(it -> it.is("running")));
        }

        service.kill();
        service.restart();

        assertThat(service.awaitEnd(made).path("state").asText())
                .as("%s", service.messages(made))
                .isEqualTo("SUCCEEDED");
        for (int i = 0; i < servers.size(); i++) {
            assertThat(cloud.nova().migrations(servers.get(i)))
                    .extracting(ServerMigration::status)
                    .containsExactly("completed");
            assertThat(cloud.server(servers.get(i)))
                    .extracting(Server::host, Server::status)
                    .containsExactly(i % 2 == 0 ? "compute2" : "compute3", "ACTIVE");
        }
        assertThat(service.actions(made).values())
                .allSatisfy(action -> assertThat(action.path("attempt").asInt())
                        .as("%s", action)
                        .isGreaterThanOrEqualTo(2));
    }
}
