package interlock.applier;

/** Whether the state of the plan allows a retry after a failed or lost attempt. */
public enum RetryPermission {
    /** The plan runs. */
    RUNNING,
    /** An alternative path has replaced the action. */
    REPLACED,
    /** The plan is cancelled, stops on a failure or is rolled back: no further attempt starts. */
    STOPPING
}
