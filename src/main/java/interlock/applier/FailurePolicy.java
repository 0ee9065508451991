package interlock.applier;

import interlock.api.Failure;
import interlock.model.ActionState;
import interlock.model.Outcome;
import interlock.model.Verdict;
import java.time.Instant;
import java.util.function.Supplier;

/** Decides the next state of an action after an attempt. A pure function. */
public final class FailurePolicy {
    private FailurePolicy() {}

    /**
     * {@return the verdict for the action}
     *
     * @param claim the attempt
     * @param outcome its outcome
     * @param permission whether the plan allows a retry
     * @param now the time by the database's clock; read only if it matters
     * @param chance a random number from 0 (inclusive) to 1 (exclusive), for the jitter
     */
    public static Verdict decide(
            Claim claim, Outcome outcome, RetryPermission permission, Supplier<Instant> now, double chance) {
        return switch (outcome) {
            case Outcome.Succeeded(String message) -> new Verdict.End(ActionState.SUCCEEDED, message);
            case Outcome.Skipped(String message) -> new Verdict.End(ActionState.SKIPPED, message);
            case Outcome.Aborted(String message) -> new Verdict.End(ActionState.CANCELLED, message);
            case Outcome.Failed(Failure failure) -> afterFailure(claim, failure, permission, now, chance);
            case Outcome.Lost(String message, boolean repeatable) ->
                afterLoss(claim, message, repeatable, permission, now);
        };
    }

    private static Verdict afterFailure(
            Claim claim, Failure failure, RetryPermission permission, Supplier<Instant> now, double chance) {
        int failures = claim.failures() + 1;
        String message = "Action failed in %s: %s".formatted(claim.revert() ? "revert" : "execute", failure.message());
        if (failure.permanent() || failures >= claim.retry().maxAttempts() || permission != RetryPermission.RUNNING) {
            return new Verdict.End(ActionState.FAILED, message);
        }
        Instant next = now.get().plus(claim.retry().backoff(failures, chance));
        if (claim.deadline().filter(end -> !next.isBefore(end)).isPresent()) {
            return new Verdict.End(ActionState.FAILED, message + "; its deadline leaves no time for another attempt");
        }
        return new Verdict.Retry(next, failure.message());
    }

    private static Verdict afterLoss(
            Claim claim, String message, boolean repeatable, RetryPermission permission, Supplier<Instant> now) {
        String unknown = message + "; its outcome is unknown";
        if (permission != RetryPermission.RUNNING) {
            return new Verdict.End(ActionState.CANCELLED, unknown);
        }
        if (!repeatable) {
            return new Verdict.End(ActionState.FAILED, unknown + ", and it may not be repeated");
        }
        Instant next = now.get();
        return claim.deadline().filter(end -> !next.isBefore(end)).isPresent()
                ? new Verdict.End(ActionState.FAILED, unknown + ", and its deadline has passed")
                : new Verdict.Retry(next, message);
    }
}
