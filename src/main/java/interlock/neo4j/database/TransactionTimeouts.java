package interlock.neo4j.database;

import java.time.Duration;
import org.neo4j.driver.TransactionConfig;

/**
 * How long a transaction may last. They are sent with each transaction, so that the database ends it, whatever becomes of the
 * client; {@link Duration#ZERO} means for ever.
 *
 * @param read of transactions that change nothing
 * @param write of all others
 */
public record TransactionTimeouts(Duration read, Duration write) {
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** What applies unless somebody says otherwise: reads have a minute. */
    public static final TransactionTimeouts DEFAULT = new TransactionTimeouts(Duration.ofSeconds(60), Duration.ZERO);

    /** Refuses negative ones. */
    public TransactionTimeouts {
        if (read.isNegative() || write.isNegative()) {
            throw new IllegalArgumentException("a transaction cannot last less than no time");
        }
    }

    TransactionConfig ofWrites() {
        return TransactionConfig.builder().withTimeout(write).build();
    }

    /** {@return how long the answer to a read is waited for: longer than the database works on it; zero: for ever} */
    Duration patienceOfReads() {
        return read.isZero() ? read : read.plus(GRACE);
    }
}
