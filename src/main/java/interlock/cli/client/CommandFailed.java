package interlock.cli.client;

import java.util.List;

/** A command failed for a reason that its user can understand. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> particulars;

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
        super(reason);
        this.particulars = List.copyOf(particulars);
    }

    public List<String> particulars() {
        return particulars;
    }
}
