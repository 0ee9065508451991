package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import interlock.simulator.Topology.Failing;
import interlock.simulator.Topology.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyDocumentTest {
    private static final String UUID = "a0000000-0000-4000-8000-000000000001";

    @Test
    void theBuiltInTopologyIsOneOfTwoRacks() {
        Topology topology = TopologyDocument.read(Simulator.builtIn(), "built-in");

        assertThat(topology.hosts().stream().map(Topology.Host::rack).distinct())
                .containsExactly("r1", "r2");
        assertThat(topology.instances()).hasSize(40);
    }

    @Test
    void theTopologyThatIsDocumentedCanBe() throws IOException {
        String documentation = Files.readString(Path.of("docs/openstack.md"));
        int from = documentation.indexOf("seed: 7");

        Topology topology = TopologyDocument.read(
                documentation.substring(from, documentation.indexOf("```", from)), "docs/openstack.md");

        assertThat(topology.hosts()).hasSize(2);
        assertThat(topology.volumes()).hasSize(1);
    }

    @Test
    void durationsAndFailuresAreReadInBothForms() {
        Topology topology = TopologyDocument.read("""
                durations: {stop: 2s, start: {mean: 3s, spread: 500ms}}
                failures: {stop: 0.25}
                hosts: [{name: h1, vcpus: 4}]
                flavors: [{name: small}]
                instances:
                  - {name: a, uuid: %s, host: h1, flavor: small, failures: {stop: {times: 2, error: true, message: torn}}}
                """.formatted(UUID), "t.yaml");

        assertThat(topology.durations())
                .isEqualTo(Map.of(
                        Operation.STOP, new Span(Duration.ofSeconds(2), Duration.ZERO),
                        Operation.START, new Span(Duration.ofSeconds(3), Duration.ofMillis(500))));
        assertThat(topology.failing(Operation.STOP, UUID)).isEqualTo(new Failing(1, 2, true, "torn"));
        assertThat(topology.failing(Operation.STOP, "another").rate()).isEqualTo(0.25);
        assertThat(topology.failing(Operation.START, UUID)).isEqualTo(Failing.NEVER);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        InvalidTopology invalid =
                catchThrowableOfType(InvalidTopology.class, () -> TopologyDocument.read("""
                hosts: [{name: h1, vcpus: 4}, {name: h1, vcpus: 4, racks: r1}]
                flavors: [{name: small}]
                instances:
                  - {name: a, uuid: %s, host: h2, flavor: big}
                pools: ["c@one#x"]
                volume_types: [{name: fast, pools: ["c@two#x"]}]
                """.formatted(UUID), "t.yaml"));

        assertThat(invalid.faults())
                .containsExactly(
                        "t.yaml: hosts[1].racks: is not a known field; did you mean 'rack'?",
                        "t.yaml: hosts[1].name: 'h1' is already used by hosts[0]",
                        "t.yaml: instances[0].host: unknown: 'h2'; known: h1",
                        "t.yaml: instances[0].flavor: unknown: 'big'; known: small",
                        "t.yaml: volume_types[0].pools[0]: unknown: 'c@two#x'; known: c@one#x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: [] | t.yaml: hosts: is missing",
                "'hosts: [{name: h1, vcpus: 0}]' | t.yaml: hosts[0].vcpus: must have a minimum value of 1",
                "'{hosts: [{name: h1, vcpus: 1}], durations: {stop: soon}}' | t.yaml: durations.stop: 'soon' is not a duration",
                "'{hosts: [{name: h1, vcpus: 1}], durations: {stop: {mean: 1s, spread: 2s}}}' | t.yaml: durations.stop.spread: must not be more than the mean",
                "'{hosts: [{name: h1, vcpus: 1}], failures: {stop: 2}}' | t.yaml: failures.stop: ",
                "'{hosts: [{name: h1, vcpus: 1}], flavors: [{name: s, vcpus: 2}], instances: [{name: a, uuid: a0000000-0000-4000-8000-000000000001, host: h1, flavor: s}]}' | t.yaml: hosts[0].vcpus: its instances need 2",
                "'hosts: [' | t.yaml: line 1: "
            })
    void aFaultNamesItsPlace(String document, String fault) {
        InvalidTopology invalid =
                catchThrowableOfType(InvalidTopology.class, () -> TopologyDocument.read(document, "t.yaml"));

        assertThat(invalid.faults()).anyMatch(it -> it.startsWith(fault));
    }
}
