package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The common behaviour of all simulated services. */
class SimulatorTest extends SimulatorFixture {
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

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
