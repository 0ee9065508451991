package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedNovaTest extends SimulatorFixture {
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
}
