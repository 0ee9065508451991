package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An instance, as Nova shows it to an administrator.
 *
 * @param id its uuid
 * @param status such as ACTIVE, SHUTOFF, VERIFY_RESIZE or ERROR
 * @param task Nova's current task; empty if none
 * @param running whether it has power
 * @param host its compute host
 * @param flavor the name of its flavor
 * @param fault the error if it is in ERROR; otherwise empty
 * @param progress the progress of Nova's task in percent; 0 if Nova does not report it
 */
public record Server(
        String id,
        String status,
        String task,
        boolean running,
        String host,
        String flavor,
        String fault,
        int progress) {
    private static final int RUNNING = 1;

    static Server read(JsonNode server) {
        return new Server(
                server.path("id").asText(),
                server.path("status").asText(),
                server.path("OS-EXT-STS:task_state").asText(""),
                server.path("OS-EXT-STS:power_state").asInt() == RUNNING,
                server.path("OS-EXT-SRV-ATTR:host").asText(""),
                server.path("flavor").path("original_name").asText(""),
                server.path("fault").path("message").asText(""),
                server.path("progress").asInt(0));
    }

    /** {@return whether Nova is working on it} */
    public boolean busy() {
        return !task.isEmpty();
    }

    public boolean is(String wanted) {
        return status.equals(wanted);
    }
}
