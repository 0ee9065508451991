package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request to a service.
 *
 * @param method GET, PUT, POST or DELETE
 * @param path below the service's endpoint, with its query
 * @param body what is sent along
 * @param microversion the service's microversion that it needs; empty, if any will do
 * @param repeatable whether it does no harm to send it again when nobody knows whether it arrived
 */
record Call(String method, String path, Optional<JsonNode> body, Optional<String> microversion, boolean repeatable) {
    static Call get(String path) {
        return new Call("GET", path, Optional.empty(), Optional.empty(), true);
    }

    static Call post(String path, JsonNode body) {
        return new Call("POST", path, Optional.of(body), Optional.empty(), false);
    }

    static Call put(String path, JsonNode body) {
        return new Call("PUT", path, Optional.of(body), Optional.empty(), true);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, Optional.empty(), Optional.empty(), true);
    }

    /** {@return the same, of another microversion than is usual} */
    Call of(String wanted) {
        return new Call(method, path, body, Optional.of(wanted), repeatable);
    }

    /** {@return whether it is to change something} */
    boolean changes() {
        return !method.equals("GET");
    }

    /** The body is not for logs: Keystone's holds a secret. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
