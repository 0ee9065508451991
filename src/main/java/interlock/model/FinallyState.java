package interlock.model;

/** The states of the finally actions of a plan, as a whole. */
public enum FinallyState {
    /** The plan has not begun: they run only if it does. */
    STANDBY,
    /** They start when all other actions have ended. */
    WAITING,
    /** They run. */
    ONGOING,
    /** They have ended, or will not run. */
    ENDED
}
