package interlock.bench;

import interlock.clients.DebianPackages;
import java.util.Set;

/**
 * The systems that Interlock is compared with. Systems that cannot run on this machine are skipped, with a note in the
 * results.
 */
final class Yardsticks {
    private final Options options;
    private final Set<String> names;
    private final Results results;

    /**
     * Creates the selected systems.
     *
     * @param names their names
     */
    Yardsticks(Options options, Set<String> names, Results results) {
        this.options = options;
        this.names = names;
        this.results = results;
    }

    /** Starts the systems and adds them. */
    void addTo(Contestants contestants, int largest) {
        if (names.contains(Floor.NAME)) {
            contestants.add(new Floor(options.database(), options.batch));
        }
        if (names.contains(DbScheduler.NAME)) {
            try {
                contestants.add(DbScheduler.start(options.out));
            } catch (Postgres.Unavailable e) {
                results.note("%s is skipped: %s.".formatted(DbScheduler.NAME, e.getMessage()));
            }
        }
        if (names.contains(TaskFlow.NAME)) {
            addTaskFlow(contestants, largest);
        }
    }

    private void addTaskFlow(Contestants contestants, int largest) {
        if (largest > options.taskFlowLimit) {
            results.note("%s is skipped beyond %,d actions, because it would take hours."
                    .formatted(TaskFlow.NAME, options.taskFlowLimit));
            return;
        }
        try {
            contestants.add(TaskFlow.start(options.out));
        } catch (DebianPackages.Unavailable e) {
            results.note("%s is skipped: %s".formatted(TaskFlow.NAME, e.getMessage()));
        }
    }
}
