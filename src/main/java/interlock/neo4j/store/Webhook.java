package interlock.neo4j.store;

import interlock.model.StoredState;
import interlock.model.WebhookState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to events by HTTP, without its secret.
 *
 * @param uuid its uuid
 * @param url the receiver's URL
 * @param events patterns of event types
 * @param state {@code ACTIVE}, or {@code GONE} after its receiver answered 410 Gone
 * @param createdAt when it was created; earlier events are not delivered
 * @param progress the progress of deliveries
 */
public record Webhook(
        String uuid,
        String url,
        List<String> events,
        StoredState<WebhookState> state,
        Instant createdAt,
        Progress progress) {
    /**
     * The progress of deliveries.
     *
     * @param delivered the number of accepted events
     * @param deliveredAt when the latest event was accepted
     * @param failures the number of failed tries since the latest accepted event
     * @param lastError the reason of the latest failure
     * @param failedAt the time of the latest failure
     * @param nextAttemptAt the time of the next try, if it is delayed
     */
    public record Progress(
            long delivered,
            @Nullable Instant deliveredAt,
            int failures,
            @Nullable String lastError,
            @Nullable Instant failedAt,
            @Nullable Instant nextAttemptAt) {}
}
