package interlock.model;

import java.util.Locale;

/** What becomes of the rest of a plan when an action has failed for good. */
public enum OnFailure {
    /** What does not depend on the failed action goes on; what does is CANCELLED. */
    CONTINUE,
    /** Nothing new starts. */
    STOP,
    /** Nothing new starts; then what has succeeded is reverted. */
    ROLLBACK,
    /** A failed action counts as complete: its children run all the same, as in Watcher. */
    IGNORE;

    /** {@return the name on the wire and in plan documents, such as {@code continue}} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
