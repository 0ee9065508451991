package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulated services answer, asked as our client asks them, by a clock that stands still. */
class SimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String A = "a0000000-0000-4000-8000-000000000001";
    private static final String B = "b0000000-0000-4000-8000-000000000002";
    private static final String OFF = "c0000000-0000-4000-8000-000000000003";
    private static final String VOLUME = "d0000000-0000-4000-8000-000000000004";
    private static final String FREE = "d0000000-0000-4000-8000-000000000005";
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
    private static final String TOPOLOGY = """
            durations: {live_migration: 10s, cold_migration: 10s, resize: 10s, confirm_resize: 1s, stop: 5s, start: 5s,
                        power: 5s, volume_migration: 10s, retype: 10s}
            hosts:
              - {name: h1, vcpus: 8}
              - {name: h2, vcpus: 8}
              - {name: h3, vcpus: 4}
            flavors: [{name: small, vcpus: 2}, {name: large, vcpus: 6}, {name: vast, vcpus: 64}]
            instances:
              - {name: a, uuid: %s, host: h1, flavor: small%s}
              - {name: b, uuid: %s, host: h1, flavor: small}
              - {name: idle, uuid: %s, host: h2, flavor: small, status: SHUTOFF}
            pools: ["c@one#x", "c@two#x"]
            volume_types: [{name: fast, pools: ["c@one#x"]}, {name: slow, pools: ["c@two#x"]}]
            volumes:
              - {name: data, uuid: %s, pool: "c@one#x", type: fast, attached_to: a}
              - {name: free, uuid: %s, pool: "c@one#x", type: fast}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    private Simulator simulator;

    private record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        JsonNode json() throws IOException {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    @BeforeEach
    void start() throws IOException {
        simulator = start("");
    }

    @AfterEach
    void close() {
        simulator.close();
        http.close();
    }

    private Simulator start(String failures) throws IOException {
        Path topology = Files.writeString(
                directory.resolve("topology.yaml"), TOPOLOGY.formatted(A, failures, B, OFF, VOLUME, FREE));
        InstantSource clock = () -> now;
        return Simulator.start(Optional.of(topology), directory.resolve("kept.json"), clock, new QueuedThreadPool(8));
    }

    private void startWith(String failures) throws IOException {
        simulator.close();
        simulator = start(failures);
    }

    private void later(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private Answer send(String method, String path, String body, String... headers) throws Exception {
        URI keystone = URI.create(simulator.cloud().at("/auth/auth_url").asText());
        HttpRequest.Builder request = HttpRequest.newBuilder(keystone.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    }

    private Answer nova(String method, String path, String body) throws Exception {
        return send(
                method,
                "/compute/v2.1" + path,
                body,
                "X-Auth-Token",
                "simulation",
                "OpenStack-API-Version",
                "compute 2.60");
    }

    private Answer act(String server, String action) throws Exception {
        return nova("POST", "/servers/%s/action".formatted(server), action);
    }

    private Answer liveMigrate(String server, String host) throws Exception {
        return act(server, "{\"os-migrateLive\": {\"host\": %s, \"block_migration\": \"auto\"}}".formatted(host));
    }

    private JsonNode server(String id) throws Exception {
        return nova("GET", "/servers/" + id, "").json().path("server");
    }

    private String shown(String id) throws Exception {
        JsonNode server = server(id);
        return "%s %s %s on %s"
                .formatted(
                        server.path("status").asText(),
                        server.path("OS-EXT-STS:vm_state").asText(),
                        server.path("OS-EXT-STS:task_state").asText(),
                        server.path("OS-EXT-SRV-ATTR:host").asText());
    }

    private JsonNode migration(String server) throws Exception {
        return nova("GET", "/os-migrations?instance_uuid=" + server, "").json().at("/migrations/0");
    }

    private Answer cinder(String method, String path, String body) throws Exception {
        return send(
                method, "/volume/v3" + path, body, "X-Auth-Token", "simulation", "OpenStack-API-Version", "volume 3.0");
    }

    private String volume(String id) throws Exception {
        JsonNode volume = cinder("GET", "/volumes/" + id, "").json().path("volume");
        return "%s %s %s in %s"
                .formatted(
                        volume.path("status").asText(),
                        volume.path("migration_status").asText(),
                        volume.path("volume_type").asText(),
                        volume.path("os-vol-host-attr:host").asText());
    }

    private Answer ironic(String method, String path, String body) throws Exception {
        return send(
                method,
                "/baremetal/v1" + path,
                body,
                "X-Auth-Token",
                "simulation",
                "OpenStack-API-Version",
                "baremetal 1.31");
    }

    @Test
    void keystoneTellsWhereTheServicesAre() throws Exception {
        Answer answer = send("POST", "/identity/v3/auth/tokens", "{\"auth\": {}}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("X-Subject-Token")).isNotEmpty();
        assertThat(answer.json().at("/token/catalog").findValuesAsText("type"))
                .containsExactlyInAnyOrder("compute", "block-storage", "baremetal");
    }

    @Test
    void whoHasNoTokenIsNotAnswered() throws Exception {
        assertThat(send("GET", "/compute/v2.1/os-services", "", "X-Auth-Token", "other")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"compute 2.55, 406", "compute 2.56, 200", "compute 2.95, 200", "compute 2.96, 406", "compute x, 406"})
    void onlyMicroversionsAreSpokenWhoseAnswersAreKnown(String version, int status) throws Exception {
        Answer answer = send(
                "GET", "/compute/v2.1/os-services", "", "X-Auth-Token", "simulation", "OpenStack-API-Version", version);

        assertThat(answer.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.header("OpenStack-API-Version")).isEqualTo(version);
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(nova("GET", "/servers/" + NOBODY, "")
                        .json()
                        .at("/itemNotFound/message")
                        .asText())
                .isEqualTo("Instance %s could not be found.".formatted(NOBODY));
        assertThat(nova("GET", "/flavors/none", "").status()).isEqualTo(404);
        assertThat(cinder("GET", "/volumes/" + NOBODY, "")
                        .json()
                        .at("/itemNotFound/message")
                        .asText())
                .isEqualTo("Volume %s could not be found.".formatted(NOBODY));
        assertThat(ironic("GET", "/nodes/none", "")
                        .json()
                        .at("/error_message/faultstring")
                        .asText())
                .isEqualTo("Node none could not be found.");
    }

    @Test
    void aLiveMigrationTellsHowFarItIs() throws Exception {
        Answer asked = liveMigrate(A, "\"h2\"");
        later(4);

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.header("x-openstack-request-id")).startsWith("req-simulation-");
        assertThat(shown(A)).isEqualTo("MIGRATING active migrating on h1");
        assertThat(migration(A).path("status").asText()).isEqualTo("running");
        JsonNode underWay =
                nova("GET", "/servers/%s/migrations".formatted(A), "").json().at("/migrations/0");
        assertThat(underWay.path("memory_processed_bytes").asLong() * 10)
                .isEqualTo(underWay.path("memory_total_bytes").asLong() * 4 / 10 * 10);
        assertThat(liveMigrate(A, "\"h2\"")
                        .json()
                        .at("/conflictingRequest/message")
                        .asText())
                .isEqualTo("Cannot 'os-migrateLive' instance %s while it is in task_state migrating".formatted(A));

        later(6);

        assertThat(shown(A)).isEqualTo("ACTIVE active null on h2");
        assertThat(migration(A).path("status").asText()).isEqualTo("completed");
        assertThat(nova("GET", "/servers/%s/migrations".formatted(A), "").json().path("migrations"))
                .isEmpty();
    }

    @Test
    void aLiveMigrationThatIsAbortedLeavesTheInstanceWhereItIs() throws Exception {
        liveMigrate(A, "\"h2\"");
        String path =
                "/servers/%s/migrations/%s".formatted(A, migration(A).path("id").asText());
        later(4);

        assertThat(nova("DELETE", path, "").status()).isEqualTo(202);
        later(60);

        assertThat(shown(A)).isEqualTo("ACTIVE active null on h1");
        assertThat(migration(A).path("status").asText()).isEqualTo("cancelled");
        assertThat(nova("DELETE", path, "").json().at("/badRequest/message").asText())
                .contains("is cancelled. Cannot Abort while the migration is in this state.");
        assertThat(nova("DELETE", "/servers/%s/migrations/99".formatted(A), "").status())
                .isEqualTo(404);
    }

    @Test
    void anInstanceStaysOnItsSourceWhenItsLiveMigrationFails() throws Exception {
        startWith(", failures: {live_migration: {times: 1, message: no route}}");
        String request = liveMigrate(A, "\"h2\"").header("x-openstack-request-id");
        later(10);

        assertThat(shown(A)).isEqualTo("ACTIVE active null on h1");
        assertThat(migration(A).path("status").asText()).isEqualTo("failed");
        Answer event = send(
                "GET",
                "/compute/v2.1/servers/%s/os-instance-actions/%s".formatted(A, request),
                "",
                "X-Auth-Token",
                "simulation",
                "OpenStack-API-Version",
                "compute 2.84");
        assertThat(event.json().at("/instanceAction/events/0/details").asText()).isEqualTo("no route");

        liveMigrate(A, "\"h2\"");
        later(10);

        assertThat(shown(A)).isEqualTo("ACTIVE active null on h2");
    }

    @Test
    void anInstanceIsInErrorIfTheFailureBreaksIt() throws Exception {
        startWith(", failures: {live_migration: {error: true, message: torn}}");
        liveMigrate(A, "\"h2\"");
        later(10);

        assertThat(shown(A)).isEqualTo("ERROR error null on h1");
        assertThat(server(A).at("/fault/message").asText()).isEqualTo("torn");
        assertThat(migration(A).path("status").asText()).isEqualTo("error");
    }

    @ParameterizedTest
    @CsvSource({A + ", ACTIVE active null on h2", OFF + ", SHUTOFF stopped null on h1"})
    void whatMovesColdWaitsToBeConfirmed(String server, String expected) throws Exception {
        act(server, "{\"migrate\": null}");
        later(5);
        assertThat(shown(server)).contains("RESIZE", "resize_migrating");
        later(5);
        assertThat(shown(server)).contains("VERIFY_RESIZE resized null");
        assertThat(migration(server).path("status").asText()).isEqualTo("finished");

        assertThat(act(server, "{\"confirmResize\": null}").status()).isEqualTo(204);
        assertThat(migration(server).path("status").asText()).isEqualTo("confirming");
        later(1);

        assertThat(shown(server)).isEqualTo(expected);
        assertThat(migration(server).path("status").asText()).isEqualTo("confirmed");
        assertThat(act(server, "{\"confirmResize\": null}").status()).isEqualTo(409);
    }

    @Test
    void aResizedInstanceHasItsNewFlavorAndAnotherHost() throws Exception {
        assertThat(act(A, "{\"resize\": {\"flavorRef\": \"large\"}}").status()).isEqualTo(202);
        later(10);

        assertThat(server(A).at("/flavor/original_name").asText()).isEqualTo("large");
        assertThat(shown(A)).isEqualTo("VERIFY_RESIZE resized null on h2");
        assertThat(act(B, "{\"resize\": {\"flavorRef\": \"vast\"}}")
                        .json()
                        .at("/badRequest/message")
                        .asText())
                .isEqualTo("No valid host was found. No valid host found for resize");
        assertThat(act(B, "{\"resize\": {\"flavorRef\": \"small\"}}").status()).isEqualTo(400);
    }

    @Test
    void aHostThatIsDisabledTakesNoInstancesUnlessItIsForcedTo() throws Exception {
        String service = nova("GET", "/os-services?binary=nova-compute", "")
                .json()
                .at("/services/1/id")
                .asText();
        JsonNode changed = nova(
                        "PUT", "/os-services/" + service, "{\"status\": \"disabled\", \"disabled_reason\": \"x\"}")
                .json();
        assertThat(changed.at("/service/status").asText()).isEqualTo("disabled");

        assertThat(act(A, "{\"migrate\": {\"host\": \"h2\"}}").status()).isEqualTo(400);
        assertThat(liveMigrate(A, "\"h2\"").status()).isEqualTo(202);
        assertThat(migration(A).path("status").asText()).isEqualTo("error");
        assertThat(liveMigrate(A, "\"h9\"").json().at("/badRequest/message").asText())
                .isEqualTo("Compute host h9 could not be found.");
        act(A, "{\"os-migrateLive\": {\"host\": \"h2\", \"block_migration\": \"auto\", \"force\": true}}");
        liveMigrate(B, "null");
        later(10);

        assertThat(shown(A)).endsWith("on h2");
        assertThat(shown(B)).endsWith("on h3");
    }

    @Test
    void aLiveMigrationNeedsItsHostSpelledOut() throws Exception {
        assertThat(act(A, "{\"os-migrateLive\": {\"block_migration\": \"auto\"}}")
                        .json()
                        .at("/badRequest/message")
                        .asText())
                .contains("'host' is a required property");
    }

    @Test
    void instancesAreStoppedAndStarted() throws Exception {
        act(A, "{\"os-stop\": null}");
        assertThat(shown(A)).isEqualTo("ACTIVE active powering-off on h1");
        later(5);
        assertThat(shown(A)).isEqualTo("SHUTOFF stopped null on h1");
        assertThat(server(A).path("OS-EXT-STS:power_state").asInt()).isEqualTo(4);
        assertThat(act(A, "{\"os-stop\": null}")
                        .json()
                        .at("/conflictingRequest/message")
                        .asText())
                .isEqualTo("Cannot 'os-stop' instance %s while it is in vm_state stopped".formatted(A));

        act(A, "{\"os-start\": null}");
        later(5);

        assertThat(shown(A)).isEqualTo("ACTIVE active null on h1");
    }

    @Test
    void aVolumeMovesAndIsLockedMeanwhileIfItIsFree() throws Exception {
        String move = "{\"os-migrate_volume\": {\"host\": \"c@two#x\", \"lock_volume\": true}}";
        assertThat(cinder("POST", "/volumes/%s/action".formatted(VOLUME), move).status())
                .isEqualTo(202);
        cinder("POST", "/volumes/%s/action".formatted(FREE), move);

        assertThat(volume(VOLUME)).isEqualTo("in-use migrating fast in c@one#x");
        assertThat(volume(FREE)).isEqualTo("maintenance migrating fast in c@one#x");
        assertThat(cinder("POST", "/volumes/%s/action".formatted(FREE), move).status())
                .isEqualTo(400);
        later(10);

        assertThat(volume(VOLUME)).isEqualTo("in-use success fast in c@two#x");
        assertThat(volume(FREE)).isEqualTo("available success fast in c@two#x");
    }

    @Test
    void aRetypedVolumeGoesWhereItsTypeIs() throws Exception {
        cinder("POST", "/volumes/%s/action".formatted(VOLUME), "{\"os-retype\": {\"new_type\": \"slow\"}}");
        assertThat(volume(VOLUME)).isEqualTo("retyping null fast in c@one#x");
        later(10);

        assertThat(volume(VOLUME)).isEqualTo("in-use success slow in c@two#x");
    }

    @Test
    void aMachineThatIsOffHasNoComputeService() throws Exception {
        assertThat(ironic("PUT", "/nodes/h3/states/power", "{\"target\": \"power off\"}")
                        .status())
                .isEqualTo(202);
        JsonNode node = ironic("GET", "/nodes/h3", "").json();
        assertThat(node.path("target_power_state").asText()).isEqualTo("power off");
        assertThat(ironic("PUT", "/nodes/h3/states/power", "{\"target\": \"power on\"}")
                        .status())
                .isEqualTo(409);
        later(5);

        assertThat(ironic("GET", "/nodes/h3", "").json().path("power_state").asText())
                .isEqualTo("power off");
        assertThat(nova("GET", "/os-services", "")
                        .json()
                        .at("/services/2/state")
                        .asText())
                .isEqualTo("down");
    }

    @Test
    void theCloudGoesOnWhileTheServiceIsAway() throws Exception {
        liveMigrate(A, "\"h2\"");
        simulator.close();
        later(60);

        simulator = start("");

        assertThat(shown(A)).isEqualTo("ACTIVE active null on h2");
        assertThat(migration(A).path("id").asInt()).isEqualTo(1);
        assertThat(migration(A).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void anotherTopologyIsAnotherCloud() throws Exception {
        liveMigrate(A, "\"h2\"");
        later(10);
        assertThat(shown(A)).endsWith("on h2");

        startWith(" ");

        assertThat(shown(A)).endsWith("on h1");
    }
}
