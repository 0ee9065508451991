package interlock.fault;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A request that the {@link World} holds until a test lets it go, or drops it. */
final class Held {
    private static final long PATIENCE_SECONDS = 360;

    private final Predicate<String> request;
    private final CompletableFuture<String> arrived = new CompletableFuture<>();
    private final CompletableFuture<Boolean> decided = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Held(Predicate<String> request) {
        this.request = request;
    }

    boolean catches(String arriving) {
        return request.test(arriving) && arrived.complete(arriving);
    }

    /** {@return whether the request is to be worked on} Waits until a test has decided. */
    boolean letGo() {
        return decided.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    void end() {
        ended.complete(null);
    }

    /** Waits until the request has arrived. */
    void await() {
        arrived.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean hasArrived() {
        return arrived.isDone();
    }

    /** Lets its work be done, whether or not anybody hears the answer. */
    void release() {
        decide(true);
    }

    /** Lets nothing come of it. */
    void drop() {
        decide(false);
    }

    /** Lets its work be done, or nothing come of it. Returns when that is so. */
    void decide(boolean work) {
        decided.complete(work);
        ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
