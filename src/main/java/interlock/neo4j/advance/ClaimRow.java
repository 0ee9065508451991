package interlock.neo4j.advance;

import interlock.api.RetryPolicy;
import interlock.applier.Claim;
import interlock.applier.FencingToken;
import interlock.model.OnFailure;
import interlock.model.Summarised;
import interlock.neo4j.database.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A claim, read from a row with an action's properties and its plan's policy. Stored properties may be invalid for this
 * build: an older one may have accepted them, or other clients may have written them. Such an action fails; other
 * actions are not affected.
 *
 * @param claim the claim; without parameters and retries if the properties are invalid
 * @param unreadable why they are invalid, if so
 */
record ClaimRow(Claim claim, Optional<String> unreadable) {
    private static final Logger log = LoggerFactory.getLogger(ClaimRow.class);

    /** {@return the stored claim} */
    static ClaimRow stored(MapAccessor row, Instant now) {
        Value action = row.get("action");
        return of(
                row,
                new FencingToken(
                        action.get("applier").asString(), action.get("attempt").asInt()),
                now);
    }

    /** {@return the claim of a ready action by an applier} */
    static ClaimRow next(MapAccessor row, String applier, Instant now) {
        return of(
                row, new FencingToken(applier, row.get("action").get("attempt").asInt() + 1), now);
    }

    private static ClaimRow of(MapAccessor row, FencingToken fence, Instant now) {
        try {
            return new ClaimRow(whole(row, fence, now), Optional.empty());
        } catch (RuntimeException e) {
            Claim bare = bare(row, fence, now);
            log.warn(
                    "action {} of plan {} has invalid properties and fails: {}",
                    bare.action(),
                    bare.plan(),
                    Summarised.of(e));
            return new ClaimRow(bare, Optional.of("The stored action cannot be read: " + e.getMessage()));
        }
    }

    private static Claim whole(MapAccessor row, FencingToken fence, Instant now) {
        Value action = row.get("action");
        return new Claim(
                UUID.fromString(action.get("uuid").asString()),
                action.get("id").asString(),
                UUID.fromString(action.get("planUuid").asString()),
                row.get("planName").asString(""),
                path(action),
                onFailure(row),
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

    /** The minimum that is needed to store the failure. */
    private static Claim bare(MapAccessor row, FencingToken fence, Instant now) {
        Value action = row.get("action");
        return new Claim(
                UUID.fromString(action.get("uuid").asString()),
                String.valueOf(action.get("id").asObject()),
                UUID.fromString(action.get("planUuid").asString()),
                row.get("planName").asString(""),
                path(action),
                onFailure(row),
                String.valueOf(action.get("actionType").asObject()),
                Map.of(),
                fence,
                0,
                RetryPolicy.NEVER,
                Optional.empty(),
                Optional.empty(),
                false,
                !action.get("reverts").isNull(),
                now,
                Duration.ZERO);
    }

    private static Optional<UUID> path(Value action) {
        return Optional.ofNullable(action.get("pathUuid").asString(null)).map(UUID::fromString);
    }

    /** Finally actions that do not depend on a failed one run, whatever the policy of the plan is. */
    private static OnFailure onFailure(MapAccessor row) {
        if (!row.get("action").get("inFinally").isNull()) {
            return OnFailure.CONTINUE;
        }
        return OnFailure.valueOf(row.get("onFailure").asString().toUpperCase(Locale.ROOT));
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

    /** The deadline covers all attempts together: it starts with the first claim. */
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
