package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.clients.LeftOut;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the embedded database runs full, over and over. */
class FullDiskTest {
    private static final long MB = 1L << 20;
    private static final int MEGABYTES = 130;
    private static final long FLOOR = 26 * MB;
    private static final int ROUNDS = Math.clamp(Integer.getInteger("interlock.kills", 4) / 4, 1, 10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STEP = "{\"id\": \"%s\", \"action_type\": \"sleep\","
            + " \"input_parameters\": {\"duration\": %s}, \"parents\": [%s]}";

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private ServiceProcess service;
    private int starts;

    /** Every plan that was answered with 201. */
    private final List<String> created = new ArrayList<>();

    /** Those that were started. */
    private final List<String> started = new ArrayList<>();

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES).orElse(null);
        if (disk == null) {
            LeftOut.note("those of a full disk", "Only root may mount a small file system");
            abort("no small file system can be mounted here");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (service != null) {
            service.kill();
            service.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void whatWasAnsweredAndWhatWasStoredIsThereWhenThereIsRoomAgain() throws Exception {
        start();
        for (int round = 1; round <= ROUNDS; round++) {
            try (World world = new World()) {
                Held held = world.hold("PUT /running");
                JsonNode plan = create(running(world));
                begin(plan);
                held.await();
                JsonNode waiting = create(nops(2));
                disk.fillBut(FLOOR + 2 * MB);
                HttpResponse<String> refused = createUntilRefused();

                assertThat(refused.statusCode()).isEqualTo(507);
                assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                assertThat(JSON.readTree(refused.body()).path("detail").asText())
                        .contains("the disk is full", "are free", "--disk-floor");
                disk.fillBut(FLOOR / 2);
                awaitUnready();
                begin(waiting);
                Awaitility.await().atMost(PATIENCE).until(this::reserveIsGivenUp);
                held.release();
                Awaitility.await().atMost(PATIENCE).until(() -> succeeded(plan) == 1);
                assertThat(world.count("PUT /next")).as("nothing is begun").isZero();
                assertThat(succeeded(waiting)).as("nothing is begun").isZero();

                if (round % 2 == 1) {
                    service.kill();
                } else {
                    service.stop();
                }
                disk.makeRoom();
                start();
                checkAll();
                assertThat(world.requests()).containsExactly("PUT /running", "PUT /next");
                assertThat(reserve()).exists();
            }
        }
    }

    @Test
    void theServiceEndsWhenNothingCanBeStoredAndTheNextOneGoesOn() throws Exception {
        start("--disk-floor=0");
        JsonNode running = create(sleeping("0.1"));
        begin(running);
        Awaitility.await().atMost(PATIENCE).until(() -> succeeded(running) > 0);
        disk.fillBut(0);

        assertThat(service.awaitExit()).isEqualTo(1);
        assertThat(log()).containsPattern("interlock: the embedded database has stopped: No space left on device");

        disk.makeRoom();
        start();
        checkAll();
    }

    /** Leaves little room again, as often as it is asked: the database gives up logs that it does not need any more. */
    private boolean reserveIsGivenUp() throws IOException {
        disk.fillBut(2 * MB);
        return !Files.exists(reserve());
    }

    private void start(String... more) throws IOException {
        if (service != null) {
            service.close();
        }
        starts++;
        List<String> options = new ArrayList<>(
                List.of("--data=" + data(), "--bolt-port=0", "--browser-port=0", "--action-plan-expiry=0"));
        options.addAll(List.of(more));
        service = ServiceProcess.start(log(starts), options.toArray(String[]::new));
    }

    private Path data() {
        return disk.directory().resolve("data");
    }

    private Path reserve() {
        return data().resolve("reserve");
    }

    /** Its readiness says why. */
    private void awaitUnready() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> ready = service.tryGet("/health/ready");
            return ready.statusCode() == 503 && ready.body().contains("the disk is full");
        });
    }

    private Path log(int start) {
        return folder.resolve("log-" + start);
    }

    private String log() throws IOException {
        return Files.readString(log(starts));
    }

    private HttpResponse<String> createUntilRefused() throws Exception {
        while (true) {
            HttpResponse<String> response = service.tryPost("/v1/action_plans", nops(500));
            if (response.statusCode() != 201) {
                return response;
            }
            JsonNode plan = created(JSON.readTree(response.body()));
            HttpResponse<String> start = service.tryPost(path(plan) + "/start", "");
            if (start.statusCode() < 300) {
                started.add(path(plan));
            }
        }
    }

    private JsonNode create(String document) throws Exception {
        return created(service.post("/v1/action_plans", document));
    }

    private JsonNode created(JsonNode plan) {
        created.add(path(plan));
        return plan;
    }

    private void begin(JsonNode plan) throws Exception {
        service.post(path(plan) + "/start", "");
        started.add(path(plan));
    }

    /** Every plan is there, and every one that was started succeeds. */
    private void checkAll() throws Exception {
        for (String plan : created) {
            assertThat(service.tryGet(plan).statusCode()).as(plan).isEqualTo(200);
        }
        for (String plan : started) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> service.get(plan).path("state").asText(), "SUCCEEDED"::equals);
        }
    }

    private long succeeded(JsonNode plan) throws Exception {
        return service.get(path(plan))
                .path("actions_by_state")
                .path("SUCCEEDED")
                .asLong();
    }

    private static String path(JsonNode plan) {
        return "/v1/action_plans/" + plan.path("uuid").asText();
    }

    private static String running(World world) {
        return new Document("continue", world.put("running"), world.put("next").after("running")).toString();
    }

    /** A chain that takes a while. */
    private static String sleeping(String seconds) {
        StringJoiner actions = new StringJoiner(",");
        for (int i = 0; i < 40; i++) {
            actions.add(STEP.formatted("a" + i, seconds, i == 0 ? "" : "\"a%d\"".formatted(i - 1)));
        }
        return "{\"name\": \"sleeping\", \"actions\": [%s]}".formatted(actions);
    }

    private static String nops(int number) {
        StringJoiner actions = new StringJoiner(",");
        for (int i = 0; i < number; i++) {
            actions.add("{\"id\": \"a%d\", \"action_type\": \"nop\", \"input_parameters\": {\"message\": \"%s\"}}"
                    .formatted(i, "x".repeat(200)));
        }
        return "{\"name\": \"nops\", \"actions\": [%s]}".formatted(actions);
    }
}
