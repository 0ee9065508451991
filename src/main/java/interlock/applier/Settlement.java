package interlock.applier;

import interlock.model.Outcome;
import interlock.model.Verdict;

/**
 * An ended attempt with its verdict, to be stored.
 *
 * @param claim its claim
 * @param outcome its outcome
 * @param verdict the consequence for its action
 */
public record Settlement(Claim claim, Outcome outcome, Verdict verdict) {
    /** {@return whether the action is complete, so that the only consequence is to unblock its children} */
    public boolean completes() {
        return verdict instanceof Verdict.End(var state, String _) && state.complete();
    }
}
