package interlock.cli;

import interlock.model.PlanState;

/** The exit codes of commands that follow a plan, so that scripts can branch by its outcome. */
final class ExitCodes {
    /** The description of the codes in the usage of a command. */
    static final String DESCRIPTION =
            "Exit codes: 0 SUCCEEDED, 3 FAILED, 4 CANCELLED, 5 waits for a person (with --exit-when-waiting), 1 error, 2 usage.";

    static final int ERROR = 1;
    private static final int FAILED = 3;
    private static final int CANCELLED = 4;

    /** The plan is ONGOING and paused. */
    static final int WAITS = 5;

    private ExitCodes() {}

    /** {@return the code for the state of an ended plan} Superseded and deleted plans never ran: that is an error. */
    static int of(PlanState ended) {
        return switch (ended) {
            case SUCCEEDED -> 0;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case RECOMMENDED, PENDING, ONGOING, CANCELLING, SUPERSEDED, DELETED -> ERROR;
        };
    }
}
