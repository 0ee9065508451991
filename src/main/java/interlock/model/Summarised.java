package interlock.model;

/** An exception that can say for the log what happened, without any value of a plan. */
public interface Summarised {
    /** {@return what happened} */
    String summary();

    /** {@return the exception's summary; if it has none, its kind} */
    static String of(Throwable thrown) {
        String kind = thrown.getClass().getName();
        return thrown instanceof Summarised it ? it.summary() : kind.substring(kind.lastIndexOf('.') + 1);
    }
}
