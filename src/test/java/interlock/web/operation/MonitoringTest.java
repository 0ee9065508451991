package interlock.web.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import interlock.web.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service has all metrics that the dashboard and the alerts use. */
@ExtendWith(RunningService.Shared.class)
class MonitoringTest {
    private static final Path DOCKER = Path.of("docker");
    private static final Path DASHBOARD = DOCKER.resolve("monitoring/grafana/interlock.json");
    private static final Path ALERTS = DOCKER.resolve("monitoring/alerts.yaml");
    private static final Path TABLE = Path.of("docs", "monitoring.md");

    /** Prometheus adds them. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final Pattern METRIC = Pattern.compile("\\b((?:interlock|jvm|process)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

    private final RunningService service;

    MonitoringTest(RunningService service) {
        this.service = service;
    }

    /** A metric that an expression names, and the labels that it must have. */
    private record Asked(String name, List<String> labels) {
        boolean isIn(String metrics) {
            return metrics.lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .anyMatch(line -> labels.stream().allMatch(line::contains));
        }
    }

    @Test
    void everyMetricOfTheDashboardAndTheAlertsIsToldWithItsLabels() throws IOException {
        service.run(service.create("""
                {"on_failure": "continue", "actions": [
                  {"id": "a", "action_type": "nop"}, {"id": "b", "action_type": "fail"}]}"""));
        var metrics = service.get("/metrics").body();

        var asked = expressions().stream()
                .flatMap(expression -> Arrays.stream(expression.split("\\b(?:and|or)\\b")))
                .flatMap(MonitoringTest::asked)
                .toList();

        assertThat(asked).hasSizeGreaterThan(30).allMatch(each -> each.isIn(metrics), "is in /metrics");
    }

    @Test
    void everyMetricIsDescribed() throws IOException {
        var described = Files.readString(TABLE);

        var names = service.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE interlock_"))
                .map(line -> line.split(" ")[2])
                .filter(name -> !name.endsWith("_max"));

        assertThat(names).isNotEmpty().allMatch(name -> described.contains("`" + name), "is described");
        assertThat(alerts())
                .allMatch(alert ->
                        described.contains("`%s`".formatted(alert.path("alert").asText())));
    }

    @Test
    void theMetricsTellHowLongAttemptsTookAndWhatPlansAreDoing() {
        service.run(service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}"));
        service.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");

        // what is stored is counted afterwards
        await().atMost(RunningService.PATIENCE).untilAsserted(this::attemptsAndPlansAreTold);
    }

    private void attemptsAndPlansAreTold() {
        assertThat(service.get("/metrics").body().lines())
                .anyMatch(line -> line.matches(
                        "interlock_attempt_duration_seconds_count\\{outcome=\"SUCCEEDED\",type=\"nop\"} [1-9].*"))
                .anyMatch(line -> line.matches("interlock_plans\\{state=\"RECOMMENDED\"} [1-9].*"))
                .anyMatch(line -> line.matches("interlock_plans\\{state=\"ONGOING\"} \\d.*"))
                .anyMatch(line -> line.matches("interlock_plans_unchanged_seconds \\d.*"))
                .anyMatch(line -> line.matches("interlock_actions_blocked \\d.*"))
                .contains("interlock_database_up 1.0", "interlock_appliers 1.0", "interlock_slots 64.0");
    }

    @Test
    void aPlanThatIsToRunAndDoesNotChangeIsSeen() throws IOException {
        try (var idle = new RunningService(false)) {
            assertThat(idle.get("/metrics").body()).contains("interlock_plans_unchanged_seconds 0.0\n");
            var plan = idle.create("{\"actions\": [{\"id\": \"a\", \"action_type\": \"nop\"}]}");
            idle.start(plan);
            idle.query(
                    "MATCH (plan:ActionPlan {uuid: $uuid}) SET plan.updatedAt = datetime() - duration({hours: 1})",
                    Map.of("uuid", plan.toString()));

            var stuck = idle.get("/metrics").body();
            idle.post("/v1/action_plans/%s/pause".formatted(plan), "");
            idle.query(
                    "MATCH (plan:ActionPlan {uuid: $uuid}) SET plan.updatedAt = datetime() - duration({hours: 1})",
                    Map.of("uuid", plan.toString()));
            var paused = idle.get("/metrics").body();

            assertThat(stuck)
                    .containsPattern("interlock_plans_unchanged_seconds 36\\d\\d\\.")
                    .contains(
                            "interlock_plans{state=\"PENDING\"} 1.0", "interlock_appliers 0.0", "interlock_slots 0.0");
            assertThat(paused).contains("interlock_plans_unchanged_seconds 0.0\n");
        }
    }

    @Test
    void theProfileMonitoringStartsPrometheusAndGrafanaWithFilesThatAreThere() throws IOException {
        var services = yaml(DOCKER.resolve("compose.yaml")).path("services");

        for (var name : List.of("prometheus", "grafana")) {
            var each = services.path(name);
            assertThat(each.path("profiles").get(0).asText()).isEqualTo("monitoring");
            assertThat(each.path("image").asText()).matches(".+:v?\\d+\\.\\d+\\.\\d+");
            assertThat(each.path("volumes"))
                    .map(volume -> volume.asText().split(":")[0])
                    .filteredOn(file -> file.startsWith("./"))
                    .isNotEmpty()
                    .allMatch(file -> Files.isRegularFile(DOCKER.resolve(file)));
        }
        assertThat(services.path("interlock").has("profiles")).isFalse();
        assertThat(yaml(DOCKER.resolve("monitoring/grafana/datasource.yaml"))
                        .path("datasources")
                        .get(0)
                        .path("uid")
                        .asText())
                .isEqualTo("prometheus");
    }

    @Test
    void theDashboardsPanelsHavePlacesAndNumbersOfTheirOwn() throws IOException {
        var panels = new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels");

        assertThat(panels).map(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels).map(panel -> panel.path("title").asText()).doesNotHaveDuplicates();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("prometheus");
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        });
    }

    private static Stream<Asked> asked(String expression) {
        List<String> grouped = GROUPED.matcher(expression)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(", *")))
                .filter(label -> !OF_PROMETHEUS.contains(label))
                .map("%s=\""::formatted)
                .distinct()
                .toList();
        return METRIC.matcher(expression).results().map(found -> {
            List<String> labels = new ArrayList<>(grouped);
            String selector = found.group(2) == null ? "" : found.group(2);
            for (String matcher : selector.split(", *(?=\\w+[=!])")) {
                if (!matcher.isEmpty() && !OF_PROMETHEUS.contains(matcher.split("[=!]")[0])) {
                    labels.add(matcher.contains("=~") ? matcher.split("=~")[0] + "=\"" : matcher);
                }
            }
            return new Asked(found.group(1), labels);
        });
    }

    private static List<String> expressions() throws IOException {
        var dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        return Stream.concat(
                        dashboard.findValues("expr").stream(), alerts().stream().map(alert -> alert.path("expr")))
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        yaml(ALERTS).path("groups").get(0).path("rules").forEach(alerts::add);
        return alerts;
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }
}
