package interlock.model;

/**
 * An exception for the log: its class, stack trace and causes without their messages, because messages may contain
 * parameters of a plan. A {@linkplain Summarised summary} is kept.
 */
public final class StackTraceOnly extends Exception {
    /** The maximum length of the chain of causes. */
    private static final int MOST_CAUSES = 10;

    private final String kind;

    private StackTraceOnly(Throwable of, int depth) {
        super(null, depth < MOST_CAUSES && of.getCause() != null ? new StackTraceOnly(of.getCause(), depth + 1) : null);
        kind = of.getClass().getName() + (of instanceof Summarised it ? ": " + it.summary() : "");
        setStackTrace(of.getStackTrace());
    }

    /** {@return the exception without messages} */
    public static StackTraceOnly of(Throwable thrown) {
        return new StackTraceOnly(thrown, 0);
    }

    @Override
    public String getMessage() {
        return kind;
    }

    @Override
    public String toString() {
        return kind;
    }
}
