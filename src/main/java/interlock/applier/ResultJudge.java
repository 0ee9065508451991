package interlock.applier;

import interlock.model.ActionState;
import interlock.model.Outcome;
import interlock.model.Verdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Judges ended attempts. An attempt that cannot be judged fails its own action only.
 *
 * <p>Used by the thread that advances.
 */
public final class ResultJudge {
    private final BiFunction<Claim, String, Outcome> losses;
    private final RandomGenerator chance;

    /**
     * Creates a judge.
     *
     * @param losses the outcome of an interrupted attempt for the given reason; it depends on the type whether the
     *     action may be repeated
     * @param chance random numbers for the jitter of retries
     */
    public ResultJudge(BiFunction<Claim, String, Outcome> losses, RandomGenerator chance) {
        this.losses = losses;
        this.chance = chance;
    }

    /** {@return the end of an attempt whose applier was lost} */
    public EndedAttempt lost(Claim claim) {
        String why = "its applier %s was lost".formatted(claim.fence().applier());
        return new EndedAttempt(claim, losses.apply(claim, why));
    }

    /** {@return the end of an attempt that the graph knows but its applier does not} */
    public EndedAttempt neverStarted(Claim claim) {
        String why = "claimed, but not started: the database's answer was lost or came too late";
        return new EndedAttempt(claim, new Outcome.Lost(why, true));
    }

    /**
     * {@return the attempt with its verdict}
     *
     * @param permission whether the plan allows a retry
     * @param now the time by the database's clock; read only if it matters
     */
    public Settlement judge(EndedAttempt ended, RetryPermission permission, Supplier<Instant> now) {
        return new Settlement(ended.claim(), ended.outcome(), verdict(ended, permission, now));
    }

    private Verdict verdict(EndedAttempt ended, RetryPermission permission, Supplier<Instant> now) {
        try {
            return FailurePolicy.decide(ended.claim(), ended.outcome(), permission, now, chance.nextDouble());
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
            return new Verdict.End(
                    ActionState.FAILED,
                    "%s; the time of the next attempt cannot be computed: %s"
                            .formatted(ended.outcome().message(), e.getMessage()));
        }
    }
}
