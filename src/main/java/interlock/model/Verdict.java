package interlock.model;

import java.time.Instant;

/** What becomes of an action after an attempt. */
public sealed interface Verdict {
    /**
     * The action is over.
     *
     * @param state the state in which it ends
     * @param message its status message, or empty
     */
    record End(ActionState state, String message) implements Verdict {
        /** Refuses a state that is not an end. */
        public End {
            if (!state.ended()) {
                throw new IllegalArgumentException("an action does not end " + state);
            }
        }
    }

    /**
     * The action is tried again.
     *
     * @param notBefore when, at the earliest
     * @param message its status message until then
     */
    record Retry(Instant notBefore, String message) implements Verdict {}
}
