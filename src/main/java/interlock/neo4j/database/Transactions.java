package interlock.neo4j.database;

import interlock.applier.PlanGraph.GraphUnavailable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs transactions: over a driver's connections, or inside the process of an embedded database. */
public interface Transactions {
    /**
     * {@return the result of {@code work}} The work runs in one transaction and is retried if necessary. An exception
     * of the work rolls the transaction back.
     *
     * @throws GraphUnavailable when the database is unavailable or rejects the transaction
     */
    <T extends @Nullable Object> T write(Function<Transaction, T> work);

    /**
     * {@return the result of {@code work}} Like {@link #write}, but read-only.
     *
     * @throws GraphUnavailable when the database is unavailable or rejects the transaction
     */
    <T extends @Nullable Object> T read(Function<Transaction, T> work);
}
