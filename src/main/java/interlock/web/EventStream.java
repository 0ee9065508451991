package interlock.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.neo4j.PlanReader;
import interlock.neo4j.entity.RevisionEntity;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * A plan's changes as Server-Sent Events: one event for each revision, its id the revision's number. The revisions are
 * kept in the graph, and each client reads on from where it is: a slow client holds up nobody, and one that comes back
 * with {@code Last-Event-ID} misses nothing.
 */
public final class EventStream {
    /** How long a client waits before it comes back after a lost connection. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How often changes are looked for that another process has made. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** How often something is sent, so that a lost connection is found out. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final int BATCH = 200;

    private final PlanReader reader;
    private final Changes changes;
    private final ObjectMapper json;
    private final InstantSource clock;

    /** Takes where the revisions are kept, and who says that there is a new one. */
    public EventStream(PlanReader reader, Changes changes, InstantSource clock) {
        this.reader = reader;
        this.changes = changes;
        this.json = WebServer.json();
        this.clock = clock;
    }

    /** Sends what changes after a revision, until the client has gone. Keeps the request's thread. */
    void send(Context ctx, UUID plan, long after) throws IOException {
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Accel-Buffering", "no");
        Signal signal = new Signal();
        changes.follow(plan, signal);
        try {
            follow(ctx.res().getOutputStream(), plan, after, signal);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (GraphUnavailable e) {
            // who has events already would take a problem for one; the end of the stream makes it come back
            if (!ctx.res().isCommitted()) {
                ctx.res().resetBuffer();
                throw e;
            }
        } finally {
            changes.unfollow(plan, signal);
        }
    }

    private void follow(OutputStream out, UUID plan, long after, Signal signal)
            throws IOException, InterruptedException {
        write(out, "retry: %d\n\n".formatted(RETRY.toMillis()));
        long sent = after;
        Instant lastSent = clock.instant();
        while (true) {
            List<RevisionEntity> revisions = reader.revisions(plan, sent, BATCH);
            for (RevisionEntity revision : revisions) {
                write(out, event(revision));
                sent = revision.number();
            }
            if (revisions.isEmpty() && clock.instant().isBefore(lastSent.plus(HEARTBEAT))) {
                // also the first answer to a client that has nothing to catch up with
                out.flush();
                signal.await(POLL);
                continue;
            }
            if (revisions.isEmpty()) {
                write(out, ": still here\n\n");
            }
            lastSent = clock.instant();
            out.flush();
        }
    }

    private String event(RevisionEntity revision) throws IOException {
        return "id: %d\nevent: change\ndata: %s\n\n"
                .formatted(revision.number(), json.writeValueAsString(Wire.Change.of(revision)));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
