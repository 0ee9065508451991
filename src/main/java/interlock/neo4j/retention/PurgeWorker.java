package interlock.neo4j.retention;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.applier.WorkerThreads;
import interlock.model.StackTraceOnly;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out purges, one after the other, in small transactions with pauses, so that running plans hardly notice. One
 * thread drives it.
 *
 * <p>One service at a time carries out a purge: it claims the purge for a while, and each of its transactions checks
 * the claim's fencing token. After the end of that service another one goes on where it was: what is left is in the
 * graph.
 */
public final class PurgeWorker {
    private static final Logger log = LoggerFactory.getLogger(PurgeWorker.class);
    private static final Cypher ONGOING = Cypher.of("retention/ongoing");
    private static final Cypher CLAIM = Cypher.of("retention/claim");

    /** The time between checks for purges of other services. */
    private static final Duration POLL = Duration.ofSeconds(5);

    /** The duration of a claim without progress. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** How long a purge waits for webhooks after it has removed everything else. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS_AT_WEBHOOKS = Duration.ofMillis(500);

    /** While plans run, the pause after a transaction is this many times as long as the transaction. */
    private static final int PAUSE = 4;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Transactions graph;
    private final String holder;
    private final WorkerThreads.Sleeper sleeper;
    private final LongSupplier nanoTime;
    private final Signal changed;

    /**
     * Creates a worker.
     *
     * @param graph for any thread, also one that is interrupted
     * @param holder the name of this process, under which it claims purges
     * @param changed raised when there may be a new purge
     */
    public PurgeWorker(
            Transactions graph, String holder, WorkerThreads.Sleeper sleeper, LongSupplier nanoTime, Signal changed) {
        this.graph = graph;
        this.holder = holder;
        this.sleeper = sleeper;
        this.nanoTime = nanoTime;
        this.changed = changed;
    }

    /** Carries out purges until the thread is interrupted. */
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                safely();
                changed.await(POLL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void safely() throws InterruptedException {
        try {
            step();
        } catch (GraphUnavailable e) {
            log.debug("purges are suspended: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("purges are suspended; retrying", StackTraceOnly.of(e));
        }
    }

    /** Carries out the purges that go on now and that no other service carries out, to their end. */
    public void step() throws InterruptedException {
        for (String purge : graph.read(
                tx -> tx.run(ONGOING, Map.of()).list(row -> row.get("uuid").asString()))) {
            List<PurgeClaim> claims =
                    graph.write(tx -> tx.run(CLAIM, Map.of("uuid", purge, "holder", holder, "lease", LEASE))
                            .list(row -> PurgeClaim.of(row.get("purge"))));
            if (!claims.isEmpty()) {
                carryOut(claims.getFirst());
            }
        }
    }

    private void carryOut(PurgeClaim claim) throws InterruptedException {
        PurgeSteps steps = new PurgeSteps(graph, claim, nanoTime);
        long progressed = nanoTime.getAsLong();
        try {
            while (true) {
                long began = nanoTime.getAsLong();
                PurgeSteps.Done done = steps.next();
                long ended = nanoTime.getAsLong();
                switch (done) {
                    case PurgeSteps.Done.Removed(boolean busy) -> {
                        progressed = ended;
                        pause(busy ? Duration.ofNanos((ended - began) * PAUSE) : SHORTEST_PAUSE);
                    }
                    case PurgeSteps.Done.Nothing(long kept) -> {
                        boolean waits = kept > 0 && ended - progressed < PATIENCE.toNanos();
                        if (!waits) {
                            steps.end(kept);
                            log.info("purge {} has ended{}", claim.uuid(), kept > 0 ? keeps(kept) : "");
                            return;
                        }
                        steps.goOn();
                        pause(BETWEEN_LOOKS_AT_WEBHOOKS);
                    }
                }
            }
        } catch (PurgeSteps.ClaimLost _) {
            log.info("purge {} is carried out by another service", claim.uuid());
        }
    }

    private static String keeps(long kept) {
        return "; it has kept %d plans, because not all webhooks were told about their changes".formatted(kept);
    }

    private void pause(Duration duration) throws InterruptedException {
        Duration atMost = duration.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : duration;
        sleeper.sleep(atMost.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : atMost);
    }
}
