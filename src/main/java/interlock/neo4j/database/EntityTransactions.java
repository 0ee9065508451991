package interlock.neo4j.database;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.ogm.session.Session;
import org.neo4j.ogm.session.SessionFactory;

/**
 * Transactions that load and save entities, over the connections of a {@link Graph}. Used by all threads. Each transaction has its
 * own session of the object mapper, so an entity that one transaction loaded is never saved by another.
 */
public final class EntityTransactions {
    private static final String ENTITIES = "interlock.neo4j.entity";

    private final Graph graph;
    private final PendingWrites writers;
    private final SessionFactory sessions;

    /**
     * Reads the entity classes, which takes a moment.
     *
     * @param writers counts the write transactions, so that a shutdown can wait for them
     */
    public EntityTransactions(Graph graph, PendingWrites writers) {
        this.graph = graph;
        this.writers = writers;
        this.sessions = new SessionFactory(new MapperDriver(graph.driver()), ENTITIES);
    }

    /** {@return what {@code work} returns} As {@link Transactions#read}. */
    public <T extends @Nullable Object> T read(Function<EntityTransaction, T> work) {
        return graph.read(tx -> in(tx, org.neo4j.ogm.transaction.Transaction.Type.READ_ONLY, work));
    }

    /** {@return what {@code work} returns} As {@link Transactions#write}. */
    public <T extends @Nullable Object> T write(Function<EntityTransaction, T> work) {
        return writers.during(
                () -> graph.write(tx -> in(tx, org.neo4j.ogm.transaction.Transaction.Type.READ_WRITE, work)));
    }

    private <T extends @Nullable Object> T in(
            Transaction tx, org.neo4j.ogm.transaction.Transaction.Type type, Function<EntityTransaction, T> work) {
        Session session = sessions.openSession();
        try (var mapped = session.beginTransaction(type)) {
            T result = work.apply(new EntityTransaction(tx, session));
            mapped.commit();
            return result;
        } catch (RuntimeException e) {
            throw ofDriver(e);
        }
    }

    /** {@return the exception of the driver in an exception of the object mapper} The driver decides by its type about a retry. */
    private static RuntimeException ofDriver(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Neo4jException e) {
                return e;
            }
        }
        return thrown;
    }
}
