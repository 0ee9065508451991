package interlock.openstack;

import static interlock.openstack.LabTypes.failure;
import static interlock.openstack.LabTypes.migration;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The action types against real Nova and Cinder; for migrations, see {@link MigrateLabTest}. */
class OpenStackLabTest extends LabTypesFixture {
    private Cinder cinder;

    @BeforeAll
    void find() throws Exception {
        cinder = cloud.cinder();
    }

    @Test
    void anInstanceThatIsNotThereIsPassedOver() throws Exception {
        String nobody = "00000000-0000-0000-0000-000000000000";

        for (String type : List.of("stop", "start")) {
            assertThat(types.execute(type, new LabAttempt(Map.of("resource_id", nobody))))
                    .isEqualTo(Result.skipped(
                            "Action was skipped automatically: Instance %s not found".formatted(nobody)));
        }
        assertThat(types.execute("migrate", migration(nobody, "live", "compute1", null)))
                .isInstanceOf(Result.Skipped.class);
        assertThat(types.execute("resize", new LabAttempt(Map.of("resource_id", nobody, "flavor", "2"))))
                .isInstanceOf(Result.Skipped.class);
        assertThat(types.execute(
                        "volume_migrate",
                        new LabAttempt(
                                Map.of("resource_id", nobody, "migration_type", "retype", "destination_type", "slow"))))
                .isInstanceOf(Result.Skipped.class);
    }

    @Test
    void whatNobodyBeganIsNotFound() throws Exception {
        String id = boot();
        String source = server(id).host();

        assertThat(types.get("migrate").reconcile(migration(id, "live", source, null)))
                .isEmpty();
        assertThat(types.get("stop").reconcile(new LabAttempt(Map.of("resource_id", id))))
                .isEmpty();
        assertThat(types.get("resize").reconcile(new LabAttempt(Map.of("resource_id", id, "flavor", "2"))))
                .isEmpty();
    }

    @Test
    void anInstanceIsResizedAndBack() throws Exception {
        String id = boot();
        String small = server(id).flavor();
        LabAttempt attempt = new LabAttempt(Map.of("resource_id", id, "flavor", "m1.small", "source_flavor", small));

        assertThat(types.execute("resize", attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(server(id)).extracting(Server::flavor, Server::status).containsExactly("m1.small", "ACTIVE");
        assertThat(types.execute("resize", attempt).message()).endsWith("has flavor m1.small already");
        assertThat(types.get("resize").reconcile(attempt)).containsInstanceOf(Result.Succeeded.class);
        assertThat(types.get("resize").revert(attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(server(id)).extracting(Server::flavor, Server::status).containsExactly(small, "ACTIVE");
        assertThat(failure(
                        types.execute("resize", new LabAttempt(Map.of("resource_id", id, "flavor", "no such"))), true))
                .isEqualTo("Flavor no such not found");
    }

    @Test
    void anInstanceIsStoppedAndStarted() throws Exception {
        String id = boot();
        LabAttempt attempt = new LabAttempt(Map.of("resource_id", id));

        assertThat(types.execute("stop", attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(server(id).status()).isEqualTo("SHUTOFF");
        assertThat(types.execute("stop", attempt).message())
                .isEqualTo("Action was skipped automatically: Instance %s is SHUTOFF already".formatted(id));
        assertThat(types.get("stop").reconcile(attempt)).containsInstanceOf(Result.Succeeded.class);
        assertThat(types.get("stop").revert(attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(server(id).status()).isEqualTo("ACTIVE");
        assertThat(types.execute("start", attempt)).isInstanceOf(Result.Skipped.class);
        assertThat(types.get("start").revert(attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(server(id).status()).isEqualTo("SHUTOFF");
    }

    @Test
    void anInstanceThatDoesNotStopSaysWhy() throws Exception {
        String id = boot("lab_fail", "power_off");

        String message =
                types.execute("stop", new LabAttempt(Map.of("resource_id", id))).message();

        assertThat(message).contains("was not stopped").contains("asked to fail in power_off");
    }

    @ParameterizedTest
    @CsvSource({"disabled, enabled", "down, up"})
    void aHostsServiceIsChangedByItsNameAlone(String state, String opposite) throws Exception {
        LabAttempt attempt = new LabAttempt(Map.of("resource_id", "compute2", "state", state));
        LabAttempt back = new LabAttempt(Map.of("resource_id", "compute2", "state", opposite));

        assertThat(types.execute("change_nova_service_state", attempt))
                .isEqualTo(Result.succeeded("nova-compute service compute2 is " + state));
        assertThat(types.execute("change_nova_service_state", attempt).message())
                .isEqualTo("Action was skipped automatically: nova-compute service compute2 is %s already"
                        .formatted(state));
        assertThat(types.get("change_nova_service_state").revert(attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(types.execute("change_nova_service_state", back)).isInstanceOf(Result.Skipped.class);
    }

    @Test
    void aHostIsKnownByTheIdOfItsHypervisorToo() throws Exception {
        Hypervisor hypervisor = nova.hypervisors().getFirst();

        assertThat(types.execute(
                                "change_nova_service_state",
                                new LabAttempt(Map.of("resource_id", hypervisor.id(), "state", "disabled")))
                        .message())
                .isEqualTo("nova-compute service %s is disabled".formatted(hypervisor.host()));
        assertThat(types.execute(
                        "change_nova_service_state",
                        new LabAttempt(Map.of("resource_id", "nowhere", "state", "enabled"))))
                .isEqualTo(Result.skipped("Action was skipped automatically: nova-compute service nowhere not found"));
    }

    private static LabAttempt volumeMove(String volume, String type, String name, String destination) {
        return new LabAttempt(Map.of("resource_id", volume, "migration_type", type, name, destination));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "swap"})
    void aVolumeIsMovedToAnotherPool(String type) throws Exception {
        String id = cloud.volume("any", Map.of());
        String before = cinder.volume(id).orElseThrow().host();
        String pool = cloud.poolOtherThan(before);
        LabAttempt attempt = volumeMove(id, type, "destination_node", pool);

        assertThat(types.execute("volume_migrate", attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(cinder.volume(id).orElseThrow().host()).isEqualTo(pool);
        assertThat(types.execute("volume_migrate", attempt)).isInstanceOf(Result.Skipped.class);
        assertThat(types.get("volume_migrate").reconcile(attempt)).containsInstanceOf(Result.Succeeded.class);
        assertThat(failure(types.execute("volume_migrate", volumeMove(id, type, "destination_node", "x@y#z")), true))
                .contains("unknown pool x@y#z; known: ");
    }

    @Test
    void aVolumeGetsAnotherType() throws Exception {
        String id = cloud.volume("fast", Map.of());
        LabAttempt attempt = volumeMove(id, "retype", "destination_type", "slow");

        assertThat(types.execute("volume_migrate", attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(cinder.volume(id).orElseThrow().type()).isEqualTo("slow");
        assertThat(types.execute("volume_migrate", attempt)).isInstanceOf(Result.Skipped.class);
    }

    @Test
    void anAttachedVolumeIsMovedAndGetsAnotherType() throws Exception {
        String server = boot();
        String id = cloud.volume("any", Map.of());
        cloud.attach(id, server);
        String pool = cloud.poolOtherThan(cloud.volume(id).host());

        Result moved = types.execute("volume_migrate", volumeMove(id, "migrate", "destination_node", pool));

        assertThat(moved).isInstanceOf(Result.Succeeded.class);
        assertThat(cloud.volume(id).host()).isEqualTo(pool);
        String type = pool.contains("@slow") ? "fast" : "slow";
        Result retyped = types.execute("volume_migrate", volumeMove(id, "retype", "destination_type", type));
        assertThat(retyped).isInstanceOf(Result.Succeeded.class);
        assertThat(cloud.volume(id)).extracting(Volume::type, Volume::status).containsExactly(type, "in-use");
        assertThat(cloud.volume(id).servers()).containsExactly(server);
        assertThat(types.execute("volume_migrate", volumeMove(id, "retype", "destination_type", type)))
                .isInstanceOf(Result.Skipped.class);
    }

    @Test
    void anExpiredTokenIsRenewedAndAServiceThatIsBusyIsAskedAgain() throws Exception {
        String id = boot();
        cloud.expireTokens();
        cloud.failNext(2, "429 Too Many Requests", Map.of("Retry-After", "1"));

        assertThat(types.execute("stop", new LabAttempt(Map.of("resource_id", id))))
                .isInstanceOf(Result.Succeeded.class);

        assertThat(server(id).status()).isEqualTo("SHUTOFF");
    }

    @Test
    void aVolumeThatCinderCannotMoveSaysSo() throws Exception {
        String id = cloud.volume("any", Map.of("lab_fail", "migrate"));
        String before = cinder.volume(id).orElseThrow().host();
        String pool = cloud.poolOtherThan(before);

        Result outcome = types.execute("volume_migrate", volumeMove(id, "migrate", "destination_node", pool));

        assertThat(failure(outcome, false)).contains("did not reach", "its migration ended with error");
    }
}
