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
 * @param longestAnswer how many bytes of its answer are read
 */
record Call(
        String method,
        String path,
        Optional<JsonNode> body,
        Optional<String> microversion,
        boolean repeatable,
        int longestAnswer) {
    /** Far more than a catalogue, or one of anything, takes. */
    static final int ONE = 1 << 20;

    /** Far more than a page of a thousand takes. */
    private static final int PAGE = 16 << 20;

    static Call get(String path) {
        return new Call("GET", path, Optional.empty(), Optional.empty(), true, ONE);
    }

    /** {@return a request for a page of a list} */
    static Call page(String path) {
        return new Call("GET", path, Optional.empty(), Optional.empty(), true, PAGE);
    }

    static Call post(String path, JsonNode body) {
        return new Call("POST", path, Optional.of(body), Optional.empty(), false, ONE);
    }

    static Call put(String path, JsonNode body) {
        return new Call("PUT", path, Optional.of(body), Optional.empty(), true, ONE);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, Optional.empty(), Optional.empty(), true, ONE);
    }

    /** {@return the same, of another microversion than is usual} */
    Call of(String wanted) {
        return new Call(method, path, body, Optional.of(wanted), repeatable, longestAnswer);
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
