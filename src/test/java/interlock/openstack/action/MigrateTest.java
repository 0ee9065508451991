package interlock.openstack.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.api.Failure;
import interlock.api.Result;
import interlock.openstack.ScriptedCloud.Answer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MigrateTest extends CloudActionFixture {
    private static final String ACTION = "POST /nova/v2.1/servers/" + ID + "/action";
    private static final String MIGRATIONS = "GET /nova/v2.1/os-migrations?instance_uuid=" + ID;

    private Told live() {
        return told(Map.of("resource_id", ID, "migration_type", "live", "source_node", "one"));
    }

    private static Answer migrations(String status) {
        String one = """
                {"id": 4, "migration_type": "live-migration", "status": "%s", "source_compute": "one",
                 "dest_compute": "two"}""";
        return Answer.of(200, "{\"migrations\": [%s]}".formatted(status.isEmpty() ? "" : one.formatted(status)));
    }

    @Test
    void aMigrationWhoseAnswerWasLostIsFoundAndFollowed() throws Exception {
        server.on(
                        SERVER,
                        instance("ACTIVE", "", "one"),
                        instance("MIGRATING", "migrating", "one"),
                        instance("ACTIVE", "", "two"))
                .on(ACTION, Answer.NONE)
                .on(MIGRATIONS, migrations(""), migrations("running"), migrations("completed"));

        Result outcome = type("migrate").execute(live());

        assertThat(outcome).isInstanceOf(Result.Succeeded.class);
        assertThat(server.requests(ACTION)).hasSize(1);
    }

    @Test
    void aLiveMigrationTellsHowFarItIsAndByWhichIdNovaKnowsTheRequest() throws Exception {
        server.on(
                        SERVER,
                        instance("ACTIVE", "", "one", 100).with("x-openstack-request-id", "req-look"),
                        instance("MIGRATING", "migrating", "one"),
                        instance("MIGRATING", "migrating", "one", 40),
                        instance("MIGRATING", "migrating", "one", 80),
                        instance("ACTIVE", "", "two", 100))
                .on(ACTION, Answer.of(202, "").with("x-openstack-request-id", "req-move"))
                .on(MIGRATIONS, migrations(""), migrations("completed"));
        Told told = live();

        Result outcome = type("migrate").execute(told);

        assertThat(outcome).isInstanceOf(Result.Succeeded.class);
        assertThat(told.news()).containsExactly("req-move", 0.4, 0.8);
    }

    @Test
    void aMigrationThatNovaMayNotHaveHeardOfIsLookedForBeforeItIsAskedForAgain() throws Exception {
        server.on(SERVER, instance("ACTIVE", "", "one")).on(ACTION, Answer.NONE).on(MIGRATIONS, migrations(""));

        Result outcome = type("migrate").execute(live());

        assertThat(((Result.Failed) outcome).failure().inDoubt()).isTrue();
        assertThat(server.requests(ACTION)).hasSize(1);
        assertThat(type("migrate").reconcile(live())).isEmpty();
    }

    @Test
    void whileNovaCannotBeAskedNobodyKnowsHowFarAnAttemptCame() throws Exception {
        server.on(SERVER, 500, "");

        Failure failure = ((Result.Failed) type("migrate").reconcile(live()).orElseThrow()).failure();

        assertThat(failure.inDoubt()).isTrue();
        assertThat(failure.message()).startsWith("cannot determine the progress of an earlier attempt: GET ");
    }

    @Test
    void aMigrationThatIsLostSightOfIsLookedForBeforeItIsAskedForAgain() throws Exception {
        server.on(SERVER, instance("ACTIVE", "", "one"), Answer.of(500, "out of order"))
                .on(ACTION, 202, "")
                .on(MIGRATIONS, migrations(""));

        Result outcome = type("migrate").execute(live());

        assertThat(((Result.Failed) outcome).failure().inDoubt()).isTrue();
        assertThat(outcome.message()).endsWith("answered 500: out of order");
    }

    @Test
    void aMigrationThatSomebodyElseCancelledHasFailed() throws Exception {
        server.on(SERVER, instance("ACTIVE", "", "one"))
                .on(ACTION, 202, "")
                .on(MIGRATIONS, migrations(""), migrations("cancelled"))
                .on("GET /nova/v2.1/servers/" + ID + "/os-instance-actions", 200, "{\"instanceActions\": []}");

        Result outcome = type("migrate").execute(live());

        assertThat(outcome)
                .isEqualTo(Result.failed(Failure.retryable("live migration of instance %s from one to ".formatted(ID)
                        + "a host chosen by Nova: migration 4 is cancelled, it is ACTIVE on one")));
    }

    /** Nova begins a migration some time after it was asked for. */
    @Test
    @Timeout(60)
    void aMigrationIsAbortedThoughItWasStillBeingAskedForWhenTheAbortCame() throws Exception {
        Told attempt = live();
        AtomicReference<String> migration = new AtomicReference<>("");
        CountDownLatch looks = new CountDownLatch(3); // one before the move is asked for, two of who aborts it
        CompletableFuture<Boolean> abort = new CompletableFuture<>();
        server.on(SERVER, () -> instance("ACTIVE", migration.get().equals("running") ? "migrating" : "", "one"))
                .on(MIGRATIONS, () -> {
                    Answer answer = migrations(migration.get());
                    looks.countDown();
                    return answer;
                })
                .on(ACTION, () -> {
                    Thread.startVirtualThread(() -> abort.completeAsync(() -> aborted(attempt), Runnable::run));
                    awaited(looks);
                    migration.set("running");
                    return Answer.of(202, "");
                })
                .on("DELETE /nova/v2.1/servers/" + ID + "/migrations/4", () -> {
                    migration.set("cancelled");
                    return Answer.of(202, "");
                })
                .on("GET /nova/v2.1/servers/" + ID + "/os-instance-actions", 200, "{\"instanceActions\": []}");

        assertThatThrownBy(() -> type("migrate").execute(attempt))
                .isInstanceOf(InterruptedException.class)
                .hasMessageEndingWith("migration 4 is cancelled, it is ACTIVE on one");
        assertThat(abort.join()).isFalse();
    }

    private boolean aborted(Told attempt) {
        try {
            return type("migrate").abort(attempt);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
