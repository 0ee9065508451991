package interlock.neo4j.retention;

import interlock.model.PlanState;
import interlock.model.StoredState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * The removal of ended plans, as it is stored.
 *
 * @param uuid its uuid
 * @param retention whether the retention time has asked for it, and not a request
 * @param olderThan the age of the plans, as it was given
 * @param before the latest end of the plans
 * @param states the states of the plans
 * @param total what it removes, as counted at its start
 * @param removed what it has removed so far
 * @param kept the number of plans that it has kept at its end, because webhooks were not told about their changes
 * @param createdAt when it was stored
 * @param finishedAt when it ended; null while it goes on
 */
public record Purge(
        String uuid,
        boolean retention,
        String olderThan,
        Instant before,
        List<StoredState<PlanState>> states,
        Amount total,
        Amount removed,
        long kept,
        Instant createdAt,
        @Nullable Instant finishedAt) {
    /** Copies the list. */
    public Purge {
        states = List.copyOf(states);
    }

    /** A number of plans, and of their actions. */
    public record Amount(long plans, long actions) {}

    static Purge of(MapAccessor row) {
        return new Purge(
                row.get("uuid").asString(),
                row.get("retention").asBoolean(),
                row.get("olderThan").asString(),
                row.get("before").asZonedDateTime().toInstant(),
                row.get("states").asList(state -> StoredState.of(PlanState.class, state.asString())),
                new Amount(row.get("plans").asLong(), row.get("actions").asLong()),
                new Amount(
                        row.get("removedPlans").asLong(),
                        row.get("removedActions").asLong()),
                row.get("kept").asLong(),
                row.get("createdAt").asZonedDateTime().toInstant(),
                row.get("finishedAt").isNull()
                        ? null
                        : row.get("finishedAt").asZonedDateTime().toInstant());
    }
}
