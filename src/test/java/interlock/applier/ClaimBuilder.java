package interlock.applier;

import interlock.api.RetryPolicy;
import interlock.model.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Builds claims for tests; what a test does not say is as plain as can be. */
final class ClaimBuilder {
    private final Instant claimed;
    private String actionType = "scripted";
    private int failures;
    private RetryPolicy retry = RetryPolicy.NEVER;
    private Optional<Duration> timeout = Optional.empty();
    private Optional<Instant> deadline = Optional.empty();
    private boolean interrupted;
    private boolean revert;

    private ClaimBuilder(Instant claimed) {
        this.claimed = claimed;
    }

    /** {@return a claim on the first attempt of an action, made at that time} */
    static ClaimBuilder claim(Instant claimed) {
        return new ClaimBuilder(claimed);
    }

    ClaimBuilder of(String type) {
        actionType = type;
        return this;
    }

    ClaimBuilder failed(int times) {
        failures = times;
        return this;
    }

    ClaimBuilder tried(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    ClaimBuilder timeout(Duration limit) {
        timeout = Optional.of(limit);
        return this;
    }

    /** The action must have ended so long after the claim. */
    ClaimBuilder deadline(Duration left) {
        deadline = Optional.of(claimed.plus(left));
        return this;
    }

    ClaimBuilder interrupted() {
        interrupted = true;
        return this;
    }

    ClaimBuilder revert() {
        revert = true;
        return this;
    }

    Claim build() {
        return new Claim(
                new UUID(0, 1),
                "move-a",
                new UUID(0, 2),
                "drain rack 7",
                Optional.empty(),
                OnFailure.CONTINUE,
                actionType,
                Map.of(),
                new FencingToken("a1", failures + 1),
                failures,
                retry,
                timeout,
                deadline,
                interrupted,
                revert,
                claimed,
                Duration.ZERO);
    }
}
