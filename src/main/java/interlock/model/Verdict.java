package interlock.model;

import java.time.Instant;

/** The consequence of an attempt for its action. */
public sealed interface Verdict {
    /**
     * The action has ended.
     *
     * @param state the final state
     * @param message its status message, or empty
     */
    record End(ActionState state, String message) implements Verdict {
        public End {
            if (!state.ended()) {
                throw new IllegalArgumentException("not a final state of an action: " + state);
            }
        }
    }

    /**
     * The action is retried.
     *
     * @param notBefore the earliest start of the next attempt
     * @param message its status message until then
     */
    record Retry(Instant notBefore, String message) implements Verdict {}
}
