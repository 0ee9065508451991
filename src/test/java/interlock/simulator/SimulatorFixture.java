package interlock.simulator;

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
import org.junit.jupiter.api.io.TempDir;

/** A simulated cloud, asked as our client asks, by a clock that stands still. */
abstract class SimulatorFixture {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String A = "a0000000-0000-4000-8000-000000000001";
    static final String B = "b0000000-0000-4000-8000-000000000002";
    static final String OFF = "c0000000-0000-4000-8000-000000000003";
    static final String VOLUME = "d0000000-0000-4000-8000-000000000004";
    static final String FREE = "d0000000-0000-4000-8000-000000000005";
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

    Simulator simulator;

    record Answer(HttpResponse<String> response) {
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

    Simulator start(String failures) throws IOException {
        Path topology = Files.writeString(
                directory.resolve("topology.yaml"), TOPOLOGY.formatted(A, failures, B, OFF, VOLUME, FREE));
        InstantSource clock = () -> now;
        return Simulator.start(Optional.of(topology), directory.resolve("kept.json"), clock, new QueuedThreadPool(8));
    }

    void startWith(String failures) throws IOException {
        simulator.close();
        simulator = start(failures);
    }

    void later(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    Answer send(String method, String path, String body, String... headers) throws Exception {
        URI keystone = URI.create(simulator.cloud().at("/auth/auth_url").asText());
        HttpRequest.Builder request = HttpRequest.newBuilder(keystone.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    }

    Answer nova(String method, String path, String body) throws Exception {
        return send(
                method,
                "/compute/v2.1" + path,
                body,
                "X-Auth-Token",
                "simulation",
                "OpenStack-API-Version",
                "compute 2.60");
    }

    Answer act(String server, String action) throws Exception {
        return nova("POST", "/servers/%s/action".formatted(server), action);
    }

    Answer liveMigrate(String server, String host) throws Exception {
        return act(server, "{\"os-migrateLive\": {\"host\": %s, \"block_migration\": \"auto\"}}".formatted(host));
    }

    JsonNode server(String id) throws Exception {
        return nova("GET", "/servers/" + id, "").json().path("server");
    }

    String shown(String id) throws Exception {
        JsonNode server = server(id);
        return "%s %s %s on %s"
                .formatted(
                        server.path("status").asText(),
                        server.path("OS-EXT-STS:vm_state").asText(),
                        server.path("OS-EXT-STS:task_state").asText(),
                        server.path("OS-EXT-SRV-ATTR:host").asText());
    }

    JsonNode migration(String server) throws Exception {
        return nova("GET", "/os-migrations?instance_uuid=" + server, "").json().at("/migrations/0");
    }

    Answer cinder(String method, String path, String body) throws Exception {
        return send(
                method, "/volume/v3" + path, body, "X-Auth-Token", "simulation", "OpenStack-API-Version", "volume 3.0");
    }

    String volume(String id) throws Exception {
        JsonNode volume = cinder("GET", "/volumes/" + id, "").json().path("volume");
        return "%s %s %s in %s"
                .formatted(
                        volume.path("status").asText(),
                        volume.path("migration_status").asText(),
                        volume.path("volume_type").asText(),
                        volume.path("os-vol-host-attr:host").asText());
    }

    Answer ironic(String method, String path, String body) throws Exception {
        return send(
                method,
                "/baremetal/v1" + path,
                body,
                "X-Auth-Token",
                "simulation",
                "OpenStack-API-Version",
                "baremetal 1.31");
    }
}
