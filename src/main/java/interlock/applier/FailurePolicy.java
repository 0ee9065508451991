package interlock.applier;

import interlock.model.ActionState;
import interlock.model.Failure;
import interlock.model.Outcome;
import interlock.model.Verdict;
import java.time.Instant;

/** Decides what becomes of an action after an attempt. A pure function. */
public final class FailurePolicy {
    private FailurePolicy() {}

    /**
     * {@return what becomes of the action}
     *
     * @param claim the attempt
     * @param outcome how it ended
     * @param now the time by the database's clock
     * @param chance a random number, from 0 (inclusive) to 1 (exclusive), for the jitter
     */
    public static Verdict decide(Claim claim, Outcome outcome, Instant now, double chance) {
        return switch (outcome) {
            case Outcome.Succeeded(String message) -> new Verdict.End(ActionState.SUCCEEDED, message);
            case Outcome.Skipped(String message) -> new Verdict.End(ActionState.SKIPPED, message);
            case Outcome.Failed(Failure failure) -> afterFailure(claim, failure, now, chance);
            case Outcome.Lost(String message, boolean repeatable) ->
                repeatable
                        ? new Verdict.Retry(now, message)
                        : new Verdict.End(
                                ActionState.FAILED,
                                message + "; it is not known how far the action came, and it may not be repeated");
        };
    }

    private static Verdict afterFailure(Claim claim, Failure failure, Instant now, double chance) {
        int failures = claim.failures() + 1;
        if (failure.permanent() || failures >= claim.retry().maxAttempts()) {
            return new Verdict.End(ActionState.FAILED, "Action failed in execute: " + failure.message());
        }
        return new Verdict.Retry(now.plus(claim.retry().backoff(failures, chance)), failure.message());
    }
}
