package interlock;

import interlock.applier.PlanGraph.GraphUnavailable;
import interlock.applier.WorkerThreads.Sleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.SecurityException;

/**
 * The progress of the start. Reports every few seconds what it is waiting for, so that a slow start is not mistaken for
 * a hang. Retries while the database is unreachable: an embedded one without limit, a server until a time-out.
 *
 * <p>One thread starts the service; another one calls {@link #tell}.
 */
final class Startup {
    /** How often the progress is reported. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private static final String OTHERWISE = "starting the service";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final Consumer<String> lines;
    private final Optional<Duration> patience;
    private final long began;
    private volatile @Nullable Step step;

    private record Step(String what, long began, String lately) {}

    /**
     * Begins the start.
     *
     * @param lines receives the progress reports
     * @param patience how long a database server may be unreachable; empty for the embedded database
     */
    Startup(LongSupplier nanoTime, Sleeper sleeper, Consumer<String> lines, Optional<Duration> patience) {
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
        this.lines = lines;
        this.patience = patience;
        this.began = nanoTime.getAsLong();
        this.step = new Step(OTHERWISE, began, "");
    }

    /**
     * {@return the result of {@code work}, which is retried while the database is unreachable}
     *
     * @param what a description for progress reports, such as "migrating the schema"
     * @throws GraphUnavailable when the database is unreachable for too long, or rejects the credentials
     */
    <T extends @Nullable Object> T during(String what, Supplier<T> work) {
        Step first = new Step(what, nanoTime.getAsLong(), "");
        step = first;
        OptionalLong failing = OptionalLong.empty();
        try {
            while (true) {
                try {
                    return work.get();
                } catch (GraphUnavailable e) {
                    long now = nanoTime.getAsLong();
                    failing = OptionalLong.of(failing.orElse(now));
                    if (e.getCause() instanceof SecurityException || isOver(now - failing.getAsLong())) {
                        throw e;
                    }
                    step = new Step(what, first.began(), "; " + firstLine(e));
                    pause(e);
                }
            }
        } finally {
            step = new Step(OTHERWISE, began, "");
        }
    }

    /** As above, for work without a result. */
    void during(String what, Runnable work) {
        during(what, () -> {
            work.run();
            return null;
        });
    }

    private boolean isOver(long nanos) {
        return patience.filter(it -> nanos >= it.toNanos()).isPresent();
    }

    private void pause(GraphUnavailable e) {
        try {
            sleeper.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    /** Ends the progress reports, because the service is up. */
    void over() {
        step = null;
    }

    /** Reports what the start is waiting for. */
    void tell() {
        Step now = step;
        if (now != null) {
            long seconds = Duration.ofNanos(nanoTime.getAsLong() - now.began()).toSeconds();
            lines.accept("%s (%d s so far%s)".formatted(now.what(), seconds, now.lately()));
        }
    }

    private static String firstLine(GraphUnavailable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
