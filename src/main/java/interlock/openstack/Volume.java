package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A volume, as Cinder shows it to an administrator.
 *
 * @param id its uuid
 * @param status such as available, in-use, retyping or error
 * @param migration the status of its last migration; empty if there was none
 * @param host its pool, as host@backend#pool
 * @param type the name of its type
 * @param servers the instances that it is attached to
 */
public record Volume(String id, String status, String migration, String host, String type, List<String> servers) {
    private static final Set<String> AT_REST = Set.of("", "none", "success", "error");

    public Volume {
        servers = List.copyOf(servers);
    }

    static Volume read(JsonNode volume) {
        return new Volume(
                volume.path("id").asText(),
                volume.path("status").asText(),
                volume.path("migration_status").asText(""),
                volume.path("os-vol-host-attr:host").asText(""),
                volume.path("volume_type").asText(""),
                StreamSupport.stream(volume.path("attachments").spliterator(), false)
                        .map(attachment -> attachment.path("server_id").asText())
                        .toList());
    }

    public boolean is(String wanted) {
        return status.equals(wanted);
    }

    /** {@return whether Cinder is moving it} */
    public boolean moving() {
        return !AT_REST.contains(migration) || is("retyping") || is("maintenance");
    }
}
