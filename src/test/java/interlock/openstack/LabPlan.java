package interlock.openstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A plan document in the making. */
record LabPlan(ObjectNode document) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@return an empty one, for a planner} */
    static LabPlan by(String planner) {
        ObjectNode document = JSON.createObjectNode().put("name", "test").put("planner", planner);
        document.putArray("actions");
        return new LabPlan(document);
    }

    /** Adds an action; parameters are names and values in turn. */
    LabPlan action(String id, String type, String... parameters) {
        ObjectNode action = actions().addObject().put("id", id).put("action_type", type);
        ObjectNode input = action.putObject("input_parameters");
        for (int i = 0; i < parameters.length; i += 2) {
            input.put(parameters[i], parameters[i + 1]);
        }
        return this;
    }

    LabPlan live(String id, String server, String source, String destination) {
        return action(
                id,
                "migrate",
                "resource_id",
                server,
                "migration_type",
                "live",
                "source_node",
                source,
                "destination_node",
                destination);
    }

    /** Lets no more than two actions at once work on each of these hosts. */
    LabPlan twoAtOnce(String... hosts) {
        ArrayNode resources = document.putArray("resources");
        for (String host : hosts) {
            resources.addObject().put("kind", "compute_host").put("id", host).put("capacity", 2);
        }
        return this;
    }

    /** Has the last action wait for these. */
    LabPlan after(String... parents) {
        last().set("parents", JSON.valueToTree(List.of(parents)));
        return this;
    }

    /** Has the last action tried so often. */
    LabPlan tried(int times) {
        last().set("retry", JSON.valueToTree(Map.of("max_attempts", times, "initial_backoff", "100ms")));
        return this;
    }

    private ArrayNode actions() {
        return (ArrayNode) document.get("actions");
    }

    private ObjectNode last() {
        return (ObjectNode) actions().get(actions().size() - 1);
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
