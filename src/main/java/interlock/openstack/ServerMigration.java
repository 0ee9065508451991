package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A move of an instance, as Nova remembers it.
 *
 * @param id its number; later ones are greater
 * @param type {@code live-migration}, {@code migration} or {@code resize}
 * @param status how far it is
 * @param source the host that the instance leaves
 * @param destination the host at which it arrives; empty, as long as the scheduler has not chosen one
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
