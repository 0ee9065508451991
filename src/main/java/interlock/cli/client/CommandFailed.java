package interlock.cli.client;

import java.util.List;

/** A command cannot do what it was asked to do, for a reason that its user can understand. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> particulars;

    public CommandFailed(String reason) {
        this(reason, List.of());
    }

    /**
     * Tells why, in one line, and what else there is to know.
     *
     * @param particulars a line each
     */
    public CommandFailed(String reason, List<String> particulars) {
        super(reason);
        this.particulars = List.copyOf(particulars);
    }

    public List<String> particulars() {
        return particulars;
    }
}
