package interlock.neo4j.database;

import java.util.function.BooleanSupplier;

/**
 * Who waits for what a thread reads. A read that lasts longer than a moment is ended when its caller has gone. What nobody has
 * said a caller of goes on to its end, or to its time-out.
 */
public final class ReadCaller {
    static final ScopedValue<BooleanSupplier> GONE = ScopedValue.newInstance();

    private ReadCaller() {}

    /**
     * {@return what {@code work} returns} Reads that this thread makes meanwhile are for a caller that may go.
     *
     * @param gone whether it has; asked by another thread
     */
    public static <T, X extends Throwable> T during(BooleanSupplier gone, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(GONE, gone).call(work);
    }
}
