package interlock.web.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import interlock.web.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningService.Shared.class)
class OperationTest {
    private final RunningService service;

    OperationTest(RunningService service) {
        this.service = service;
    }

    @Test
    void theServiceIsLiveAndReady() {
        assertThat(service.get("/health/live").json().path("status").asText()).isEqualTo("UP");
        assertThat(service.get("/health/ready").json().path("status").asText()).isEqualTo("UP");
    }

    @Test
    void theMetricsTellWhatTheApplierDoes() {
        service.run(service.create("""
                {"on_failure": "continue", "actions": [
                  {"id": "a", "action_type": "nop"}, {"id": "b", "action_type": "fail"}]}"""));

        // what is stored is counted afterwards
        await().atMost(RunningService.PATIENCE).untilAsserted(this::applierIsTold);
    }

    private void applierIsTold() {
        var metrics = service.get("/metrics");
        assertThat(metrics.mediaType()).isEqualTo("text/plain");
        assertThat(metrics.body().lines())
                .anyMatch(line -> line.matches("interlock_actions_total\\{outcome=\"SUCCEEDED\",type=\"nop\"} [1-9].*"))
                .anyMatch(line -> line.matches("interlock_actions_total\\{outcome=\"FAILED\",type=\"fail\"} [1-9].*"))
                .anyMatch(line -> line.matches("interlock_actions_ready \\d+\\.0"))
                .anyMatch(line -> line.matches("interlock_actions_ongoing \\d+\\.0"))
                .anyMatch(line -> line.matches("interlock_applier_running \\d+\\.0"))
                .anyMatch(line -> line.matches("interlock_advance_seconds_count [1-9]\\d*"))
                .anyMatch(line -> line.matches("interlock_advance_batch_count [1-9]\\d*"))
                .anyMatch(line -> line.matches("interlock_claim_latency_seconds_count [1-9]\\d*"))
                .anyMatch(line -> line.matches("interlock_leases_lost_actions_total \\d+\\.0"))
                .anyMatch(line -> line.matches("interlock_outcomes_refused_total \\d+\\.0"))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
    }

    @Test
    void whatIsInstalledIsListed() {
        assertThat(service.get("/v1/action_types").each("action_types", "name"))
                .contains("nop", "sleep", "http", "fail")
                .isSorted();
        assertThat(service.get("/v1/planners").each("planners", "name")).contains("explicit");
    }

    @Test
    void theApplierIsListed() {
        var applier = service.get("/v1/appliers").json().path("appliers").get(0);

        assertThat(applier.path("state").asText()).isEqualTo("ACTIVE");
        assertThat(applier.path("max_concurrent_actions").asInt()).isEqualTo(64);
        assertThat(applier.path("process").asLong())
                .isEqualTo(ProcessHandle.current().pid());
    }
}
