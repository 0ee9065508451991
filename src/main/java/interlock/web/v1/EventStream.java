package interlock.web.v1;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.neo4j.entity.RevisionEntity;
import interlock.neo4j.view.PlanReader;
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
 * A plan's changes as Server-Sent Events: one event for each revision, its id the revision's number. A client reads what it has missed
 * from the graph, where revisions are kept; from then on it is sent what all followers are sent. A slow client holds up nobody:
 * what does not fit its mailbox it reads from the graph later, and one that takes nothing is cut off by the server's
 * idle time-out.
 */
public final class EventStream {
    /** How long a client waits before it comes back after a lost connection. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How often something is sent, so that a lost connection is found out. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** How long a client waits for its turn to catch up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int BATCH = 200;

    /** How many clients catch up at once: the others wait, and leave the connections to the database to other requests. */
    private static final int CATCHING_UP = 8;

    private static final int RETRY_AFTER_SECONDS = 10;

    private final PlanReader reader;
    private final PlanSubscriptions subscriptions;
    private final PlanEvent.Encoding encoding = new PlanEvent.Encoding();
    private final Semaphore catchingUp = new Semaphore(CATCHING_UP, true);

    /** Takes where the revisions are kept, and who sends new ones. */
    public EventStream(PlanReader reader, PlanSubscriptions subscriptions) {
        this.reader = reader;
        this.subscriptions = subscriptions;
    }

    /**
     * Sends what changes after a revision, until the client has gone. Keeps the request's thread.
     *
     * @param known looks whether there is such a plan
     */
    void send(Context ctx, UUID plan, long after, Supplier<?> known) throws IOException {
        try (Subscription subscription = subscribe(ctx, plan)) {
            inTurn(known);
            ctx.contentType("text/event-stream; charset=utf-8");
            ctx.header("Cache-Control", "no-store");
            ctx.header("X-Accel-Buffering", "no");
            follow(ctx.res().getOutputStream(), subscription, after);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (GraphUnavailable e) {
            // who has events already would take a problem for one; the end of the stream makes it come back
            if (!ctx.res().isCommitted()) {
                ctx.res().resetBuffer();
                throw e;
            }
        }
    }

    private Subscription subscribe(Context ctx, UUID plan) {
        return subscriptions.follow(plan).orElseThrow(() -> {
            ctx.header("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
            return Problem.tooManyRequests("Too many clients follow plans already, or this plan; try again later.");
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
            // also the first answer to a client that has nothing to catch up with
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
            throw new GraphUnavailable("too many clients wait for it", new TimeoutException());
        }
        try {
            return read.get();
        } finally {
            catchingUp.release();
        }
    }

    /** Leaves out what was sent already. */
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
