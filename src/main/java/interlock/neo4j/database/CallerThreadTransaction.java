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
 * Runs what is done in a transaction on the thread that asked for it, while the driver opens, commits and repeats the
 * transaction on threads of its own. So statements may be sent without waiting for those before, which the driver's
 * blocking transactions do not let one do.
 *
 * <p>The queue is what the two sides share: the driver puts a transaction in when one is open, and nothing when all is over.
 */
final class CallerThreadTransaction<T extends @Nullable Object> {
    private final LinkedBlockingQueue<Optional<Open<T>>> opened = new LinkedBlockingQueue<>();
    private final Function<AsyncTransactionContext, T> work;
    private final Duration patience;

    private record Open<T extends @Nullable Object>(AsyncTransactionContext tx, CompletableFuture<T> done) {}

    /**
     * Does some work in a transaction.
     *
     * @param patience how long the end of the transaction is waited for at most; zero: for ever
     */
    CallerThreadTransaction(Function<AsyncTransactionContext, T> work, Duration patience) {
        this.work = work;
        this.patience = patience;
    }

    /**
     * {@return what the work returned when it was committed}
     *
     * @param transactions opens transactions for what it is given, as the driver does, until one is committed
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

    /** The driver has bounds of its own for how long it waits: an interrupt is kept for later. */
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
