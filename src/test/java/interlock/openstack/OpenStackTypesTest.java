package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import interlock.action.ActionTypes;
import interlock.action.LoneAttempt;
import interlock.api.ActionType;
import interlock.api.Failure;
import interlock.api.ResourceKey;
import interlock.api.ResourceUse;
import interlock.api.Result;
import interlock.model.InvalidPlan;
import interlock.openstack.ScriptedCloud.Answer;
import interlock.openstack.action.OpenStackTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenStackTypesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "73b09e16-35b7-4922-804e-e8f5d9b740fc";
    private static final String SERVER = "GET /nova/v2.1/servers/" + ID;
    private static final String ACTION = "POST /nova/v2.1/servers/" + ID + "/action";
    private static final String MIGRATIONS = "GET /nova/v2.1/os-migrations?instance_uuid=" + ID;
    private static final String NODE = "GET /ironic/v1/nodes/n";

    private final HandClock clock = new HandClock();
    private ScriptedCloud server;
    private Clouds clouds;
    private ActionTypes types;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedCloud();
        JsonNode cloud = JSON.readTree(
                "{\"auth_url\": \"%s\", \"username\": \"a\", \"password\": \"b\", \"region_name\": \"north\"}"
                        .formatted(server.url("")));
        clouds = new Clouds(
                new CloudDocuments(Map.of("lab", cloud), Optional.of("lab"), ""),
                new Environment(clock, () -> 0, RetrySettings.USUAL));
        types = new ActionTypes(OpenStackTypes.on(clouds));
    }

    @AfterEach
    void stop() {
        clouds.close();
        server.close();
    }

    /** An attempt that waits by the hand clock. */
    private record Told(HandClock clock, Map<String, Object> inputParameters, List<Object> news)
            implements LoneAttempt {
        @Override
        public void updateProgress(double progress) {
            news.add(progress);
        }

        @Override
        public void addRequestId(String requestId) {
            news.add(requestId);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            clock.sleep(duration);
        }
    }

    private ActionType type(String name) {
        return types.find(name).orElseThrow().type();
    }

    private Told told(Map<String, Object> parameters) {
        return new Told(clock, parameters, new ArrayList<>());
    }

    private Told live() {
        return told(Map.of("resource_id", ID, "migration_type", "live", "source_node", "one"));
    }

    private static Answer instance(String status, String task, String host) {
        return instance(status, task, host, 0);
    }

    private static Answer instance(String status, String task, String host, int progress) {
        return Answer.of(200, """
                {"server": {"id": "%s", "status": "%s", "OS-EXT-STS:task_state": %s, "OS-EXT-SRV-ATTR:host": "%s",
                            "progress": %d}}""".formatted(ID, status, task.isEmpty() ? "null" : "\"" + task + "\"", host, progress));
    }

    private static Answer migrations(String status) {
        String one = """
                {"id": 4, "migration_type": "live-migration", "status": "%s", "source_compute": "one",
                 "dest_compute": "two"}""";
        return Answer.of(200, "{\"migrations\": [%s]}".formatted(status.isEmpty() ? "" : one.formatted(status)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a'}",
                "migrate | {'resource_id': '$', 'migration_type': 'cold', 'source_node': 'a', 'destination_node': null}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'destination_node': 'b', "
                        + "'resource_name': 'vm', 'cloud': 'north'}",
                "resize | {'resource_id': '$', 'flavor': 'm1.small'}",
                "stop | {'resource_id': '$'}",
                "start | {'resource_id': '$'}",
                "change_nova_service_state | {'resource_id': 'a', 'state': 'disabled', 'disabled_reason': 'x'}",
                "change_node_power_state | {'resource_id': 'n', 'state': 'off', 'resource_name': 'a'}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'migrate', 'destination_node': 'h@b#p', "
                        + "'destination_type': null}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'retype', 'destination_type': 'slow'}",
            })
    void watchersParametersPass(String type, String parameters) {
        assertThat(faults(type, parameters)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "migrate | {'resource_id': 'a', 'migration_type': 'live', 'source_node': 'a'}",
                "migrate | {'resource_id': '$', 'migration_type': 'warm', 'source_node': 'a'}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': ''}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'destination_node': ''}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'destination_node': 5}",
                "migrate | {'resource_id': '$', 'migration_type': 'live'}",
                "migrate | {'resource_id': '$', 'migration_type': 'live', 'source_node': 'a', 'other': 1}",
                "resize | {'resource_id': '$', 'flavor': ''}",
                "change_nova_service_state | {'resource_id': 'a', 'state': 'off'}",
                "change_nova_service_state | {'state': 'enabled'}",
                "change_node_power_state | {'resource_id': 'n', 'state': 'up'}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'migrate', 'destination_type': 'slow'}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'swap', 'destination_node': null}",
                "volume_migrate | {'resource_id': '$', 'migration_type': 'retype', 'destination_node': 'h@b#p'}",
            })
    void whatCannotBeIsRefusedWhenThePlanIsMade(String type, String parameters) {
        assertThat(faults(type, parameters)).isPositive();
    }

    private int faults(String type, String parameters) {
        return types.find(type)
                .orElseThrow()
                .schema()
                .validate(parameters.replace('\'', '"').replace("$", ID), InputFormat.JSON)
                .size();
    }

    @Test
    void withoutACloudPlansCanBeMadeButNothingRuns() throws Exception {
        types = new ActionTypes(OpenStackTypes.on(new Clouds(CloudDocuments.NONE, clock, () -> 0)));

        assertThat(types.names())
                .containsExactly(
                        "change_node_power_state",
                        "change_nova_service_state",
                        "migrate",
                        "resize",
                        "start",
                        "stop",
                        "volume_migrate");
        assertThat(type("stop").execute(told(Map.of("resource_id", ID))))
                .isEqualTo(Result.failed(Failure.permanent("no cloud is configured; searched: nowhere")));
    }

    @Test
    void aMigrationTakesUnitsOfItsInstanceAndOfBothHosts() {
        Map<String, Object> parameters = new HashMap<>(
                Map.of("resource_id", ID, "migration_type", "live", "source_node", "one", "destination_node", "two"));

        assertThat(type("migrate").uses(parameters))
                .extracting(ResourceUse::resource)
                .containsExactly(
                        new ResourceKey("instance", ID),
                        new ResourceKey("compute_host", "one"),
                        new ResourceKey("compute_host", "two"));
        parameters.put("cloud", "north");
        assertThat(type("migrate").uses(parameters).getLast().resource()).hasToString("compute_host/north/two");
        assertThat(type("volume_migrate").uses(Map.of("resource_id", ID, "destination_node", "h@b#p")))
                .extracting(use -> use.resource().toString())
                .containsExactly("volume/" + ID, "pool/h@b#p");
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
    void theCloudSaysOnWhichHostsInstancesAre() {
        server.on(SERVER, instance("ACTIVE", "", "one")).on("GET /nova/v2.1/servers/unknown", 404, "{}");
        var hosts = new CloudHosts(clouds, clock::sleep);

        assertThat(hosts.of(Set.of(ID, "unknown"))).isEqualTo(Map.of(ID, "one"));
        assertThat(new CloudHosts(
                                new Clouds(new CloudDocuments(Map.of(), Optional.empty(), ""), clock, () -> 0),
                                clock::sleep)
                        .of(Set.of(ID)))
                .isEmpty();
    }

    @Test
    void aCloudThatDoesNotSayWhereAnInstanceIsIsTold() {
        server.on(SERVER, 403, "{\"forbidden\": {\"message\": \"no\"}}");

        assertThatThrownBy(() -> new CloudHosts(clouds, clock::sleep).of(Set.of(ID)))
                .isInstanceOf(InvalidPlan.class)
                .hasMessageContaining(
                        "planner_options.instance_hosts: does not name the hosts of all instances, and the "
                                + "cloud cannot be asked: GET ");
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

    @Test
    void anAttemptThatHasNotBegunIsAborted() throws Exception {
        assertThat(type("stop").abort(told(Map.of("resource_id", ID)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aNodeIsSwitched(String state) throws Exception {
        String before = state.equals("on") ? "power off" : "power on";
        server.on(NODE, node(before, ""), node(before, "power " + state), node("power " + state, ""))
                .on("PUT /ironic/v1/nodes/n/states/power", 202, "")
                .on("GET /nova/v2.1/os-hypervisors/detail", 200, hypervisors())
                .on("GET /nova/v2.1/servers/detail?all_tenants=True&host=one", 200, "{\"servers\": []}");
        Told attempt = told(Map.of("resource_id", "n", "state", state));

        assertThat(type("change_node_power_state").execute(attempt))
                .isEqualTo(Result.succeeded("Node n has power " + state));

        assertThat(server.requests("PUT /ironic/v1/nodes/n/states/power")
                        .getFirst()
                        .body())
                .isEqualTo(JSON.readTree("{\"target\": \"power %s\"}".formatted(state)));
        assertThat(type("change_node_power_state").execute(attempt).message())
                .isEqualTo("Action was skipped automatically: Node n has power %s already".formatted(state));
        assertThat(type("change_node_power_state").reconcile(attempt)).containsInstanceOf(Result.Succeeded.class);
    }

    private static Answer node(String power, String target) {
        return Answer.of(200, """
                {"uuid": "n", "power_state": "%s", "target_power_state": %s, "extra": {"compute_node_id": "h1"}}""".formatted(power, target.isEmpty() ? "null" : "\"" + target + "\""));
    }

    private static String hypervisors() {
        return "{\"hypervisors\": [{\"id\": \"h1\", \"hypervisor_hostname\": \"one.example\", \"service\": {\"host\": \"one\"}}]}";
    }

    @Test
    void aNodeOnWhichInstancesRunIsNotSwitchedOff() throws Exception {
        server.on(NODE, node("power on", ""))
                .on("GET /nova/v2.1/os-hypervisors/detail", 200, hypervisors())
                .on(
                        "GET /nova/v2.1/servers/detail?all_tenants=True&host=one",
                        200,
                        "{\"servers\": [{\"id\": \"7\", \"OS-EXT-STS:power_state\": 1}, {\"id\": \"8\"}]}");

        assertThat(type("change_node_power_state").execute(told(Map.of("resource_id", "n", "state", "off"))))
                .isEqualTo(Result.failed(
                        Failure.retryable("Node n is not switched off: 1 instances run on one, such as 7")));
    }

    @Test
    void aNodeOfWhichNovaKnowsNothingIsNotSwitchedOff() throws Exception {
        server.on(NODE, node("power on", "")).on("GET /nova/v2.1/os-hypervisors/detail", 200, "{\"hypervisors\": []}");

        Result outcome = type("change_node_power_state").execute(told(Map.of("resource_id", "n", "state", "off")));

        assertThat(((Result.Failed) outcome).failure().permanent()).isTrue();
        assertThat(outcome.message()).contains("set resource_name to its host");
    }

    @Test
    void anAttachedVolumeIsMovedOnlyWhileItsInstanceRuns() throws Exception {
        server.on("GET /cinder/v3/p/volumes/" + ID, 200, """
                {"volume": {"id": "%s", "status": "in-use", "volume_type": "fast", "os-vol-host-attr:host": "h@b#p",
                 "attachments": [{"server_id": "%s"}]}}""".formatted(ID, ID))
                .on("GET /cinder/v3/p/types?is_public=None", 200, "{\"volume_types\": [{\"name\": \"slow\"}]}")
                .on(SERVER, instance("SHUTOFF", "", "one"));

        Result outcome = type("volume_migrate")
                .execute(told(Map.of("resource_id", ID, "migration_type", "retype", "destination_type", "slow")));

        assertThat(((Result.Failed) outcome).failure().permanent()).isTrue();
        assertThat(outcome.message()).endsWith("which is SHUTOFF; it must be ACTIVE or PAUSED");
        assertThat(List.copyOf(server.lines())).noneMatch(line -> line.startsWith("POST"));
    }
}
