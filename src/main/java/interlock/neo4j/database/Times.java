package interlock.neo4j.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When something was stored, changed last, and deleted. */
public record Times(
        Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant deletedAt) {}
