package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The lab's cloud, as tests use it. They leave nothing behind. */
final class LabCloud implements AutoCloseable {
    /** Only a broken build takes this long. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IMAGE = "155d900f-4e14-4e4c-a73d-069cbf4541e6";
    private static final String PINS_A_HOST = "2.74";

    private final Clouds clouds;
    private final URI keystone;
    private final Endpoint compute;
    private final Endpoint block;
    private final List<String> servers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();

    LabCloud(Lab lab) throws CloudException {
        clouds = new Clouds(lab.documents(), InstantSource.system(), Math::random);
        keystone = URI.create(lab.clouds().at("/clouds/lab/auth/auth_url").asText());
        compute = clouds.cloud("lab").endpoint(ServiceType.COMPUTE);
        block = clouds.cloud("lab").endpoint(ServiceType.BLOCK_STORAGE);
    }

    Clouds clouds() {
        return clouds;
    }

    Nova nova() {
        return new Nova(compute, Thread::sleep);
    }

    Cinder cinder() {
        return new Cinder(block, Thread::sleep);
    }

    /** {@return the uuid of a new server, with these metadata} */
    String boot(Map<String, String> knobs) throws Exception {
        return boot(1, "compute1", knobs).getFirst();
    }

    /** {@return the uuids of new servers on a host, with these metadata} */
    List<String> boot(int count, String host, Map<String, String> knobs) throws Exception {
        List<String> booted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ObjectNode server = JSON.createObjectNode()
                    .put("name", "test")
                    .put("imageRef", IMAGE)
                    .put("flavorRef", "1")
                    .put("networks", "none")
                    .put("host", host);
            server.set("metadata", JSON.valueToTree(knobs));
            Call call = Call.post("/servers", JSON.createObjectNode().set("server", server))
                    .of(PINS_A_HOST);
            booted.add(sent(compute, call).path("server").path("id").asText());
        }
        servers.addAll(booted);
        for (String id : booted) {
            eventually(() -> server(id).is("ACTIVE") && !server(id).busy());
        }
        return booted;
    }

    /** {@return the uuid of a new volume, with these metadata} */
    String volume(String type, Map<String, String> knobs) throws Exception {
        ObjectNode volume =
                JSON.createObjectNode().put("name", "test").put("size", 1).put("volume_type", type);
        volume.set("metadata", JSON.valueToTree(knobs));
        String id = sent(block, Call.post("/volumes", JSON.createObjectNode().set("volume", volume)))
                .path("volume")
                .path("id")
                .asText();
        volumes.add(id);
        eventually(() -> volume(id).is("available"));
        return id;
    }

    /** Attaches a volume to a server. */
    void attach(String volume, String server) throws Exception {
        ObjectNode attachment = JSON.createObjectNode();
        attachment.putObject("volumeAttachment").put("volumeId", volume);
        sent(compute, Call.post("/servers/%s/os-volume_attachments".formatted(server), attachment));
        eventually(() -> volume(volume).is("in-use"));
    }

    private static JsonNode sent(Endpoint endpoint, Call call) throws Exception {
        return endpoint.send(call, Thread::sleep).body();
    }

    Server server(String id) throws Exception {
        return nova().server(id).orElseThrow();
    }

    Volume volume(String id) throws Exception {
        return cinder().volume(id).orElseThrow();
    }

    /** {@return any host but these} */
    String hostOtherThan(String... hosts) throws Exception {
        return nova().computeServices().stream()
                .map(ComputeService::host)
                .filter(host -> !List.of(hosts).contains(host))
                .findFirst()
                .orElseThrow();
    }

    /** {@return any pool but this} */
    String poolOtherThan(String pool) throws Exception {
        return cinder().pools().stream()
                .filter(it -> !it.equals(pool))
                .findFirst()
                .orElseThrow();
    }

    /** {@return what Nova remembers of all moves of these servers, as it tells it} */
    List<JsonNode> migrations(List<String> servers) throws Exception {
        List<JsonNode> migrations = new ArrayList<>();
        for (String server : servers) {
            migrations.addAll(Pages.all(
                    compute, Thread::sleep, "/os-migrations?instance_uuid=" + server, "migrations", it -> it));
        }
        return migrations;
    }

    ComputeService service(String host) throws Exception {
        return nova().computeServices().stream()
                .filter(service -> service.host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    /** Has Nova answer the next requests, whoever sends them, with this status line. */
    void failNext(int requests, String status, Map<String, String> headers) throws Exception {
        tellLab(
                "faults",
                JSON.valueToTree(Collections.nCopies(requests, Map.of("status", status, "headers", headers))));
    }

    /** Has all tokens expire. */
    void expireTokens() throws Exception {
        tellLab("tokens", JSON.createObjectNode());
    }

    private void tellLab(String what, JsonNode body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(keystone.resolve("/lab/" + what))
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
        }
    }

    /** Waits until that holds. */
    static void eventually(Callable<Boolean> holds) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(holds);
    }

    /** Puts everything back as it was before the test. */
    void restore() throws Exception {
        for (ComputeService service : nova().computeServices()) {
            if (!service.enabled()) {
                nova().enable(service);
            }
        }
        for (String server : servers) {
            if (nova().server(server).isPresent()) {
                sent(compute, Call.delete("/servers/" + server));
            }
        }
        for (String server : servers) {
            eventually(() -> nova().server(server).isEmpty());
        }
        for (String volume : volumes) {
            if (cinder().volume(volume).filter(it -> !it.moving()).isPresent()) {
                sent(block, Call.delete("/volumes/" + volume));
            }
        }
        servers.clear();
        volumes.clear();
    }

    @Override
    public void close() {
        clouds.close();
    }
}
