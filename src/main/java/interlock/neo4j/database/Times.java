package interlock.neo4j.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;

/** The times when a node was stored, last changed and deleted. */
public record Times(
        Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant deletedAt) {
    public static Times of(Value node) {
        return new Times(time(node.get("createdAt")), timeOrNull(node, "updatedAt"), timeOrNull(node, "deletedAt"));
    }

    private static @Nullable Instant timeOrNull(Value node, String property) {
        return node.get(property).isNull() ? null : time(node.get(property));
    }

    private static Instant time(Value value) {
        return value.asZonedDateTime().toInstant();
    }
}
