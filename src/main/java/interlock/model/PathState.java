package interlock.model;

/** The states of an alternative path. */
public enum PathState {
    /** Not activated. */
    STANDBY,
    /** Activated: it has replaced failed actions. */
    ONGOING,
    /** Its actions are complete. */
    SUCCEEDED,
    /** An action of it failed, and no other path replaced that action. */
    FAILED,
    /** An action of it will not run. */
    CANCELLED
}
