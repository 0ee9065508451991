package interlock.model;

/** An exception with a summary for the log that contains no value of a plan. */
public interface Summarised {
    /** {@return the summary} */
    String summary();

    /** {@return the exception's summary, or its class name if it has none} */
    static String of(Throwable thrown) {
        String kind = thrown.getClass().getName();
        return thrown instanceof Summarised it ? it.summary() : kind.substring(kind.lastIndexOf('.') + 1);
    }
}
