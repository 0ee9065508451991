package interlock.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A graph of no-op actions.
 *
 * @param parents the parents of each action
 */
record Workload(Shape shape, List<int[]> parents) {
    static Workload of(Shape shape, int size) {
        return new Workload(
                shape,
                IntStream.range(0, size)
                        .mapToObj(action -> shape.parents(action, size))
                        .toList());
    }

    int size() {
        return parents.size();
    }

    /** {@return the id of an action} */
    static String id(int action) {
        return "a" + action;
    }

    /** {@return the plan document, with actions of that type} */
    String document(String actionType) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode document = json.objectNode();
        document.put("name", toString()).put("planner", "explicit");
        ArrayNode actions = document.putArray("actions");
        for (int action = 0; action < size(); action++) {
            ObjectNode row = actions.addObject().put("id", id(action)).put("action_type", actionType);
            ArrayNode ids = row.putArray("parents");
            for (int parent : parents.get(action)) {
                ids.add(id(parent));
            }
        }
        return document.toString();
    }

    @Override
    public String toString() {
        return shape + "-" + size();
    }
}
