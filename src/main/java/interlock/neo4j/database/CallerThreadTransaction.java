package interlock.neo4j.database;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.async.AsyncTransactionCallback;
import org.neo4j.driver.async.AsyncTransactionContext;

/**
 * Runs the work of a transaction on the caller's thread, while the driver opens, commits and retries the transaction on
 * its own threads. Therefore statements can be sent without waiting for the results of earlier ones, which the driver's
 * blocking transactions do not allow.
 *
 * <p>The two sides share a queue: the driver adds each opened transaction, and an empty value at the end.
 */
final class CallerThreadTransaction<T extends @Nullable Object> {
    private final LinkedBlockingQueue<Optional<Open<T>>> opened = new LinkedBlockingQueue<>();
    private final Function<AsyncTransactionContext, T> work;
    private final Duration patience;

    private record Open<T extends @Nullable Object>(AsyncTransactionContext tx, CompletableFuture<T> done) {}

    /**
     * Runs some work in a transaction.
     *
     * @param patience how long to wait for the end of the transaction; zero: without limit
     */
    CallerThreadTransaction(Function<AsyncTransactionContext, T> work, Duration patience) {
        this.work = work;
        this.patience = patience;
    }

    /**
     * {@return the result of the committed work}
     *
     * @param transactions opens transactions for a callback until one is committed, as the driver does
     */
    T in(Function<AsyncTransactionCallback<CompletionStage<T>>, CompletionStage<T>> transactions) {
        CompletableFuture<T> committed = QueryResult.within(patience, transactions.apply(this::open))
                .whenComplete((_, _) -> opened.add(Optional.empty()));
        for (Optional<Open<T>> next = take(); next.isPresent(); next = take()) {
            run(next.get());
        }
        return QueryResult.await(committed);
    }

    private CompletionStage<T> open(AsyncTransactionContext tx) {
        CompletableFuture<T> done = new CompletableFuture<>();
        opened.add(Optional.of(new Open<>(tx, done)));
        return done;
    }

    private void run(Open<T> open) {
        try {
            open.done().complete(work.apply(open.tx()));
        } catch (RuntimeException | Error e) {
            open.done().completeExceptionally(e);
        }
    }

    /** The driver limits the wait itself; an interrupt is deferred. */
    private Optional<Open<T>> take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return opened.take();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
