package interlock.neo4j.database;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.DatabaseStateService;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the embedded database, whose last process may have died during a write, for example on a full disk.
 *
 * <p>Neo4j recovers committed data from its transaction log. It cuts off everything after the last complete record and
 * keeps that in an archive beside the database. If it suspects more than an interrupted write, it does so only on
 * request. This class makes the request if the log is unreadable, but never for I/O errors of the disk, because the log
 * may be intact then.
 */
final class EmbeddedNeo4jRecovery {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedNeo4jRecovery.class);
    private static final List<String> DATABASES =
            List.of(GraphDatabaseSettings.DEFAULT_DATABASE_NAME, GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
    private static final String CUT_OFF = "corrupted-neostore.transaction.db";
    private static final String INDEX_CLEANUP = "neo4j.IndexCleanup-";
    private static final String UNREADABLE_LOG = "Error reading transaction logs";

    private final Path data;
    private final DatabaseManagementServiceBuilder builder;

    /** A server, and why its database cannot be opened, if so. */
    record Opened(DatabaseManagementService server, Optional<Throwable> failure) {}

    EmbeddedNeo4jRecovery(Path data, DatabaseManagementServiceBuilder builder) {
        this.data = data;
        this.builder = builder;
    }

    Opened open() {
        Set<Path> before = cutOff();
        Opened opened = openAnyLog();
        Set<Path> dropped = cutOff();
        dropped.removeAll(before);
        dropped.forEach(archive -> log.warn(
                "the end of the transaction log in {} was dropped after its last complete record: an unfinished write that was never"
                        + " acknowledged, unless the log is damaged. It is kept in {}",
                data,
                archive));
        return opened;
    }

    private Opened openAnyLog() {
        Optional<Throwable> unreadable;
        try {
            Opened opened = build();
            unreadable = opened.failure().filter(EmbeddedNeo4jRecovery::isUnreadableLog);
            if (unreadable.isEmpty()) {
                return opened;
            }
            shutDown(opened.server());
        } catch (RuntimeException e) { // the server does not start without the system database
            if (!isUnreadableLog(e)) {
                throw e;
            }
            unreadable = Optional.of(e);
        }
        log.warn(
                "the transaction log in {} cannot be read to its end ({}): recovering the part before the error",
                data,
                root(unreadable.get()));
        builder.setConfig(GraphDatabaseInternalSettings.fail_on_corrupted_log_files, false);
        return build();
    }

    /**
     * Shuts down a server one of whose databases cannot be opened. The job that was to clean up that database's indexes waits for work
     * that never comes, and Neo4j waits 30 s for the job; an interrupt ends it.
     */
    private static void shutDown(DatabaseManagementService server) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(INDEX_CLEANUP))
                .forEach(Thread::interrupt);
        server.shutdown();
    }

    private Opened build() {
        DatabaseManagementService server = builder.build();
        // The server starts even if a database cannot be opened.
        DatabaseStateService<?> states = ((GraphDatabaseAPI)
                        server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME))
                .getDependencyResolver()
                .resolveDependency(DatabaseStateService.class);
        GraphDatabaseAPI database = (GraphDatabaseAPI) server.database(GraphDatabaseSettings.DEFAULT_DATABASE_NAME);
        return new Opened(server, states.causeOfFailure(database.databaseId()));
    }

    private static boolean isUnreadableLog(Throwable failure) {
        return causes(failure)
                        .anyMatch(cause -> String.valueOf(cause.getMessage()).startsWith(UNREADABLE_LOG))
                && causes(failure).noneMatch(EmbeddedNeo4jRecovery::isOfTheDisk);
    }

    /**
     * Neo4j's own exceptions and the end of a file are caused by the content of the log; other I/O exceptions by the
     * disk.
     */
    private static boolean isOfTheDisk(Throwable cause) {
        return cause instanceof UncheckedIOException
                || (cause instanceof IOException
                        && !(cause instanceof EOFException)
                        && cause.getClass().getPackageName().startsWith("java."));
    }

    private Set<Path> cutOff() {
        Set<Path> archives = new HashSet<>();
        for (String name : DATABASES) {
            Path folder = data.resolve("databases").resolve(name).resolve(CUT_OFF);
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                archives.addAll(files.collect(Collectors.toSet()));
            } catch (IOException e) {
                log.warn("cannot list {}: {}", folder, e.toString());
            }
        }
        return archives;
    }

    private static String root(Throwable failure) {
        Throwable root = causes(failure).reduce(failure, (outer, inner) -> inner);
        return Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
    }

    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
