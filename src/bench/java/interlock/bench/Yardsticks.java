package interlock.bench;

import interlock.clients.DebianPackages;
import java.util.Set;

/** What Interlock is held against. One that cannot be had is left out, and the results say so. */
final class Yardsticks {
    private final Options options;
    private final Set<String> names;
    private final Results results;

    /** Takes the names of those that are wanted. */
    Yardsticks(Options options, Set<String> names, Results results) {
        this.options = options;
        this.names = names;
        this.results = results;
    }

    /** Adds them, started anew. */
    void addTo(Contestants contestants, int largest) {
        if (names.contains(Floor.NAME)) {
            contestants.add(new Floor(options.database(), options.batch));
        }
        if (names.contains(DbScheduler.NAME)) {
            try {
                contestants.add(DbScheduler.start(options.out));
            } catch (Postgres.Unavailable e) {
                results.note("%s is left out: %s.".formatted(DbScheduler.NAME, e.getMessage()));
            }
        }
        if (names.contains(TaskFlow.NAME)) {
            addTaskFlow(contestants, largest);
        }
    }

    private void addTaskFlow(Contestants contestants, int largest) {
        if (largest > options.taskFlowLimit) {
            results.note("%s is left out beyond %,d actions: it would take hours."
                    .formatted(TaskFlow.NAME, options.taskFlowLimit));
            return;
        }
        try {
            contestants.add(TaskFlow.start(options.out));
        } catch (DebianPackages.Unavailable e) {
            results.note("%s is left out: %s".formatted(TaskFlow.NAME, e.getMessage()));
        }
    }
}
