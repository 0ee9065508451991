package interlock.neo4j.database;

import interlock.applier.PlanGraph.GraphUnavailable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where transactions are run: over a driver's connections, or inside the process of an embedded database. */
public interface Transactions {
    /**
     * {@return what {@code work} returns} It runs in one transaction, and more than once if need be. What it throws undoes the
     * transaction.
     *
     * @throws GraphUnavailable when the database is out of reach or refuses
     */
    <T extends @Nullable Object> T write(Function<Transaction, T> work);

    /**
     * {@return what {@code work} returns} As {@link #write}, but nothing is changed.
     *
     * @throws GraphUnavailable when the database is out of reach or refuses
     */
    <T extends @Nullable Object> T read(Function<Transaction, T> work);
}
