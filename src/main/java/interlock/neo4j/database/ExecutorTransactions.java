package interlock.neo4j.database;

import interlock.applier.PlanGraph.GraphUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions on an executor's threads while the caller waits. An interrupt of the caller is deferred and does
 * not reach those threads. If the executor rejects tasks, the database is unavailable.
 */
final class ExecutorTransactions implements Transactions {
    private final Transactions transactions;
    private final Executor executor;

    ExecutorTransactions(Transactions transactions, Executor executor) {
        this.transactions = transactions;
        this.executor = executor;
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return call(() -> transactions.write(work));
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Transaction, T> work) {
        return call(() -> transactions.read(work));
    }

    private <T extends @Nullable Object> T call(Supplier<T> transaction) {
        try {
            return QueryResult.await(CompletableFuture.supplyAsync(transaction, executor));
        } catch (RejectedExecutionException e) {
            throw new GraphUnavailable("it is being closed", e);
        }
    }
}
