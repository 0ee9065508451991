package interlock;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.Signal;
import interlock.model.StackTraceOnly;
import interlock.neo4j.retention.PurgeStore;
import interlock.neo4j.retention.PurgeWorker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Removes what is old: plans whose retention time has passed or that a purge selects, and dead appliers. */
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Duration retention;
    private final PurgeStore store;
    private final Signal purges = new Signal();

    /**
     * Announces the retention time, and starts the threads.
     *
     * @param holder the name of this process, under which it claims purges
     */
    Retention(Duration retention, Startup startup, ProcessResources resources, Database database, String holder) {
        this.retention = retention;
        this.store = new PurgeStore(database.requests());
        if (database.embedded().isPresent()) {
            startup.during("releasing purges", store::releaseAll); // a process that has ended may still hold some
        }
        if (!retention.isZero()) {
            startup.during("announcing the retention time", this::announce);
        }
        PurgeWorker worker = new PurgeWorker(database.purging(), holder, Thread::sleep, System::nanoTime, purges);
        resources.run("purge", worker::run, Thread::interrupt);
        resources.repeat(resources.thread("retention"), this::sweep, SWEEP);
    }

    private void announce() {
        PurgeStore.Announcement announced = store.announce(retention);
        if (announced.begun()) {
            log.info("ended plans are kept for {}", words());
        } else {
            log.atLevel(announced.plans() > 0 ? Level.WARN : Level.INFO)
                    .log(
                            "ended plans are kept for {}; older ones, now {}, are removed from {} on. --retention 0 keeps all",
                            words(),
                            announced.plans(),
                            announced.beginsAt());
        }
    }

    private String words() {
        Duration days = Duration.ofDays(retention.toDays());
        return days.equals(retention) ? "%d days".formatted(days.toDays()) : retention.toString();
    }

    private void sweep() {
        try {
            store.sweep();
            if (!retention.isZero()) {
                store.purgeOld(retention).ifPresent(purge -> {
                    log.info(
                            "purge {} removes {} plans that ended more than {} ago",
                            purge.uuid(),
                            purge.total().plans(),
                            words());
                    purges.raise();
                });
            }
        } catch (GraphUnavailable e) {
            log.warn("cannot remove old plans and appliers: {}. Retrying in a minute", e.getMessage());
        } catch (RuntimeException e) {
            log.error("removing old plans and appliers failed; retrying in a minute", StackTraceOnly.of(e));
        }
    }

    /** {@return the stored purges} */
    PurgeStore store() {
        return store;
    }

    /** Announces a new purge. */
    void changed() {
        purges.raise();
    }
}
