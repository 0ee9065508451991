package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.web.Answer;
import interlock.web.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data directories of earlier builds, kept as those builds left them. Each holds plans in every state, an audit, a template
 * and a webhook; one was left by a service that was stopped, the other by {@code kill -9}.
 */
class EarlierDataTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Map<String, String> STATES = Map.of(
            "drain rack r7", "SUCCEEDED",
            "with alternatives", "SUCCEEDED",
            "failed", "FAILED",
            "rolled back", "FAILED",
            "recommended", "RECOMMENDED",
            "cancelled", "CANCELLED",
            "an audit", "SUCCEEDED",
            "interrupted", "SUCCEEDED",
            "paused", "ONGOING");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0-stopped", "0.1.0-killed"})
    void theDataOfAnEarlierBuildAreOpenedAndGoOn(String build) throws Exception {
        Path data = folder.resolve("data");
        unpack(build, data);
        try (RunningService service = new RunningService(data)) {
            awaitState(service, plan(service, "interrupted"), "SUCCEEDED");
            Map<String, String> states = new HashMap<>();
            plans(service)
                    .forEach(plan -> states.put(
                            plan.path("name").asText(), plan.path("state").asText()));
            assertThat(states).isEqualTo(STATES);
            assertThat(service.get("/v1/audits/detail").json().findValuesAsText("state"))
                    .containsExactly("SUCCEEDED");
            assertThat(service.get("/v1/audit_templates").json().findValuesAsText("name"))
                    .containsExactly("a template");
            assertThat(service.get("/v1/webhooks").json().findValuesAsText("url"))
                    .containsExactly("http://127.0.0.1:9/hook");

            JsonNode paused = plan(service, "paused");
            assertThat(paused.path("paused").asBoolean()).isTrue();
            post(service, paused, "resume");
            awaitState(service, paused, "SUCCEEDED");
            JsonNode recommended = plan(service, "recommended");
            post(service, recommended, "start");
            awaitState(service, recommended, "SUCCEEDED");
            JsonNode created = service.post(
                            "/v1/action_plans", "{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}")
                    .json();
            post(service, created, "start");
            awaitState(service, created, "SUCCEEDED");
        }
    }

    private static JsonNode plans(RunningService service) throws Exception {
        return service.get("/v1/action_plans/detail").json().path("action_plans");
    }

    private static JsonNode plan(RunningService service, String name) throws Exception {
        for (JsonNode plan : plans(service)) {
            if (plan.path("name").asText().equals(name)) {
                return plan;
            }
        }
        throw new AssertionError("no plan is called " + name);
    }

    private static void post(RunningService service, JsonNode plan, String change) throws Exception {
        Answer answer = service.post(
                "/v1/action_plans/%s/%s".formatted(plan.path("uuid").asText(), change), "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void awaitState(RunningService service, JsonNode plan, String state) {
        String path = "/v1/action_plans/" + plan.path("uuid").asText();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> service.get(path).json().path("state").asText(), state::equals);
    }

    private static void unpack(String build, Path to) throws IOException {
        String name = "/data-directories/%s.zip".formatted(build);
        try (InputStream file = EarlierDataTest.class.getResourceAsStream(name);
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(file, name))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = to.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }
}
