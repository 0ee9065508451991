package interlock.neo4j.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.TransactionConfig;

/**
 * The running reads that have a {@link ReadCaller}. Each transaction carries a unique name, by which it can be found in
 * the database.
 *
 * <p>Reading threads add and remove their reads; one thread periodically looks for those whose callers have gone.
 */
final class RunningReads {
    private static final String NAME = "read";

    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private static final class Running {
        private final BooleanSupplier gone;
        private boolean seen;

        Running(BooleanSupplier gone) {
            this.gone = gone;
        }
    }

    /** {@return the result of {@code read}, which receives the configuration of its transaction} */
    <T extends @Nullable Object> T during(Duration timeout, Function<TransactionConfig, T> read) {
        TransactionConfig.Builder config = TransactionConfig.builder().withTimeout(timeout);
        if (!ReadCaller.GONE.isBound()) {
            return read.apply(config.build());
        }
        String name = UUID.randomUUID().toString();
        running.put(name, new Running(ReadCaller.GONE.get()));
        try {
            return read.apply(config.withMetadata(Map.of(NAME, name)).build());
        } finally {
            running.remove(name);
        }
    }

    /** {@return the names of reads that were already running at the previous call and whose callers have gone} */
    List<String> abandoned() {
        return running.entrySet().stream()
                .filter(each -> lasts(each.getValue()) && each.getValue().gone.getAsBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean lasts(Running read) {
        boolean lasts = read.seen;
        read.seen = true;
        return lasts;
    }
}
