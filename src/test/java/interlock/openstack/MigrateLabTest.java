package interlock.openstack;

import static interlock.openstack.LabCloud.eventually;
import static interlock.openstack.LabTypes.failure;
import static interlock.openstack.LabTypes.migration;
import static org.assertj.core.api.Assertions.assertThat;

import interlock.api.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations by real Nova. */
class MigrateLabTest extends LabTypesFixture {
    private CompletableFuture<Result> begin(String type, LabAttempt attempt, List<Thread> threads) {
        CompletableFuture<Result> outcome = new CompletableFuture<>();
        threads.add(Thread.startVirtualThread(() -> {
            try {
                outcome.complete(types.execute(type, attempt));
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        }));
        return outcome;
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void anInstanceIsMovedAndBack(String type) throws Exception {
        String id = boot();
        String source = server(id).host();
        String destination = cloud.hostOtherThan(source);
        LabAttempt attempt = migration(id, type, source, destination);

        Result moved = types.execute("migrate", attempt);

        assertThat(moved).isInstanceOf(Result.Succeeded.class);
        assertThat(moved.message())
                .startsWith("%s migration of instance %s from %s to %s: migration "
                        .formatted(type, id, source, destination))
                .contains("it is ACTIVE on " + destination, "(request req-");
        assertThat(server(id).host()).isEqualTo(destination);
        assertThat(types.execute("migrate", attempt))
                .isEqualTo(Result.skipped(
                        "Action was skipped automatically: Instance %s is not on source node %s, but on %s"
                                .formatted(id, source, destination)));
        assertThat(types.get("migrate").revert(attempt)).isInstanceOf(Result.Succeeded.class);
        assertThat(server(id).host()).isEqualTo(source);
        assertThat(types.get("migrate").revert(attempt).message()).contains("already");
    }

    @Test
    void anInstanceGoesBackToAHostThatIsDisabledByNow() throws Exception {
        String id = boot();
        String source = server(id).host();
        LabAttempt attempt = migration(id, "live", source, null);
        types.execute("migrate", attempt);
        types.execute("change_nova_service_state", new LabAttempt(Map.of("resource_id", source, "state", "disabled")));

        assertThat(types.get("migrate").revert(attempt)).isInstanceOf(Result.Succeeded.class);

        assertThat(server(id).host()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void theSchedulerChoosesAHost(String type) throws Exception {
        String id = boot();
        String source = server(id).host();

        assertThat(types.execute("migrate", migration(id, type, source, null))).isInstanceOf(Result.Succeeded.class);

        assertThat(server(id).host()).isNotEqualTo(source);
        assertThat(server(id).status()).isEqualTo("ACTIVE");
    }

    @Test
    void aStoppedInstanceIsMovedCold() throws Exception {
        String id = boot();
        String source = server(id).host();
        types.execute("stop", new LabAttempt(Map.of("resource_id", id)));

        assertThat(failure(types.execute("migrate", migration(id, "live", source, null)), true))
                .isEqualTo("Instance %s is SHUTOFF; a live migration requires ACTIVE".formatted(id));
        assertThat(types.execute("migrate", migration(id, "cold", source, null)).message())
                .contains("it is SHUTOFF on");
    }

    @Test
    void aMigrationThatNovaRollsBackMayBeTriedAgain() throws Exception {
        String id = boot("lab_fail", "live_migration");
        String source = server(id).host();

        String message = failure(types.execute("migrate", migration(id, "live", source, null)), false);

        assertThat(message).contains("it is ACTIVE on " + source);
        assertThat(types.execute("migrate", migration(id, "cold", source, null)))
                .isInstanceOf(Result.Succeeded.class);
    }

    @Test
    void aMigrationThatFailsOnItsDestinationMayBeTriedAgain() throws Exception {
        String id = boot("lab_fail", "pre_live_migration");
        String source = server(id).host();

        String message =
                failure(types.execute("migrate", migration(id, "live", source, cloud.hostOtherThan(source))), false);

        assertThat(message).contains("it is ACTIVE on " + source);
    }

    @ParameterizedTest
    @CsvSource({"live, live_migration_error", "cold, finish_migration"})
    void anInstanceThatGoesToErrorIsNotTriedAgain(String type, String step) throws Exception {
        String id = boot("lab_fail", step);
        String source = server(id).host();

        String message =
                failure(types.execute("migrate", migration(id, type, source, cloud.hostOtherThan(source))), true);

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
        types.execute("change_nova_service_state", new LabAttempt(Map.of("resource_id", other, "state", "disabled")));

        assertThat(failure(types.execute("migrate", migration(id, "live", source, other)), true))
                .isEqualTo("Destination node %s is disabled".formatted(other));
        assertThat(failure(types.execute("migrate", migration(id, "live", source, "nowhere")), true))
                .startsWith("Destination node nowhere not found; known: compute1, ");
        assertThat(failure(types.execute("migrate", migration(id, "live", source, source)), true))
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

        String message = failure(types.execute("migrate", migration(id, type, source, null)), false);

        assertThat(message).contains("No valid host");
        assertThat(server(id).status()).isEqualTo("ACTIVE");
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
        assertThat(outcome)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(InterruptedException.class)
                .withMessageContaining("is cancelled, it is ACTIVE on " + source);
        assertThat(server(id).host()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "cold"})
    void anInterruptedMigrationIsFoundAndFollowed(String type) throws Exception {
        String id = boot("lab_seconds", "12");
        String source = server(id).host();
        LabAttempt attempt = migration(id, type, source, null);
        List<Thread> threads = new ArrayList<>();
        begin("migrate", attempt, threads);
        eventually(() -> nova.migrations(id).stream().anyMatch(it -> !it.ended()));
        threads.getFirst().interrupt();
        threads.getFirst().join();

        Optional<Result> found =
                types.get("migrate").reconcile(new LabAttempt(attempt.action(), 2, attempt.inputParameters()));

        assertThat(found).containsInstanceOf(Result.Succeeded.class);
        assertThat(nova.migrations(id)).hasSize(1);
        assertThat(server(id).host()).isNotEqualTo(source);
        assertThat(server(id).status()).isEqualTo("ACTIVE");
        Optional<Result> again =
                types.get("migrate").reconcile(new LabAttempt(attempt.action(), 3, attempt.inputParameters()));
        assertThat(again.orElseThrow().message()).startsWith("found to be done by an earlier attempt: ");
    }

    @Test
    void anInstanceIsMovedWithItsVolume() throws Exception {
        String server = boot();
        String volume = cloud.volume("any", Map.of());
        cloud.attach(volume, server);
        String source = server(server).host();

        for (String type : List.of("live", "cold")) {
            String from = server(server).host();
            assertThat(types.execute("migrate", migration(server, type, from, null)))
                    .isInstanceOf(Result.Succeeded.class);
        }

        assertThat(cloud.volume(volume).servers()).containsExactly(server);
        assertThat(cloud.volume(volume).status()).isEqualTo("in-use");
        assertThat(nova.migrations(server)).extracting(ServerMigration::source).contains(source);
    }
}
