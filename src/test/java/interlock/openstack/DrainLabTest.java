package interlock.openstack;

import static interlock.openstack.LabCloud.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole service drains hosts of real Nova. */
class DrainLabTest extends LabServiceFixture {
    private static final String SOURCE = "compute1";

    private static LabPlan drain(List<String> servers, List<String> destinations) {
        LabPlan plan = LabPlan.by("constraint")
                .action("disable", "change_nova_service_state", "resource_id", SOURCE, "state", "disabled");
        for (int i = 0; i < servers.size(); i++) {
            plan.live("move " + i, servers.get(i), SOURCE, destinations.get(i % destinations.size()))
                    .tried(2);
        }
        return plan;
    }

    @Test
    void aHostIsDrainedTwoServersAtATimeAfterItWasDisabled() throws Exception {
        List<String> servers = cloud.boot(6, SOURCE, Map.of("lab_seconds", "3"));
        List<String> destinations = List.of("compute2", "compute3");

        String plan = service.run(drain(servers, destinations).twoAtOnce("compute1", "compute2", "compute3"));

        assertThat(service.state(plan)).as("%s", service.messages(plan)).isEqualTo("SUCCEEDED");
        for (int i = 0; i < servers.size(); i++) {
            assertThat(cloud.server(servers.get(i)))
                    .extracting(Server::host, Server::status)
                    .containsExactly(destinations.get(i % 2), "ACTIVE");
        }
        List<JsonNode> moves = cloud.migrations(servers);
        assertThat(moves).hasSize(servers.size());
        for (String host : List.of("compute1", "compute2", "compute3")) {
            assertThat(atOnce(moves, host)).as(host).isLessThanOrEqualTo(2);
        }
        assertThat(atOnce(moves, SOURCE)).isEqualTo(2);
        assertThat(cloud.service(SOURCE).enabled()).isFalse();
        Instant disabled = Instant.parse(
                service.action(plan, "disable").path("finished_at").asText());
        assertThat(moves)
                .allSatisfy(move -> assertThat(begin(move)).isAfterOrEqualTo(disabled.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** {@return how many of these moves had to do with a host at the same time} Nova tells whole seconds. */
    private static long atOnce(List<JsonNode> moves, String host) {
        List<JsonNode> ofHost = moves.stream()
                .filter(move -> Stream.of("source_compute", "dest_compute")
                        .anyMatch(end -> move.path(end).asText().equals(host)))
                .toList();
        return ofHost.stream()
                .mapToLong(one -> ofHost.stream()
                        .filter(other ->
                                !begin(other).isAfter(begin(one)) && end(other).isAfter(begin(one)))
                        .count())
                .max()
                .orElse(0);
    }

    private static Instant begin(JsonNode move) {
        return LocalDateTime.parse(move.path("created_at").asText()).toInstant(ZoneOffset.UTC);
    }

    private static Instant end(JsonNode move) {
        return LocalDateTime.parse(move.path("updated_at").asText()).toInstant(ZoneOffset.UTC);
    }

    @Test
    void aServerThatTheHypervisorCannotMoveLiveIsMovedCold() throws Exception {
        String server = cloud.boot(Map.of("lab_fail", "live_migration"));

        String plan = service.run(drain(List.of(server), List.of("compute2")));

        assertThat(service.state(plan)).as("%s", service.messages(plan)).isEqualTo("SUCCEEDED");
        assertThat(service.action(plan, "move 0").path("attempt").asInt()).isEqualTo(2);
        assertThat(service.states(plan))
                .containsEntry("move 0", "FAILED")
                .containsEntry("move 0 (another host)", "FAILED")
                .containsEntry("move 0 (cold)", "SUCCEEDED");
        assertThat(cloud.nova().migrations(server))
                .extracting(ServerMigration::type)
                .containsExactlyInAnyOrder(
                        "live-migration", "live-migration", "live-migration", "live-migration", "migration");
        assertThat(cloud.server(server).status()).isEqualTo("ACTIVE");
        assertThat(cloud.server(server).host()).isNotEqualTo(SOURCE);
    }

    @Test
    void aHostIsGivenBackWhenOneOfItsServersGoesToError() throws Exception {
        String broken = cloud.boot(Map.of("lab_fail", "live_migration_error"));
        List<String> others = cloud.boot(2, SOURCE, Map.of("lab_seconds", "1"));

        String plan = service.run(
                drain(Stream.concat(Stream.of(broken), others.stream()).toList(), List.of("compute2", "compute3")));

        assertThat(service.state(plan)).as("%s", service.messages(plan)).isEqualTo("FAILED");
        assertThat(service.action(plan, "move 0").path("attempt").asInt()).isEqualTo(1);
        assertThat(service.action(plan, "move 0").path("status_message").asText())
                .contains("the instance is in ERROR");
        assertThat(service.states(plan)).containsEntry("give compute1 back", "SUCCEEDED");
        assertThat(cloud.service(SOURCE).enabled()).isTrue();
        assertThat(cloud.server(broken).status()).isEqualTo("ERROR");
        assertThat(cloud.nova().migrations(broken)).hasSize(1);
    }

    @Test
    void aLiveMigrationTellsHowFarItIsAndLeavesItsServerWhereItWasWhenCancelled() throws Exception {
        String server = cloud.boot(Map.of("lab_seconds", "80"));
        String plan = service.apply(drain(List.of(server), List.of("compute2")));
        eventually(
                () -> service.attempts(plan, "move 0").path(0).path("progress").asDouble() > 0);

        service.tell(plan, "cancel");

        assertThat(service.awaitEnd(plan).path("state").asText()).isEqualTo("CANCELLED");
        assertThat(service.states(plan)).containsEntry("move 0", "CANCELLED");
        assertThat(cloud.server(server))
                .extracting(Server::host, Server::status, Server::busy)
                .containsExactly(SOURCE, "ACTIVE", false);
        assertThat(cloud.nova().migrations(server))
                .extracting(ServerMigration::status)
                .containsExactly("cancelled");
    }
}
