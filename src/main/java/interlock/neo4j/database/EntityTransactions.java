package interlock.neo4j.database;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.ogm.session.Session;
import org.neo4j.ogm.session.SessionFactory;

/**
 * Transactions that load and save entities, over the connections of a {@link Graph}. Used by all threads. Each has a session of the
 * object mapper to itself, of which nothing is kept: what was read in one is never written back in another.
 */
public final class EntityTransactions {
    private static final String ENTITIES = "interlock.neo4j.entity";

    private final Graph graph;
    private final PendingWrites writers;
    private final SessionFactory sessions;

    /** Finds out what entities there are, which takes a moment. Writers count among those that are waited for. */
    public EntityTransactions(Graph graph, PendingWrites writers) {
        this.graph = graph;
        this.writers = writers;
        this.sessions = new SessionFactory(new MapperDriver(graph.driver()), ENTITIES);
    }

    /** {@return what {@code work} returns} As {@link Transactions#read}. */
    public <T extends @Nullable Object> T read(Function<EntityTransaction, T> work) {
        return graph.mappedRead(tx -> in(tx, org.neo4j.ogm.transaction.Transaction.Type.READ_ONLY, work));
    }

    /** {@return what {@code work} returns} As {@link Transactions#write}. */
    public <T extends @Nullable Object> T write(Function<EntityTransaction, T> work) {
        return writers.during(
                () -> graph.mappedWrite(tx -> in(tx, org.neo4j.ogm.transaction.Transaction.Type.READ_WRITE, work)));
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

    /** What the driver threw, so that it knows whether to try again; the object mapper throws other things for that. */
    private static RuntimeException ofDriver(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Neo4jException e) {
                return e;
            }
        }
        return thrown;
    }
}
