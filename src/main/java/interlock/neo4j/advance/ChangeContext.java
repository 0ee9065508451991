package interlock.neo4j.advance;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A running change of the stored plans: one transaction, one time, and the changes so far.
 *
 * @param tx the transaction
 * @param now the time of the change, by the database's clock
 * @param changes the changes so far
 */
public record ChangeContext(Transaction tx, ZonedDateTime now, ChangeLog changes) {
    /** {@return the rows of a statement} Its parameter {@code now} is the time of the change. */
    public QueryResult run(Cypher cypher, Map<String, ?> parameters) {
        return tx.run(cypher, timed(parameters));
    }

    /** Runs a statement whose rows are not needed. */
    public void send(Cypher cypher, Map<String, ?> parameters) {
        tx.send(cypher, timed(parameters));
    }

    private Map<String, Object> timed(Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("now", now);
        return all;
    }

    /** Runs a statement with a list, unless the list is empty. */
    public void runFor(Cypher cypher, String name, List<?> list) {
        if (!list.isEmpty()) {
            send(cypher, Map.of(name, list));
        }
    }
}
