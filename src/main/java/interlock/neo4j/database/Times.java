package interlock.neo4j.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times when a node was stored, last changed and deleted. */
public record Times(
        Instant createdAt,
        @Nullable Instant updatedAt,
        @Nullable Instant deletedAt) {}
