package interlock.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads the alerts and the configuration, and runs the alerts against scripted series. */
class PrometheusRulesTest {
    private static final Path ALERTS = Path.of("docker", "monitoring", "alerts.yaml");
    private static final Path CONFIGURATION = Path.of("docker", "monitoring", "prometheus.yaml");
    private static final Path SCRIPTED = Path.of("src", "test", "resources", "monitoring", "alerts-test.yaml");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static String promtool;

    @TempDir
    Path directory;

    @BeforeAll
    static void findPromtool() {
        try {
            promtool = DebianPackages.program("prometheus", "prometheus", "promtool")
                    .toString();
        } catch (DebianPackages.Unavailable e) {
            LeftOut.note("tests of the Prometheus alerts with promtool", e.getMessage());
            Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void theAlertsAreUnderstood() throws IOException {
        assertSucceeds("check", "rules", ALERTS.toString());
    }

    @Test
    void theConfigurationIsUnderstood() throws IOException {
        var configuration = Files.writeString(
                directory.resolve("prometheus.yaml"),
                Files.readString(CONFIGURATION)
                        .replace(
                                "/etc/prometheus/alerts.yaml",
                                ALERTS.toAbsolutePath().toString()));

        assertSucceeds("check", "config", configuration.toString());
    }

    @Test
    void eachAlertFiresWhenItShouldAndOnlyThen() throws IOException {
        assertSucceeds("test", "rules", SCRIPTED.toString());
    }

    @Test
    void eachAlertIsShownToFireAndToBeSilent() throws IOException {
        Set<String> fires = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (var test : new YAMLMapper().readTree(SCRIPTED.toFile()).path("tests")) {
            for (var expected : test.path("alert_rule_test")) {
                (expected.has("exp_alerts") ? fires : silent)
                        .add(expected.path("alertname").asText());
            }
        }
        var rules =
                new YAMLMapper().readTree(ALERTS.toFile()).path("groups").get(0).path("rules");

        var alerts = StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> rule.path("alert").asText())
                .toList();

        assertThat(fires).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(silent).containsExactlyInAnyOrderElementsOf(alerts);
    }

    private static void assertSucceeds(String... arguments) throws IOException {
        var command = new ProcessBuilder(arguments);
        command.command().addFirst(promtool);
        var ran = Ran.of(command, PATIENCE);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
    }
}
