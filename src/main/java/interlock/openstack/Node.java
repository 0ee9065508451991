package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A machine.
 *
 * @param id its uuid
 * @param name what it is called; may be empty
 * @param power such as {@code power on}
 * @param target what it is on the way to; empty, if to nowhere
 * @param error what went wrong the last time; may be empty
 * @param computeNode the hypervisor that runs on it, where somebody has noted that with the node; may be empty
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
