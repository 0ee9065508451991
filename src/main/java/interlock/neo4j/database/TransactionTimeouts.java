package interlock.neo4j.database;

import java.time.Duration;
import org.neo4j.driver.TransactionConfig;

/**
 * The time-outs of transactions. They are sent with each transaction, so that the database ends it even if the client
 * is dead. {@link Duration#ZERO} means no time-out.
 *
 * @param read of read transactions
 * @param write of write transactions
 * @param grace how much longer than its time-out to wait for the result of a read, because the database may not answer at all
 */
public record TransactionTimeouts(Duration read, Duration write, Duration grace) {
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** The default: one minute for reads. */
    public static final TransactionTimeouts DEFAULT = new TransactionTimeouts(Duration.ofSeconds(60), Duration.ZERO);

    public TransactionTimeouts {
        if (read.isNegative() || write.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException("a transaction time-out must not be negative");
        }
    }

    /** Time-outs with the usual grace. */
    public TransactionTimeouts(Duration read, Duration write) {
        this(read, write, GRACE);
    }

    TransactionConfig ofWrites() {
        return TransactionConfig.builder().withTimeout(write).build();
    }

    /** {@return how long to wait for the result of a read: longer than its time-out; zero: without limit} */
    Duration patienceOfReads() {
        return read.isZero() ? read : read.plus(grace);
    }
}
