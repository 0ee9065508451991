package interlock.model;

/** The states of a plan's roll-back. */
public enum RollBackState {
    /** It waits for running actions. */
    AWAITING,
    /** The plan is or was rolled back. */
    ONGOING,
    /** It was cancelled. */
    CANCELLED
}
