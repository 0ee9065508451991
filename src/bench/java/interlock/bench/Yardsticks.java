package interlock.bench;

import java.util.Set;

/** What Interlock is held against. */
final class Yardsticks {
    private final Options options;
    private final Set<String> names;

    /** Takes the names of those that are wanted. */
    Yardsticks(Options options, Set<String> names, Results results) {
        this.options = options;
        this.names = names;
    }

    /** Adds them, started anew. */
    void addTo(Contestants contestants) {
        if (names.contains(Floor.NAME)) {
            contestants.add(new Floor(options.database(), options.batch));
        }
    }
}
