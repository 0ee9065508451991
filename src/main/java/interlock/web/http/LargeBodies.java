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
 * How many large bodies are held in memory at once. A tree of a body takes up to 32 times the body's bytes; so all that are held
 * have at most a 64th of the heap's bytes, and half of the heap stays for everybody else. A body has its room from before it is read
 * until its request is answered. Those that find none wait a little, then they are to come again.
 */
final class LargeBodies {
    static final Key<LargeBodies> KEY = new Key<>("large bodies");

    /** Of more bytes than these there are no more tokens: the number of tokens is bounded. */
    private static final int HEAVIEST = BoundedParser.MOST_TOKENS * 5 / 2;

    private static final int SHARE_OF_HEAP = 64;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Semaphore room;
    private final Patience patience;
    private final LongSupplier nanoTime;

    /**
     * How long is waited.
     *
     * @param forRoom before a body is read
     * @param forBody for all of a body that has room
     */
    record Patience(Duration forRoom, Duration forBody) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    LargeBodies(long heap, Patience patience, LongSupplier nanoTime) {
        this.room = new Semaphore(Math.clamp(heap / SHARE_OF_HEAP, HEAVIEST, Integer.MAX_VALUE));
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** Room for one body. */
    interface Held {
        /** Refuses to go on reading when that has taken too long: others wait for the room. */
        void checkTime();

        /** Gives the room back, if that has not been done. */
        void release();
    }

    /** {@return no room, which costs nothing} */
    static Held none() {
        return new Held() {
            @Override
            public void checkTime() {}

            @Override
            public void release() {}
        };
    }

    /** {@return room for a body of so many bytes, until it is released or the request is answered} */
    Held admit(Context ctx, long length) {
        int weight = (int) Math.min(length, HEAVIEST);
        if (!acquired(weight)) {
            ctx.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
            throw new Problem(
                    503,
                    "Service Unavailable",
                    "Other large documents are being read, and there is no memory for more; try again.",
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
