package interlock.neo4j.advance;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of the stored plans while it is made: one transaction, one time, and what has changed so far.
 *
 * @param tx the transaction
 * @param now the time, by the database's clock
 * @param changes what has changed so far
 */
public record ChangeContext(Transaction tx, ZonedDateTime now, ChangeLog changes) {
    /** {@return the rows of a statement} Its parameter {@code now} is the time of the change. */
    public QueryResult run(Cypher cypher, Map<String, ?> parameters) {
        return tx.run(cypher, timed(parameters));
    }

    /** Runs a statement whose rows nobody asks for. */
    public void send(Cypher cypher, Map<String, ?> parameters) {
        tx.send(cypher, timed(parameters));
    }

    private Map<String, Object> timed(Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("now", now);
        return all;
    }

    /** Runs a statement with a list, if there is anything in it. */
    public void runFor(Cypher cypher, String name, List<?> list) {
        if (!list.isEmpty()) {
            send(cypher, Map.of(name, list));
        }
    }
}
