package interlock.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * db-scheduler on PostgreSQL, with one task instance per action. Each action has a counter of unmet parents; a
 * succeeding action decrements the counters of its children and schedules those at zero, in one transaction.
 */
final class DbScheduler implements Contestant {
    static final String NAME = "db-scheduler";

    /** On a few cores, more threads would only wait for each other's commits. */
    private static final int THREADS = 32;

    private static final String SUCCEED = Resources.text("/sql/succeed.sql");

    private final Postgres postgres;
    private final HikariDataSource connections;
    private final Scheduler scheduler;
    private final AtomicReference<CountDownLatch> left = new AtomicReference<>(new CountDownLatch(0));

    private DbScheduler(Postgres postgres) {
        this.postgres = postgres;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.url());
        config.setMaximumPoolSize(THREADS + 4);
        connections = new HikariDataSource(config);
        run(Resources.text("/sql/schema.sql"));
        CompletionHandler<Void> remove = (_, operations) -> {
            operations.remove();
            left.get().countDown();
        };
        CustomTask<Void> action = Tasks.custom("action", Void.class).execute((instance, _) -> {
            succeed(Integer.parseInt(instance.getId()), Instant.now());
            return remove;
        });
        scheduler = Scheduler.create(connections, action)
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofMillis(100))
                .enableImmediateExecution()
                .build();
        scheduler.start();
    }

    static DbScheduler start(Path parent) throws Postgres.Unavailable {
        return new DbScheduler(Postgres.start(parent));
    }

    @Override
    public String name() {
        return NAME;
    }

    private void succeed(int action, Instant started) {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement = connection.prepareStatement(SUCCEED)) {
            statement.setTimestamp(1, Timestamp.from(started));
            statement.setInt(2, action);
            if (statement.executeUpdate() > 0) {
                scheduler.triggerCheckForDueExecutions();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Drained drain(Workload workload) {
        store(workload);
        left.set(new CountDownLatch(workload.size()));
        Duration cpu = cpu();
        long began = System.nanoTime();

        run("INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version) "
                + "SELECT 'action', id::text, now(), false, 1 FROM action WHERE unmet = 0 AND state = 'PENDING'");
        scheduler.triggerCheckForDueExecutions();
        try {
            left.get().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }

        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        return new Drained(workload.size(), wall, cpu().minus(cpu), OptionalLong.empty(), OptionalLong.empty());
    }

    private Duration cpu() {
        return postgres.cpu().plus(Vitals.ownCpu());
    }

    private void store(Workload workload) {
        run("TRUNCATE action, edge");
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement action = connection.prepareStatement("INSERT INTO action VALUES (?, ?, 'PENDING')");
                    PreparedStatement edge = connection.prepareStatement("INSERT INTO edge VALUES (?, ?)")) {
                for (int child = 0; child < workload.size(); child++) {
                    int[] parents = workload.parents().get(child);
                    action.setInt(1, child);
                    action.setInt(2, parents.length);
                    action.addBatch();
                    for (int parent : parents) {
                        edge.setInt(1, parent);
                        edge.setInt(2, child);
                        edge.addBatch();
                    }
                }
                action.executeBatch();
                edge.executeBatch();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        run("ANALYZE");
    }

    private void run(String sql) {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        scheduler.stop();
        connections.close();
        postgres.close();
    }
}
