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
 * Opens the embedded database, whose last process may have died in the middle of a write: on a full disk, for one.
 *
 * <p>Neo4j recovers what was committed from its transaction log. What follows the last whole record it cuts off, and keeps in an
 * archive beside the database; where it takes that for more than a write that was cut short, it does so only when asked. It is
 * asked for a log that cannot be understood, never for a disk that cannot be read or written: nothing would be wrong with the
 * log then.
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

    /** A server, and why one of its databases cannot be opened, if so. */
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
                "what followed the last whole record of the transaction log in {} was dropped: a write that was cut short, and"
                        + " that nobody was told of, unless the log is damaged. It is kept in {}",
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
        } catch (RuntimeException e) { // without the system database there is no server
            if (!isUnreadableLog(e)) {
                throw e;
            }
            unreadable = Optional.of(e);
        }
        log.warn(
                "the transaction log in {} cannot be read to its end ({}): what it holds before that is recovered",
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
        // A database that cannot be opened does not keep the server from starting.
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

    /** Neo4j's own kinds of it, and the end of a file, come from what was read; the others from the reading and writing. */
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
