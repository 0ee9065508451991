package interlock.neo4j.database;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts the callers that wait for a write, so that deferrable work can make way. Used by all threads. */
public final class PendingWrites {
    private final AtomicInteger waiting = new AtomicInteger();

    /** Transactions whose writes are counted. */
    private final class Counted implements Transactions {
        private final Transactions transactions;

        Counted(Transactions transactions) {
            this.transactions = transactions;
        }

        @Override
        public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
            return during(() -> transactions.write(work));
        }

        @Override
        public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
            return transactions.read(work);
        }
    }

    /** {@return the same transactions with counted writes} */
    public Transactions counting(Transactions transactions) {
        return new Counted(transactions);
    }

    /** {@return what a write returns} It counts until then. */
    <T extends @Nullable Object> T during(Supplier<T> write) {
        waiting.incrementAndGet();
        try {
            return write.get();
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** {@return whether anybody waits} */
    public boolean anyWaits() {
        return waiting.get() > 0;
    }
}
