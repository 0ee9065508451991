package interlock.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import interlock.model.InvalidPlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloudHostsTest {
    private static final String ID = "73b09e16-35b7-4922-804e-e8f5d9b740fc";
    private static final String SERVER = "GET /nova/v2.1/servers/" + ID;

    private final WaitingClock clock = new WaitingClock();
    private ScriptedCloud server;
    private Clouds clouds;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedCloud();
        clouds = server.clouds(clock);
    }

    @AfterEach
    void stop() {
        clouds.close();
        server.close();
    }

    @Test
    void theCloudSaysOnWhichHostsInstancesAre() {
        server.on(SERVER, 200, "{\"server\": {\"OS-EXT-SRV-ATTR:host\": \"one\"}}")
                .on("GET /nova/v2.1/servers/unknown", 404, "{}");
        var hosts = new CloudHosts(clouds, clock::sleep);

        assertThat(hosts.of(Set.of(ID, "unknown"))).isEqualTo(Map.of(ID, "one"));
        assertThat(new CloudHosts(
                                new Clouds(new CloudDocuments(Map.of(), Optional.empty(), ""), clock, () -> 0),
                                clock::sleep)
                        .of(Set.of(ID)))
                .isEmpty();
    }

    @Test
    void aCloudThatDoesNotSayWhereAnInstanceIsIsTold() {
        server.on(SERVER, 403, "{\"forbidden\": {\"message\": \"no\"}}");

        assertThatThrownBy(() -> new CloudHosts(clouds, clock::sleep).of(Set.of(ID)))
                .isInstanceOf(InvalidPlan.class)
                .hasMessageContaining(
                        "planner_options.instance_hosts: does not name the hosts of all instances, and the "
                                + "cloud cannot be asked: GET ");
    }
}
