package interlock.neo4j;

import interlock.model.ActionState;
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
record Step(Transaction tx, ZonedDateTime now, Changes changes) {
    private static final Cypher UNLOCK = Cypher.of("applier/unlock");
    private static final Cypher CANCEL_REST = Cypher.of("applier/cancel-rest");

    /** {@return the rows of a statement} Its parameter {@code now} is this step's time. */
    Rows run(Cypher cypher, Map<String, ?> parameters) {
        return tx.run(cypher, timed(parameters));
    }

    /** Runs a statement whose rows nobody asks for. */
    void send(Cypher cypher, Map<String, ?> parameters) {
        tx.send(cypher, timed(parameters));
    }

    private Map<String, Object> timed(Map<String, ?> parameters) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put("now", now);
        return all;
    }

    /** Runs a statement with a list, if there is anything in it. */
    void runFor(Cypher cypher, String name, List<?> list) {
        if (!list.isEmpty()) {
            send(cypher, Map.of(name, list));
        }
    }

    /** Tells the children of actions that these are complete. */
    void unlock(List<String> completed) {
        runFor(UNLOCK, "completed", completed);
    }

    /** Cancels everything of plans that has not started; for each plan there is a message. */
    void cancelRest(List<Map<String, Object>> plans) {
        cancel(CANCEL_REST, plans);
    }

    /** Cancels actions, as a statement finds them for failures. */
    void cancel(Cypher cypher, List<Map<String, Object>> failures) {
        if (!failures.isEmpty()) {
            run(cypher, Map.of("failures", failures))
                    .forEachRemaining(row -> changes.action(
                            Changes.OfAction.of(row, row.get("message").asString()),
                            ActionState.PENDING,
                            ActionState.CANCELLED));
        }
    }

    /** Records what has changed. */
    void end() {
        changes.record(tx, now);
    }
}
