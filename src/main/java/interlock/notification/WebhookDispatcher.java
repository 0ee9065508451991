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
 * Delivers events to all webhooks, each on a thread of its own, so that a slow receiver delays no other.
 *
 * <p>One thread, the driver, looks for webhooks with pending events. The webhooks with a running delivery are in a
 * concurrent set: the driver adds them, the delivering thread removes them. An atomic flag marks a running {@link
 * #order} in the same way.
 */
public final class WebhookDispatcher {
    private static final Logger log = LoggerFactory.getLogger(WebhookDispatcher.class);

    /** The time between checks for changes by other processes. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The minimum time between two checks. */
    private static final Duration BREATH = Duration.ofMillis(100);

    private final WebhookStore store;
    private final Delivery delivery;
    private final WorkerThreads workers;
    private final Signal changed;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ordering = new AtomicBoolean();

    /** Creates a dispatcher. {@code changed} is raised when there may be new events. */
    public WebhookDispatcher(WebhookStore store, Delivery delivery, WorkerThreads workers, Signal changed) {
        this.store = store;
        this.delivery = delivery;
        this.workers = workers;
        this.changed = changed;
    }

    /** Delivers events until the thread is interrupted. */
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
            log.debug("webhook deliveries are suspended: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("webhook deliveries are suspended; retrying", StackTraceOnly.of(e));
        }
    }

    /** Runs on a thread of its own, because it waits for the gate and deliveries must not. */
    private void order() {
        try {
            if (store.orderAuditChanges()) {
                changed.raise();
            }
        } catch (GraphUnavailable e) {
            log.debug("webhook deliveries of audit events are suspended: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.error("webhook deliveries of audit events are suspended; retrying", StackTraceOnly.of(e));
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
            log.debug("deliveries to webhook {} are suspended: {}", webhook, e.getMessage());
        } catch (RuntimeException e) {
            log.warn("cannot deliver events to webhook {}; retrying", webhook, StackTraceOnly.of(e));
        } finally {
            busy.remove(webhook);
            changed.raise();
        }
    }
}
