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
import org.neo4j.driver.Record;
import org.neo4j.driver.Value;

/** Reads a claim from a row with an action's node and its plan's policy. */
final class ClaimRow {
    private ClaimRow() {}

    static Claim read(Record row, Instant now) {
        Value action = row.get("action");
        return new Claim(
                UUID.fromString(action.get("uuid").asString()),
                action.get("id").asString(),
                UUID.fromString(action.get("planUuid").asString()),
                Optional.ofNullable(action.get("pathUuid").asString(null)).map(UUID::fromString),
                OnFailure.valueOf(row.get("onFailure").asString().toUpperCase(Locale.ROOT)),
                action.get("actionType").asString(),
                Json.readObject(action.get("inputParameters").asString()),
                new Fence(
                        action.get("applier").asString(), action.get("attempt").asInt()),
                action.get("failures").asInt(),
                retry(action),
                seconds(action.get("timeoutSeconds")),
                deadline(action),
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

    private static Optional<Instant> deadline(Value action) {
        return seconds(action.get("deadlineSeconds"))
                .map(action.get("startedAt").asZonedDateTime().toInstant()::plus);
    }

    private static Duration waited(Value readyAt, Instant now) {
        return readyAt.isNull()
                ? Duration.ZERO
                : Duration.between(readyAt.asZonedDateTime().toInstant(), now);
    }
}
