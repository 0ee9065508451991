package interlock.web.v1;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.HeadAsGet;
import interlock.web.http.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The changes of a plan as Server-Sent Events: one event per revision, whose id is the revision's number. A client
 * first reads the revisions it has missed from the graph, and then receives those that are sent to all followers. A
 * slow client delays no other client: events that do not fit its mailbox are read from the graph later, and a client
 * that reads nothing is disconnected by the server's idle time-out.
 */
public final class EventStream {
    /** How long a client waits before it reconnects. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** The interval of heartbeats, which reveal lost connections. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** How long a client waits for a slot to catch up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int BATCH = 200;

    /** How many clients catch up at once. The others wait, so that other requests get connections to the database. */
    private static final int CATCHING_UP = 8;

    private static final int RETRY_AFTER_SECONDS = 10;

    private final PlanReader reader;
    private final PlanSubscriptions subscriptions;
    private final PlanEvent.Encoding encoding = new PlanEvent.Encoding();
    private final Semaphore catchingUp = new Semaphore(CATCHING_UP, true);

    /**
     * Creates the stream.
     *
     * @param reader reads the stored revisions
     * @param subscriptions sends the new ones
     */
    public EventStream(PlanReader reader, PlanSubscriptions subscriptions) {
        this.reader = reader;
        this.subscriptions = subscriptions;
    }

    /**
     * Sends the changes after a revision until the client disconnects. Occupies the request's thread.
     *
     * @param known throws if there is no such plan
     */
    void send(Context ctx, UUID plan, long after, Supplier<?> known) throws IOException {
        try (Subscription subscription = subscribe(ctx, plan)) {
            inTurn(known);
            ctx.contentType("text/event-stream; charset=utf-8");
            ctx.header("Cache-Control", "no-store");
            ctx.header("X-Accel-Buffering", "no");
            if (HeadAsGet.headersOnly(ctx)) {
                return;
            }
            follow(ctx.res().getOutputStream(), subscription, after);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (GraphUnavailable e) {
            // a client that has received events would misread an error answer; when the stream ends, it reconnects
            if (!ctx.res().isCommitted()) {
                ctx.res().resetBuffer();
                throw e;
            }
        }
    }

    private Subscription subscribe(Context ctx, UUID plan) {
        return subscriptions.follow(plan).orElseThrow(() -> {
            ctx.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
            return Problem.tooManyRequests(
                    "Too many clients are following this plan, or plans in total; try again later.");
        });
    }

    private void follow(OutputStream out, Subscription subscription, long after)
            throws IOException, InterruptedException {
        write(out, "retry: %d\n\n".formatted(RETRY.toMillis()));
        long sent = after;
        while (!subscription.isCutOff()) {
            if (subscription.catchUp()) {
                sent = catchUp(out, subscription.plan(), sent);
            }
            for (PlanEvent event : subscription.take()) {
                sent = write(out, event, sent);
            }
            // also sends the headers to a client without missed events
            out.flush();
            if (!subscription.await(HEARTBEAT)) {
                write(out, ": still here\n\n");
            }
        }
    }

    private long catchUp(OutputStream out, UUID plan, long after) throws IOException, InterruptedException {
        long sent = after;
        List<RevisionEntity> revisions;
        do {
            long from = sent;
            revisions = inTurn(() -> reader.revisions(plan, from, BATCH));
            for (RevisionEntity revision : revisions) {
                sent = write(out, encoding.event(revision), sent);
            }
        } while (revisions.size() == BATCH);
        return sent;
    }

    private <T> T inTurn(Supplier<T> read) throws InterruptedException {
        if (!catchingUp.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new GraphUnavailable("too many clients are waiting for it", new TimeoutException());
        }
        try {
            return read.get();
        } finally {
            catchingUp.release();
        }
    }

    /**
     * Writes an event, unless it was sent already.
     *
     * @return the number of the last event sent
     */
    private static long write(OutputStream out, PlanEvent event, long sent) throws IOException {
        if (event.number() <= sent) {
            return sent;
        }
        event.writeTo(out);
        return event.number();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
