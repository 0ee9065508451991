package interlock.model;

/** The kinds of {@link Outcome}, as they are stored with attempts. */
public enum AttemptOutcome {
    /** The action did its work. */
    SUCCEEDED,
    /** There was nothing to do. */
    SKIPPED,
    /** The attempt failed. */
    FAILED,
    /** The attempt was asked to abort, and did. */
    ABORTED,
    /** The outcome is unknown. */
    LOST
}
