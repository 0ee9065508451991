package interlock.applier;

import interlock.model.Outcome;
import interlock.model.Verdict;

/**
 * What is to be stored of an attempt that has ended.
 *
 * @param claim which attempt
 * @param outcome how it ended
 * @param verdict what becomes of its action
 */
public record Settlement(Claim claim, Outcome outcome, Verdict verdict) {
    /** {@return whether the action is complete with it, so that nothing follows but that others may start} */
    public boolean completes() {
        return verdict instanceof Verdict.End(var state, String _) && state.complete();
    }
}
