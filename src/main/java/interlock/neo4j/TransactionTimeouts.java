package interlock.neo4j;

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
    /** What applies unless somebody says otherwise: reads have a minute. */
    public static final TransactionTimeouts DEFAULT = new TransactionTimeouts(Duration.ofSeconds(60), Duration.ZERO);

    /** Refuses negative ones. */
    public TransactionTimeouts {
        if (read.isNegative() || write.isNegative()) {
            throw new IllegalArgumentException("a transaction cannot last less than no time");
        }
    }

    TransactionConfig ofReads() {
        return config(read);
    }

    TransactionConfig ofWrites() {
        return config(write);
    }

    private static TransactionConfig config(Duration timeout) {
        return TransactionConfig.builder().withTimeout(timeout).build();
    }
}
