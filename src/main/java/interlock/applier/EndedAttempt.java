package interlock.applier;

import interlock.model.Outcome;

/**
 * An attempt that has ended.
 *
 * @param claim which attempt
 * @param outcome how it ended
 */
public record EndedAttempt(Claim claim, Outcome outcome) {
    /** {@return whether nothing has to be known of its plan to judge it} */
    public boolean isClear() {
        return switch (outcome) {
            case Outcome.Succeeded _, Outcome.Skipped _, Outcome.Aborted _ -> true;
            case Outcome.Failed _, Outcome.Lost _ -> false;
        };
    }
}
