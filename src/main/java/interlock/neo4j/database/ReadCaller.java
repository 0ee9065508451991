package interlock.neo4j.database;

import java.util.function.BooleanSupplier;

/**
 * Marks reads with the caller that waits for them. A read is terminated when its caller has gone, unless it ends within
 * moments. Reads without a known caller run to their end or time-out.
 */
public final class ReadCaller {
    static final ScopedValue<BooleanSupplier> GONE = ScopedValue.newInstance();

    private ReadCaller() {}

    /**
     * {@return the result of {@code work}} Reads by this thread during the work belong to a caller that may go away.
     *
     * @param gone whether the caller has gone; called by another thread
     */
    public static <T, X extends Throwable> T during(BooleanSupplier gone, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(GONE, gone).call(work);
    }
}
