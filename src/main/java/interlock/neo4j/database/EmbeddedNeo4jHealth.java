package interlock.neo4j.database;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.event.DatabaseEventContext;
import org.neo4j.graphdb.event.DatabaseEventListenerAdapter;
import org.neo4j.kernel.monitoring.ExceptionalDatabaseEvent;

/**
 * Detects errors after which the embedded database stores nothing until it is opened again, such as a file that cannot
 * be written.
 */
final class EmbeddedNeo4jHealth {
    private final Consumer<String> onEnd;
    private volatile Optional<String> end = Optional.empty();

    /** {@code onEnd} receives the reason, once. */
    EmbeddedNeo4jHealth(Consumer<String> onEnd) {
        this.onEnd = onEnd;
    }

    /** {@return why the database has stopped storing data, if it has} */
    Optional<String> end() {
        return end;
    }

    /** Listens to a database before it is started. */
    void listenTo(DatabaseManagementServiceBuilder database) {
        database.addDatabaseListener(new DatabaseEventListenerAdapter() {
            @Override
            public void databasePanic(DatabaseEventContext event) {
                panicked(
                        event instanceof ExceptionalDatabaseEvent panic
                                ? panic.getCause()
                                : new IllegalStateException());
            }
        });
    }

    private void panicked(Throwable cause) {
        Throwable root =
                Stream.iterate(cause, it -> it != null, Throwable::getCause).reduce(cause, (outer, inner) -> inner);
        end("the embedded database has stopped: %s (%s)"
                .formatted(root.getMessage(), root.getClass().getSimpleName()));
    }

    void end(String why) {
        boolean first;
        synchronized (this) {
            first = end.isEmpty();
            end = end.or(() -> Optional.of(why));
        }
        if (first) {
            onEnd.accept(why);
        }
    }
}
