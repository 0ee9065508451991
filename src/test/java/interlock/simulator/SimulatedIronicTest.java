package interlock.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SimulatedIronicTest extends SimulatorFixture {
    @Test
    void aMachineThatIsOffHasNoComputeService() throws Exception {
        assertThat(ironic("PUT", "/nodes/h3/states/power", "{\"target\": \"power off\"}")
                        .status())
                .isEqualTo(202);
        JsonNode node = ironic("GET", "/nodes/h3", "").json();
        assertThat(node.path("target_power_state").asText()).isEqualTo("power off");
        assertThat(ironic("PUT", "/nodes/h3/states/power", "{\"target\": \"power on\"}")
                        .status())
                .isEqualTo(409);
        later(5);

        assertThat(ironic("GET", "/nodes/h3", "").json().path("power_state").asText())
                .isEqualTo("power off");
        assertThat(nova("GET", "/os-services", "")
                        .json()
                        .at("/services/2/state")
                        .asText())
                .isEqualTo("down");
    }
}
