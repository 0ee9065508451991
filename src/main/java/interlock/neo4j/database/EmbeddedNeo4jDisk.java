package interlock.neo4j.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.GraphDatabaseSettings.CheckpointPolicy;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.impl.transaction.log.checkpoint.CheckPointer;
import org.neo4j.kernel.impl.transaction.log.checkpoint.SimpleTriggerInfo;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains the disk of the embedded database. Checkpoints write dirty pages and shorten the log: they
 * follow its volume, and when the disk becomes full one is written at once.
 */
final class EmbeddedNeo4jDisk {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedNeo4jDisk.class);

    /** A file that Neo4j creates at its start and never deletes. */
    private static final Path ALWAYS_THERE = Path.of("databases", "store_lock");

    /** The most that all logs take, on a large disk. */
    static final long MOST_LOGS = ByteUnit.mebiBytes(256);

    /** Logs may take about a sixth of a disk, up to {@link #MOST_LOGS}. */
    private static final long PART_OF_DISK = 40;

    private static final long SMALLEST_LOG = ByteUnit.mebiBytes(1);
    private static final long LARGEST_LOG = ByteUnit.mebiBytes(32);

    /**
     * The number of log files that a checkpoint keeps. With the current one, those since the latest checkpoint and those that are
     * written during the next one, there are at most eight.
     */
    private static final int LOGS_KEPT = 3;

    /** The number of log files between two checkpoints. */
    private static final int LOGS_BETWEEN_CHECKPOINTS = 2;

    private final Path data;
    private final DiskSpace disk;
    private final EmbeddedNeo4jHealth health;
    private final GraphDatabaseAPI database;
    private boolean wasFull;
    private boolean failing;

    EmbeddedNeo4jDisk(Path data, DiskSpace disk, EmbeddedNeo4jHealth health, GraphDatabaseAPI database) {
        this.data = data;
        this.disk = disk;
        this.health = health;
        this.database = database;
    }

    /**
     * Logs are pruned at checkpoints only. Therefore checkpoints follow the volume of the log: after a time, as is the default, any
     * volume may have been written.
     */
    static void keepLogs(DatabaseManagementServiceBuilder builder, long diskSize) {
        long size = Math.clamp(diskSize / PART_OF_DISK, SMALLEST_LOG, LARGEST_LOG);
        builder.setConfig(GraphDatabaseSettings.logical_log_rotation_threshold, size)
                .setConfig(GraphDatabaseSettings.keep_logical_logs, "%dk size".formatted(LOGS_KEPT * size / 1024))
                .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                .setConfig(GraphDatabaseSettings.check_point_policy, CheckpointPolicy.VOLUME)
                .setConfig(GraphDatabaseSettings.check_point_interval_volume, LOGS_BETWEEN_CHECKPOINTS * size);
    }

    void look() {
        if (health.end().isPresent()) {
            return;
        }
        if (!Files.exists(data.resolve(ALWAYS_THERE))) {
            health.end("the directory %s of the embedded database has vanished".formatted(data));
            return;
        }
        boolean full = disk.shortage().isPresent();
        try {
            CheckPointer checkpoints = database.getDependencyResolver().resolveDependency(CheckPointer.class);
            if (full && !wasFull) {
                checkpoints.forceCheckPoint(new SimpleTriggerInfo("the disk is full"));
            } else {
                checkpoints.checkPointIfNeeded(new SimpleTriggerInfo("the log is long enough"));
            }
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                log.warn("cannot write a checkpoint: {}. Retrying every second", e.toString());
            }
            failing = true;
        }
        wasFull = full;
    }
}
