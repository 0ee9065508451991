package interlock.model;

/** Watcher's types of audits. Interlock supports {@link #ONESHOT} only. */
public enum AuditType {
    /** Runs once. */
    ONESHOT,
    /** Repeated in an interval. */
    CONTINUOUS,
    /** Runs for each event. */
    EVENT
}
