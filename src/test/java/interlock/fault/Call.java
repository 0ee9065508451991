package interlock.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An action of a plan document, that sends one request to the {@link World}. */
final class Call {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In seconds: a request may be held for as long as a service takes to come up again. */
    private static final int TIMEOUT = 600;

    private final World world;
    private final String path;
    private final ObjectNode action = JSON.createObjectNode();
    private final ObjectNode parameters = action.putObject("input_parameters");

    Call(World world, String method, String id) {
        this.world = world;
        this.path = "/" + id;
        action.put("id", id).put("action_type", "http");
        parameters.put("method", method).put("url", world.url(path)).put("timeout", TIMEOUT);
    }

    Call after(String... parents) {
        List.of(parents).forEach(action.withArray("parents")::add);
        return this;
    }

    Call attempts(int most) {
        action.putObject("retry").put("max_attempts", most);
        return this;
    }

    /** It can be reverted, by a request with this method. */
    Call undoneBy(String method) {
        parameters
                .putObject("revert")
                .put("method", method)
                .put("url", world.url(path + "/undo"))
                .put("timeout", TIMEOUT);
        return this;
    }

    /** The world can be asked whether it was done. */
    Call askable() {
        parameters.putObject("reconcile").put("url", world.url(path)).put("timeout", TIMEOUT);
        return this;
    }

    /** A path that stands in for it. */
    Call or(String name, Call... actions) {
        action.withArray("alternatives").addObject().put("name", name).set("actions", array(actions));
        return this;
    }

    static ArrayNode array(Call... actions) {
        ArrayNode array = JSON.createArrayNode();
        List.of(actions).forEach(call -> array.add(call.action));
        return array;
    }
}
