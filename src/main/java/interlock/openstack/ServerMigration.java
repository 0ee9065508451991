package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A migration of an instance, as Nova records it.
 *
 * @param id its number; later migrations have greater ones
 * @param type {@code live-migration}, {@code migration} or {@code resize}
 * @param status Nova's status
 * @param source the host that the instance leaves
 * @param destination the target host; empty until the scheduler has chosen one
 */
public record ServerMigration(long id, String type, String status, String source, String destination) {
    private static final Set<String> ENDED =
            Set.of("completed", "confirmed", "reverted", "cancelled", "error", "failed", "done");

    static ServerMigration read(JsonNode migration) {
        return new ServerMigration(
                migration.path("id").asLong(),
                migration.path("migration_type").asText(""),
                migration.path("status").asText(""),
                migration.path("source_compute").asText(""),
                migration.path("dest_compute").asText(""));
    }

    public boolean ended() {
        return ENDED.contains(status);
    }

    public boolean is(String wanted) {
        return status.equals(wanted);
    }
}
