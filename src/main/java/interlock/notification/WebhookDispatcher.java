package interlock.notification;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.applier.WorkerThreads;
import interlock.model.StackTraceOnly;
import interlock.neo4j.store.WebhookStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all webhooks, each on a thread of its own: one whose receiver is slow or away holds up no other.
 *
 * <p>One thread, the driver, looks for webhooks that there is something to tell. Those that are being told by this process are
 * kept in a concurrent set: the driver puts them in, the thread that has told them takes them out. Whether changes of audits are
 * being given their places is kept in the same way.
 */
public final class WebhookDispatcher {
    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);

    /** How often it is looked for what other processes have changed. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The shortest time between two looks, however much changes. */
    private static final Duration BREATH = Duration.ofMillis(100);

    private final WebhookStore store;
    private final Delivery delivery;
    private final WorkerThreads workers;
    private final Signal changed;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ordering = new AtomicBoolean();

    /** Takes where webhooks are kept, who tells one, on what threads, and what says that something has changed. */
    public WebhookDispatcher(WebhookStore store, Delivery delivery, WorkerThreads workers, Signal changed) {
        this.store = store;
        this.delivery = delivery;
        this.workers = workers;
        this.changed = changed;
    }

    /** Tells webhooks until the thread is interrupted. */
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                step();
                changed.await(POLL);
                workers.sleeper().sleep(BREATH);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        try {
            if (ordering.compareAndSet(false, true)) {
                workers.executor().execute(this::order);
            }
            for (String webhook : store.due()) {
                if (busy.add(webhook)) {
                    workers.executor().execute(() -> tell(webhook));
                }
            }
        } catch (GraphUnavailable e) {
            log.debug("webhooks are told nothing now: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("webhooks are told nothing now; it is tried again", StackTraceOnly.of(e));
        }
    }

    /** On a thread of its own: it waits for the gate, and telling does not. */
    private void order() {
        try {
            if (store.orderAuditChanges()) {
                changed.raise();
            }
        } catch (GraphUnavailable e) {
            log.debug("webhooks are not told of audits now: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("webhooks are not told of audits now; it is tried again", StackTraceOnly.of(e));
        } finally {
            ordering.set(false);
        }
    }

    private void tell(String webhook) {
        try {
            delivery.run(webhook);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (GraphUnavailable e) {
            log.debug("webhook {} is told nothing now: {}", webhook, e.getMessage());
        } catch (RuntimeException e) {
            log.warn("cannot tell webhook {} what has happened; it is tried again", webhook, StackTraceOnly.of(e));
        } finally {
            busy.remove(webhook);
            changed.raise();
        }
    }
}
