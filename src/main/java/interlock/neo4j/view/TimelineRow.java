package interlock.neo4j.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * When an action ran, and when it was thought to.
 *
 * @param estimatedStart seconds after the plan's start, if there was a forecast
 * @param attempts its attempts, in order
 */
public record TimelineRow(
        String uuid,
        String id,
        String actionType,
        String state,
        @Nullable Double estimatedStart,
        List<Attempt> attempts) {
    /**
     * A run of the action.
     *
     * @param finishedAt when it ended; null while it runs
     * @param outcome how it ended; null while it runs
     * @param progress how much of it is done, from 0 to 1, if its type says so
     */
    public record Attempt(
            int number,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String outcome,
            @Nullable Double progress) {
        private static Attempt of(Value attempt) {
            Value finished = attempt.get("finishedAt");
            return new Attempt(
                    attempt.get("number").asInt(),
                    attempt.get("startedAt").asZonedDateTime().toInstant(),
                    finished.isNull() ? null : finished.asZonedDateTime().toInstant(),
                    attempt.get("outcome").asString(null),
                    optional(attempt.get("progress")));
        }
    }

    static TimelineRow of(MapAccessor row) {
        return new TimelineRow(
                row.get("uuid").asString(),
                row.get("id").asString(),
                row.get("actionType").asString(),
                row.get("state").asString(),
                optional(row.get("estimatedStart")),
                row.get("attempts").asList(Attempt::of));
    }

    private static @Nullable Double optional(Value value) {
        return value.isNull() ? null : value.asDouble();
    }
}
