package interlock.model;

import java.util.Locale;

/** The policy for the remaining actions of a plan when an action has failed for good. */
public enum OnFailure {
    /** Actions that do not depend on the failed action continue; its descendants are CANCELLED. */
    CONTINUE,
    /** As {@link #CONTINUE}, and the plan is paused until a person decides. */
    PAUSE,
    /** No further action starts. */
    STOP,
    /** No further action starts; then the succeeded actions are reverted. */
    ROLLBACK,
    /** A failed action counts as complete: its children run, as in Watcher. */
    IGNORE;

    /** {@return the name in REST and plan documents, such as {@code continue}} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
