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
 * What a start waits for. It tells every few seconds, so that a slow start is not taken for a dead one, and asks a database that
 * does not answer again: the embedded one for as long as it takes, a server for a time.
 *
 * <p>One thread starts the service; another one calls {@link #tell}.
 */
final class Startup {
    /** How often it is told what is waited for. */
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
     * Begins.
     *
     * @param lines where it is told what is waited for
     * @param patience how long a database may take to answer; empty if it is the embedded one, which does in the end
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
     * {@return what {@code work} returns} It is done again while the database does not answer.
     *
     * @param what what it is, as in "migrating the schema"
     * @throws GraphUnavailable when the database has not answered for too long, or does not let Interlock in
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

    /** As above, for work that returns nothing. */
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

    /** The service is up: nothing more is told. */
    void over() {
        step = null;
    }

    /** Tells what is waited for. */
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
