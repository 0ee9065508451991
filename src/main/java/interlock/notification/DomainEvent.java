package interlock.notification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as the history alone describes it.
 *
 * @param type the event type
 * @param subject the plan, action or audit
 * @param before the subject's state before, if the event is a change of state
 * @param state the state after
 * @param message the status message after
 */
record DomainEvent(
        String type,
        Subject subject,
        Optional<String> before,
        String state,
        @Nullable String message) {
    /** The subject of an event. */
    sealed interface Subject {
        /** A plan. */
        record Plan(String uuid) implements Subject {}

        /** An action of a plan in the state {@code planState}. */
        record Action(String plan, String planState, String uuid, int attempt) implements Subject {}

        /** An action, identified by its number in the plan. */
        record NumberedAction(String plan, String planState, int number) implements Subject {}

        /** An audit. */
        record Audit(String uuid) implements Subject {}
    }

    /** {@return whether the event reports an error} */
    boolean isError() {
        return type.endsWith(".error");
    }
}
