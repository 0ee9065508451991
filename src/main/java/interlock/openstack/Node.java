package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A bare-metal node.
 *
 * @param id its uuid
 * @param name may be empty
 * @param power such as {@code power on}
 * @param target the power state it is changing to; empty if none
 * @param error the last error; may be empty
 * @param computeNode the hypervisor that runs on it, if recorded with the node; may be empty
 */
public record Node(String id, String name, String power, String target, String error, String computeNode) {
    static Node read(JsonNode node) {
        return new Node(
                node.path("uuid").asText(),
                node.path("name").asText(""),
                node.path("power_state").asText(""),
                node.path("target_power_state").asText(""),
                node.path("last_error").asText(""),
                node.path("extra").path("compute_node_id").asText(""));
    }
}
