package interlock.openstack.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.api.Failure;
import interlock.api.Result;
import interlock.openstack.ScriptedCloud.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeNodePowerStateTest extends CloudActionFixture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NODE = "GET /ironic/v1/nodes/n";

    private static Answer node(String power, String target) {
        return Answer.of(200, """
                {"uuid": "n", "power_state": "%s", "target_power_state": %s, "extra": {"compute_node_id": "h1"}}""".formatted(power, target.isEmpty() ? "null" : "\"" + target + "\""));
    }

    private static String hypervisors() {
        return "{\"hypervisors\": [{\"id\": \"h1\", \"hypervisor_hostname\": \"one.example\", \"service\": {\"host\": \"one\"}}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aNodeIsSwitched(String state) throws Exception {
        String before = state.equals("on") ? "power off" : "power on";
        server.on(NODE, node(before, ""), node(before, "power " + state), node("power " + state, ""))
                .on("PUT /ironic/v1/nodes/n/states/power", 202, "")
                .on("GET /nova/v2.1/os-hypervisors/detail", 200, hypervisors())
                .on("GET /nova/v2.1/servers/detail?all_tenants=True&host=one", 200, "{\"servers\": []}");
        Told attempt = told(Map.of("resource_id", "n", "state", state));

        assertThat(type("change_node_power_state").execute(attempt))
                .isEqualTo(Result.succeeded("Node n has power " + state));

        assertThat(server.requests("PUT /ironic/v1/nodes/n/states/power")
                        .getFirst()
                        .body())
                .isEqualTo(JSON.readTree("{\"target\": \"power %s\"}".formatted(state)));
        assertThat(type("change_node_power_state").execute(attempt).message())
                .isEqualTo("Action was skipped automatically: Node n has power %s already".formatted(state));
        assertThat(type("change_node_power_state").reconcile(attempt)).containsInstanceOf(Result.Succeeded.class);
    }

    @Test
    void aNodeOnWhichInstancesRunIsNotSwitchedOff() throws Exception {
        server.on(NODE, node("power on", ""))
                .on("GET /nova/v2.1/os-hypervisors/detail", 200, hypervisors())
                .on(
                        "GET /nova/v2.1/servers/detail?all_tenants=True&host=one",
                        200,
                        "{\"servers\": [{\"id\": \"7\", \"OS-EXT-STS:power_state\": 1}, {\"id\": \"8\"}]}");

        assertThat(type("change_node_power_state").execute(told(Map.of("resource_id", "n", "state", "off"))))
                .isEqualTo(Result.failed(
                        Failure.retryable("Node n is not switched off: 1 instances run on one, such as 7")));
    }

    @Test
    void aNodeOfWhichNovaKnowsNothingIsNotSwitchedOff() throws Exception {
        server.on(NODE, node("power on", "")).on("GET /nova/v2.1/os-hypervisors/detail", 200, "{\"hypervisors\": []}");

        Result outcome = type("change_node_power_state").execute(told(Map.of("resource_id", "n", "state", "off")));

        assertThat(((Result.Failed) outcome).failure().permanent()).isTrue();
        assertThat(outcome.message()).contains("set resource_name to its host");
    }
}
