package interlock.openstack;

import static interlock.openstack.LabCloud.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.action.ActionType;
import interlock.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The action types against real Nova and Cinder. */
@Tag("openstack")
@ExtendWith(Lab.Shared.class)
class OpenStackLabTest {
    private static LabCloud cloud;
    private static Nova nova;
    private static Cinder cinder;
    private static Map<String, ActionType> types;

    @BeforeAll
    static void connect(Lab lab) throws Exception {
        cloud = new LabCloud(lab);
        nova = cloud.nova();
        cinder = cloud.cinder();
        types = OpenStackTypes.on(cloud.clouds()).stream().collect(Collectors.toMap(ActionType::name, type -> type));
    }

    @AfterAll
    static void disconnect() {
        cloud.close();
    }

    @AfterEach
    void restore() throws Exception {
        cloud.restore();
    }

    private static String boot(String... metadata) throws Exception {
        return cloud.boot(metadata.length == 0 ? Map.of() : Map.of(metadata[0], metadata[1]));
    }

    private static Server server(String id) throws Exception {
        return cloud.server(id);
    }

    private static LabAttempt migration(String server, String type, String source, String destination) {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("resource_id", server, "migration_type", type, "source_node", source));
        if (destination != null) {
            parameters.put("destination_node", destination);
        }
        return new LabAttempt(parameters);
    }

    private static Outcome execute(String type, LabAttempt attempt) throws Exception {
        return types.get(type).execute(attempt);
    }

    private static CompletableFuture<Outcome> begin(String type, LabAttempt attempt, List<Thread> threads) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        threads.add(Thread.startVirtualThread(() -> {
            try {
                outcome.complete(types.get(type).execute(attempt));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }));
        return outcome;
    }

    private static String failure(Outcome outcome, boolean permanent) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).failure().permanent())
                .as(outcome.message())
                .isEqualTo(permanent);
        return outcome.message();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void anInstanceIsMovedAndBack(String type) throws Exception {
        String id = boot();
        String source = server(id).host();
        String destination = cloud.hostOtherThan(source);
        LabAttempt attempt = migration(id, type, source, destination);

        Outcome moved = execute("migrate", attempt);

        assertThat(moved).isInstanceOf(Outcome.Succeeded.class);
        assertThat(moved.message())
                .startsWith("%s migration of instance %s from %s to %s: migration "
                        .formatted(type, id, source, destination))
                .contains("it is ACTIVE on " + destination, "(request req-");
        assertThat(server(id).host()).isEqualTo(destination);
        assertThat(execute("migrate", attempt))
                .isEqualTo(new Outcome.Skipped(
                        "Action was skipped automatically: Instance %s is not on source node %s, but on %s"
                                .formatted(id, source, destination)));
        assertThat(types.get("migrate").revert(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server(id).host()).isEqualTo(source);
        assertThat(types.get("migrate").revert(attempt).message()).contains("already");
    }

    @Test
    void anInstanceGoesBackToAHostThatIsDisabledByNow() throws Exception {
        String id = boot();
        String source = server(id).host();
        LabAttempt attempt = migration(id, "live", source, null);
        execute("migrate", attempt);
        execute("change_nova_service_state", new LabAttempt(Map.of("resource_id", source, "state", "disabled")));

        assertThat(types.get("migrate").revert(attempt)).isInstanceOf(Outcome.Succeeded.class);

        assertThat(server(id).host()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void theSchedulerChoosesAHost(String type) throws Exception {
        String id = boot();
        String source = server(id).host();

        assertThat(execute("migrate", migration(id, type, source, null))).isInstanceOf(Outcome.Succeeded.class);

        assertThat(server(id).host()).isNotEqualTo(source);
        assertThat(server(id).status()).isEqualTo("ACTIVE");
    }

    @Test
    void aStoppedInstanceIsMovedCold() throws Exception {
        String id = boot();
        String source = server(id).host();
        execute("stop", new LabAttempt(Map.of("resource_id", id)));

        assertThat(failure(execute("migrate", migration(id, "live", source, null)), true))
                .isEqualTo("Instance %s is SHUTOFF; a live migration wants it ACTIVE".formatted(id));
        assertThat(execute("migrate", migration(id, "cold", source, null)).message())
                .contains("it is SHUTOFF on");
    }

    @Test
    void aMigrationThatNovaRollsBackMayBeTriedAgain() throws Exception {
        String id = boot("lab_fail", "live_migration");
        String source = server(id).host();

        String message = failure(execute("migrate", migration(id, "live", source, null)), false);

        assertThat(message).contains("it is ACTIVE on " + source);
        assertThat(execute("migrate", migration(id, "cold", source, null))).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void aMigrationThatFailsOnItsDestinationMayBeTriedAgain() throws Exception {
        String id = boot("lab_fail", "pre_live_migration");
        String source = server(id).host();

        String message = failure(execute("migrate", migration(id, "live", source, cloud.hostOtherThan(source))), false);

        assertThat(message).contains("it is ACTIVE on " + source);
    }

    @ParameterizedTest
    @CsvSource({"live, live_migration_error", "cold, finish_migration"})
    void anInstanceThatGoesToErrorIsNotTriedAgain(String type, String step) throws Exception {
        String id = boot("lab_fail", step);
        String source = server(id).host();

        String message = failure(execute("migrate", migration(id, type, source, cloud.hostOtherThan(source))), true);

        assertThat(message).contains("the instance is in ERROR");
        assertThat(type.equals("live") || message.contains("asked to fail in " + step))
                .as(message)
                .isTrue();
    }

    @Test
    void aDestinationThatWillNotDoIsRefusedBeforeNovaIsAsked() throws Exception {
        String id = boot();
        String source = server(id).host();
        String other = cloud.hostOtherThan(source);
        execute("change_nova_service_state", new LabAttempt(Map.of("resource_id", other, "state", "disabled")));

        assertThat(failure(execute("migrate", migration(id, "live", source, other)), true))
                .isEqualTo("Destination node %s is disabled".formatted(other));
        assertThat(failure(execute("migrate", migration(id, "live", source, "nowhere")), true))
                .startsWith("Destination node nowhere not found; there are: compute1, ");
        assertThat(failure(execute("migrate", migration(id, "live", source, source)), true))
                .isEqualTo("Destination node %s is the source node".formatted(source));
        assertThat(nova.migrations(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void withoutAnyOtherHostThereIsNoValidOne(String type) throws Exception {
        String id = boot();
        String source = server(id).host();
        for (ComputeService service : nova.computeServices()) {
            if (!service.host().equals(source)) {
                nova.disable(service, Optional.empty());
            }
        }

        String message = failure(execute("migrate", migration(id, type, source, null)), false);

        assertThat(message).contains("No valid host");
        assertThat(server(id).status()).isEqualTo("ACTIVE");
    }

    @Test
    void anInstanceThatIsNotThereIsPassedOver() throws Exception {
        String nobody = "00000000-0000-0000-0000-000000000000";

        for (String type : List.of("stop", "start")) {
            assertThat(execute(type, new LabAttempt(Map.of("resource_id", nobody))))
                    .isEqualTo(new Outcome.Skipped(
                            "Action was skipped automatically: Instance %s not found".formatted(nobody)));
        }
        assertThat(execute("migrate", migration(nobody, "live", "compute1", null)))
                .isInstanceOf(Outcome.Skipped.class);
        assertThat(execute("resize", new LabAttempt(Map.of("resource_id", nobody, "flavor", "2"))))
                .isInstanceOf(Outcome.Skipped.class);
        assertThat(execute(
                        "volume_migrate",
                        new LabAttempt(
                                Map.of("resource_id", nobody, "migration_type", "retype", "destination_type", "slow"))))
                .isInstanceOf(Outcome.Skipped.class);
    }

    @Test
    void aSlowLiveMigrationIsAborted() throws Exception {
        String id = boot("lab_seconds", "60");
        String source = server(id).host();
        LabAttempt attempt = migration(id, "live", source, cloud.hostOtherThan(source));
        var outcome = begin("migrate", attempt, new ArrayList<>());
        eventually(() -> nova.migrations(id).stream().anyMatch(it -> !it.ended()));

        assertThat(types.get("migrate").abort(attempt)).isFalse();

        eventually(outcome::isDone);
        assertThat(outcome.get()).isInstanceOf(Outcome.Aborted.class);
        assertThat(outcome.get().message()).contains("is cancelled, it is ACTIVE on " + source);
        assertThat(server(id).host()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void anInterruptedMigrationIsFoundAndFollowed(String type) throws Exception {
        String id = boot("lab_seconds", "5");
        String source = server(id).host();
        LabAttempt attempt = migration(id, type, source, null);
        List<Thread> threads = new ArrayList<>();
        begin("migrate", attempt, threads);
        eventually(() -> nova.migrations(id).stream().anyMatch(it -> !it.ended()));
        threads.getFirst().interrupt();
        threads.getFirst().join();

        Optional<Outcome> found =
                types.get("migrate").reconcile(new LabAttempt(attempt.action(), 2, attempt.inputParameters()));

        assertThat(found).containsInstanceOf(Outcome.Succeeded.class);
        assertThat(nova.migrations(id)).hasSize(1);
        assertThat(server(id).host()).isNotEqualTo(source);
        assertThat(server(id).status()).isEqualTo("ACTIVE");
        Optional<Outcome> again =
                types.get("migrate").reconcile(new LabAttempt(attempt.action(), 3, attempt.inputParameters()));
        assertThat(again.orElseThrow().message()).startsWith("found to be done by an earlier attempt: ");
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

        assertThat(execute("resize", attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server(id)).extracting(Server::flavor, Server::status).containsExactly("m1.small", "ACTIVE");
        assertThat(execute("resize", attempt).message()).endsWith("has flavor m1.small already");
        assertThat(types.get("resize").reconcile(attempt)).containsInstanceOf(Outcome.Succeeded.class);
        assertThat(types.get("resize").revert(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server(id)).extracting(Server::flavor, Server::status).containsExactly(small, "ACTIVE");
        assertThat(failure(execute("resize", new LabAttempt(Map.of("resource_id", id, "flavor", "no such"))), true))
                .isEqualTo("Flavor no such not found");
    }

    @Test
    void anInstanceIsStoppedAndStarted() throws Exception {
        String id = boot();
        LabAttempt attempt = new LabAttempt(Map.of("resource_id", id));

        assertThat(execute("stop", attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server(id).status()).isEqualTo("SHUTOFF");
        assertThat(execute("stop", attempt).message())
                .isEqualTo("Action was skipped automatically: Instance %s is SHUTOFF already".formatted(id));
        assertThat(types.get("stop").reconcile(attempt)).containsInstanceOf(Outcome.Succeeded.class);
        assertThat(types.get("stop").revert(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server(id).status()).isEqualTo("ACTIVE");
        assertThat(execute("start", attempt)).isInstanceOf(Outcome.Skipped.class);
        assertThat(types.get("start").revert(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server(id).status()).isEqualTo("SHUTOFF");
    }

    @Test
    void anInstanceThatDoesNotStopSaysWhy() throws Exception {
        String id = boot("lab_fail", "power_off");

        String message =
                execute("stop", new LabAttempt(Map.of("resource_id", id))).message();

        assertThat(message).contains("was not stopped").contains("asked to fail in power_off");
    }

    @ParameterizedTest
    @CsvSource({"disabled, enabled", "down, up"})
    void aHostsServiceIsChangedByItsNameAlone(String state, String opposite) throws Exception {
        LabAttempt attempt = new LabAttempt(Map.of("resource_id", "compute2", "state", state));
        LabAttempt back = new LabAttempt(Map.of("resource_id", "compute2", "state", opposite));

        assertThat(execute("change_nova_service_state", attempt))
                .isEqualTo(new Outcome.Succeeded("nova-compute service compute2 is " + state));
        assertThat(execute("change_nova_service_state", attempt).message())
                .isEqualTo("Action was skipped automatically: nova-compute service compute2 is %s already"
                        .formatted(state));
        assertThat(types.get("change_nova_service_state").revert(attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(execute("change_nova_service_state", back)).isInstanceOf(Outcome.Skipped.class);
    }

    @Test
    void aHostIsKnownByTheIdOfItsHypervisorToo() throws Exception {
        Hypervisor hypervisor = nova.hypervisors().getFirst();

        assertThat(execute(
                                "change_nova_service_state",
                                new LabAttempt(Map.of("resource_id", hypervisor.id(), "state", "disabled")))
                        .message())
                .isEqualTo("nova-compute service %s is disabled".formatted(hypervisor.host()));
        assertThat(execute(
                        "change_nova_service_state",
                        new LabAttempt(Map.of("resource_id", "nowhere", "state", "enabled"))))
                .isEqualTo(new Outcome.Skipped(
                        "Action was skipped automatically: nova-compute service nowhere not found"));
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

        assertThat(execute("volume_migrate", attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(cinder.volume(id).orElseThrow().host()).isEqualTo(pool);
        assertThat(execute("volume_migrate", attempt)).isInstanceOf(Outcome.Skipped.class);
        assertThat(types.get("volume_migrate").reconcile(attempt)).containsInstanceOf(Outcome.Succeeded.class);
        assertThat(failure(execute("volume_migrate", volumeMove(id, type, "destination_node", "x@y#z")), true))
                .contains("there is no pool x@y#z; there are: ");
    }

    @Test
    void aVolumeGetsAnotherType() throws Exception {
        String id = cloud.volume("fast", Map.of());
        LabAttempt attempt = volumeMove(id, "retype", "destination_type", "slow");

        assertThat(execute("volume_migrate", attempt)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(cinder.volume(id).orElseThrow().type()).isEqualTo("slow");
        assertThat(execute("volume_migrate", attempt)).isInstanceOf(Outcome.Skipped.class);
    }

    @Test
    void anAttachedVolumeIsMovedAndGetsAnotherType() throws Exception {
        String server = boot();
        String id = cloud.volume("any", Map.of());
        cloud.attach(id, server);
        String pool = cloud.poolOtherThan(cloud.volume(id).host());

        Outcome moved = execute("volume_migrate", volumeMove(id, "migrate", "destination_node", pool));

        assertThat(moved).isInstanceOf(Outcome.Succeeded.class);
        assertThat(cloud.volume(id).host()).isEqualTo(pool);
        String type = pool.contains("@slow") ? "fast" : "slow";
        Outcome retyped = execute("volume_migrate", volumeMove(id, "retype", "destination_type", type));
        assertThat(retyped).isInstanceOf(Outcome.Succeeded.class);
        assertThat(cloud.volume(id)).extracting(Volume::type, Volume::status).containsExactly(type, "in-use");
        assertThat(cloud.volume(id).servers()).containsExactly(server);
        assertThat(execute("volume_migrate", volumeMove(id, "retype", "destination_type", type)))
                .isInstanceOf(Outcome.Skipped.class);
    }

    @Test
    void anInstanceIsMovedWithItsVolume() throws Exception {
        String server = boot();
        String volume = cloud.volume("any", Map.of());
        cloud.attach(volume, server);
        String source = server(server).host();

        for (String type : List.of("live", "cold")) {
            String from = server(server).host();
            assertThat(execute("migrate", migration(server, type, from, null))).isInstanceOf(Outcome.Succeeded.class);
        }

        assertThat(cloud.volume(volume).servers()).containsExactly(server);
        assertThat(cloud.volume(volume).status()).isEqualTo("in-use");
        assertThat(nova.migrations(server)).extracting(ServerMigration::source).contains(source);
    }

    @Test
    void anExpiredTokenIsRenewedAndAServiceThatIsBusyIsAskedAgain() throws Exception {
        String id = boot();
        cloud.expireTokens();
        cloud.failNext(2, "429 Too Many Requests", Map.of("Retry-After", "1"));

        assertThat(execute("stop", new LabAttempt(Map.of("resource_id", id)))).isInstanceOf(Outcome.Succeeded.class);

        assertThat(server(id).status()).isEqualTo("SHUTOFF");
    }

    @Test
    void aVolumeThatCinderCannotMoveSaysSo() throws Exception {
        String id = cloud.volume("any", Map.of("lab_fail", "migrate"));
        String before = cinder.volume(id).orElseThrow().host();
        String pool = cloud.poolOtherThan(before);

        Outcome outcome = execute("volume_migrate", volumeMove(id, "migrate", "destination_node", pool));

        assertThat(failure(outcome, false)).contains("did not get to", "its migration ended with error");
    }
}
