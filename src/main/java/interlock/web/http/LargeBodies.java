package interlock.web.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Limits how many large bodies are in memory at once. A body's tree takes up to 32 times the body's bytes. So all
 * admitted bodies together have at most a 64th of the heap's bytes, and half of the heap remains for everything else. A
 * body is admitted before it is read, and released when its request is answered. A body that does not fit waits
 * briefly, and is then rejected with a request to retry. Thread-safe.
 */
final class LargeBodies {
    static final Key<LargeBodies> KEY = new Key<>("large bodies");

    /** Longer bodies need no more memory, because the number of tokens is limited. */
    private static final int HEAVIEST = BoundedParser.MOST_TOKENS * 5 / 2;

    private static final int SHARE_OF_HEAP = 64;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Semaphore room;
    private final Patience patience;
    private final LongSupplier nanoTime;

    /**
     * Time limits.
     *
     * @param forRoom for admission, before a body is read
     * @param forBody for reading an admitted body
     */
    record Patience(Duration forRoom, Duration forBody) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    LargeBodies(long heap, Patience patience, LongSupplier nanoTime) {
        this.room = new Semaphore(Math.clamp(heap / SHARE_OF_HEAP, HEAVIEST, Integer.MAX_VALUE));
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** The admission of one body. */
    interface Held {
        /** Stops a read that has taken too long, because other bodies wait for admission. */
        void checkTime();

        /** Releases the admission; repeated calls have no effect. */
        void release();
    }

    /** {@return the admission of a small body, which is free} */
    static Held none() {
        return new Held() {
            @Override
            public void checkTime() {}

            @Override
            public void release() {}
        };
    }

    /**
     * {@return the admission of a body of that many bytes, until it is released or the request is answered}
     *
     * @throws Problem when it does not fit in time
     */
    Held admit(Context ctx, long length) {
        int weight = (int) Math.min(length, HEAVIEST);
        if (!acquired(weight)) {
            ctx.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
            throw new Problem(
                    503,
                    "Service Unavailable",
                    "Other large documents are being read, and there is not enough memory for another one. Try again.",
                    List.of());
        }
        Held held = held(weight);
        Request.addCompletionListener(ServletContextRequest.getServletContextRequest(ctx.req()), _ -> held.release());
        return held;
    }

    private boolean acquired(int weight) {
        try {
            return room.tryAcquire(weight, patience.forRoom().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Held held(int weight) {
        AtomicBoolean released = new AtomicBoolean();
        long until = nanoTime.getAsLong() + patience.forBody().toNanos();
        return new Held() {
            @Override
            public void checkTime() {
                if (nanoTime.getAsLong() - until > 0) {
                    throw new Problem(
                            408,
                            "Request Timeout",
                            "The body did not arrive within %d s."
                                    .formatted(patience.forBody().toSeconds()),
                            List.of());
                }
            }

            @Override
            public void release() {
                if (!released.getAndSet(true)) {
                    room.release(weight);
                }
            }
        };
    }
}
