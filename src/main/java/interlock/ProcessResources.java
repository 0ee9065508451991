package interlock;

import interlock.model.StackTraceOnly;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources of the process, closed in reverse order, and the only factory of threads. Used by the thread that
 * starts the service, and by the one that closes it.
 */
final class ProcessResources implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProcessResources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** {@return the resource, which is closed with the others} */
    <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** A single thread. It is not interrupted at the end, because it may be in the middle of a transaction. */
    ScheduledExecutorService thread(String name) {
        return add(Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory()));
    }

    /** A single thread, interrupted at the end. */
    ScheduledExecutorService interruptedThread(String name) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        add(thread::shutdownNow);
        return thread;
    }

    /** A virtual thread for each task; all are interrupted at the end. */
    ExecutorService virtualThreads(String name) {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name, 1).factory());
        add(threads::shutdownNow);
        return threads;
    }

    /** A platform thread for each task; all are interrupted at the end. */
    ExecutorService platformThreads(String name) {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name(name, 1).daemon().factory());
        add(threads::shutdownNow);
        return threads;
    }

    /** A fixed number of threads, not interrupted at the end. */
    ExecutorService pool(int threads, String name) {
        return add(Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name(name, 1).factory()));
    }

    /** Starts a thread. At the end, it is stopped with {@code stop} and awaited. */
    void run(String name, Runnable task, Consumer<Thread> stop) {
        Thread thread = Thread.ofPlatform().name(name).start(task);
        add(() -> {
            stop.accept(thread);
            thread.join();
        });
    }

    /** Repeats a task with a fixed delay; a failure is logged and does not end the repetition. */
    void repeat(ScheduledExecutorService thread, Runnable task, Duration every) {
        Runnable safe = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.warn("a repeated task failed; it continues", StackTraceOnly.of(e));
            }
        };
        var repeated = thread.scheduleWithFixedDelay(safe, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        add(() -> repeated.cancel(false));
    }

    /**
     * {@return threads for requests: a virtual thread for each request}
     *
     * @param name the name of the pool
     * @param each the prefix of the threads' names
     */
    static QueuedThreadPool requestThreads(String name, String each) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName(name);
        threads.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(each, 1).factory()));
        return threads;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                log.warn("cannot close cleanly", StackTraceOnly.of(e));
            }
        }
    }
}
