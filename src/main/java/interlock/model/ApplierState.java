package interlock.model;

/** The states of an applier. */
public enum ApplierState {
    /** It is a member, and renews its lease. */
    ACTIVE,
    /** It has left. */
    STOPPED,
    /** Its lease has expired, and another applier has taken back its actions. */
    LOST,
    /** Its lease has expired, and no applier has taken back its actions yet. Never stored. */
    SILENT
}
