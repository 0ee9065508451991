package interlock.neo4j;

import interlock.applier.Claim;
import interlock.applier.Fence;
import interlock.model.OnFailure;
import interlock.model.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** Reads a claim from a row with an action's properties and its plan's policy. */
final class ClaimRow {
    private ClaimRow() {}

    /** {@return the claim that is stored} */
    static Claim read(MapAccessor row, Instant now) {
        Value action = row.get("action");
        return of(
                row,
                new Fence(
                        action.get("applier").asString(), action.get("attempt").asInt()),
                now);
    }

    /** {@return the claim that an applier makes of an action that is ready} */
    static Claim next(MapAccessor row, String applier, Instant now) {
        return of(row, new Fence(applier, row.get("action").get("attempt").asInt() + 1), now);
    }

    private static Claim of(MapAccessor row, Fence fence, Instant now) {
        Value action = row.get("action");
        return new Claim(
                UUID.fromString(action.get("uuid").asString()),
                action.get("id").asString(),
                UUID.fromString(action.get("planUuid").asString()),
                Optional.ofNullable(action.get("pathUuid").asString(null)).map(UUID::fromString),
                OnFailure.valueOf(row.get("onFailure").asString().toUpperCase(Locale.ROOT)),
                action.get("actionType").asString(),
                Json.readObject(action.get("inputParameters").asString()),
                fence,
                action.get("failures").asInt(),
                retry(action),
                seconds(action.get("timeoutSeconds")),
                deadline(action, now),
                action.get("interrupted").asBoolean(false),
                !action.get("reverts").isNull(),
                now,
                waited(action.get("readyAt"), now));
    }

    private static RetryPolicy retry(Value action) {
        int maxAttempts = action.get("maxAttempts").asInt(1);
        return maxAttempts == 1
                ? RetryPolicy.NEVER
                : new RetryPolicy(
                        maxAttempts,
                        seconds(action.get("initialBackoffSeconds")).orElse(Duration.ZERO),
                        action.get("backoffMultiplier").asDouble(1),
                        seconds(action.get("maxBackoffSeconds")).orElse(Duration.ZERO),
                        action.get("jitter").asDouble(0));
    }

    private static Optional<Duration> seconds(Value value) {
        return value.isNull() ? Optional.empty() : Optional.of(Duration.ofNanos(Math.round(value.asDouble() * 1e9)));
    }

    /** All attempts together have so long: from when the first one was claimed. */
    private static Optional<Instant> deadline(Value action, Instant now) {
        Value startedAt = action.get("startedAt");
        Instant started = startedAt.isNull() ? now : startedAt.asZonedDateTime().toInstant();
        return seconds(action.get("deadlineSeconds")).map(started::plus);
    }

    private static Duration waited(Value readyAt, Instant now) {
        return readyAt.isNull()
                ? Duration.ZERO
                : Duration.between(readyAt.asZonedDateTime().toInstant(), now);
    }
}
