package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A request to a service.
 *
 * @param method GET, PUT, POST or DELETE
 * @param path relative to the service's endpoint, with its query
 * @param body the request body
 * @param microversion the microversion it requires; empty for the configured one
 * @param repeatable whether it is safe to send again when it is unknown whether it arrived
 * @param longestAnswer how many bytes of the answer are read
 */
record Call(
        String method,
        String path,
        Optional<JsonNode> body,
        Optional<String> microversion,
        boolean repeatable,
        int longestAnswer) {
    /** Far more bytes than a catalogue or a single object takes. */
    static final int ONE = 1 << 20;

    /** Far more bytes than a page of a thousand objects takes. */
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

    /** {@return the same request with another microversion} */
    Call of(String wanted) {
        return new Call(method, path, body, Optional.of(wanted), repeatable, longestAnswer);
    }

    /** {@return whether it changes something in the cloud} */
    boolean changes() {
        return !method.equals("GET");
    }

    /** Omits the body, because Keystone's contains a secret and this is logged. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
