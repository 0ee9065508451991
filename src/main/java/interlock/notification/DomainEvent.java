package interlock.notification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as far as the history tells by itself.
 *
 * @param type of the event
 * @param subject to whom it happened
 * @param before the state of the subject before, where the event tells of a change of state
 * @param state the state after
 * @param message the status message after
 */
record DomainEvent(
        String type,
        Subject subject,
        Optional<String> before,
        String state,
        @Nullable String message) {
    /** To whom something happens. */
    sealed interface Subject {
        /** A plan. */
        record Plan(String uuid) implements Subject {}

        /** An action of a plan which is in the state {@code planState}. */
        record Action(String plan, String planState, String uuid, int attempt) implements Subject {}

        /** The action of a plan that has this number. */
        record NumberedAction(String plan, String planState, int number) implements Subject {}

        /** An audit. */
        record Audit(String uuid) implements Subject {}
    }

    /** {@return whether it is something that went wrong} */
    boolean isError() {
        return type.endsWith(".error");
    }
}
