package interlock.neo4j.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of what happens, by HTTP. The secret by which what is told is signed is not among this.
 *
 * @param uuid which it is
 * @param url where it is told
 * @param events what it is told of: patterns of event types
 * @param state {@code ACTIVE}, or {@code GONE} since its receiver has said that it is there no more
 * @param createdAt since when it is told
 * @param progress how that goes
 */
public record Webhook(
        String uuid, String url, List<String> events, String state, Instant createdAt, Progress progress) {
    /**
     * How telling goes.
     *
     * @param delivered how many events were taken
     * @param deliveredAt when the latest was
     * @param failures how many tries have failed since one was taken
     * @param lastError why the latest of them failed
     * @param failedAt when it did
     * @param nextAttemptAt when the next event is tried again, if it waits for that
     */
    public record Progress(
            long delivered,
            @Nullable Instant deliveredAt,
            int failures,
            @Nullable String lastError,
            @Nullable Instant failedAt,
            @Nullable Instant nextAttemptAt) {}
}
