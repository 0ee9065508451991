package interlock.cli.client;

import java.util.List;

/** A command failed for a reason that its user can understand. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> particulars;
    private final int exitCode;

    public CommandFailed(String reason) {
        this(reason, List.of());
    }

    /**
     * Creates a failure with details.
     *
     * @param reason one line
     * @param particulars further lines
     */
    public CommandFailed(String reason, List<String> particulars) {
        this(reason, particulars, 1);
    }

    /**
     * Creates a failure with details and an exit code of its own.
     *
     * @param exitCode the exit code of the process
     */
    public CommandFailed(String reason, List<String> particulars, int exitCode) {
        super(reason);
        this.particulars = List.copyOf(particulars);
        this.exitCode = exitCode;
    }

    /** {@return the exit code of the process} */
    public int exitCode() {
        return exitCode;
    }

    public List<String> particulars() {
        return particulars;
    }
}
