package interlock.applier;

/** What else is known, when an attempt has failed or was lost, of whether its action may be tried again. */
public enum RetryPermission {
    /** Its plan runs. */
    RUNNING,
    /** A path has taken the action's place. */
    REPLACED,
    /** Its plan is cancelled, stops on a failure or is rolled back: nothing new starts. */
    STOPPING
}
