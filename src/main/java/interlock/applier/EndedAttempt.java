package interlock.applier;

import interlock.model.Outcome;

/**
 * An attempt that has ended.
 *
 * @param claim its claim
 * @param outcome its outcome
 */
public record EndedAttempt(Claim claim, Outcome outcome) {
    /** {@return whether it can be judged without the state of its plan} */
    public boolean isClear() {
        return switch (outcome) {
            case Outcome.Succeeded _, Outcome.Skipped _, Outcome.Aborted _ -> true;
            case Outcome.Failed _, Outcome.Lost _ -> false;
        };
    }
}
