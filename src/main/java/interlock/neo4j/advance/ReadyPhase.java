package interlock.neo4j.advance;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.types.MapAccessor;

/**
 * The fourth phase: what may start now becomes ready. Other phases only mark what something has happened to ({@code :Completed},
 * {@code :Due}); here alone is decided which of that may start.
 */
public final class ReadyPhase {
    private static final Cypher BEGIN_PLANS = Cypher.of("advance/ready/begin-plans");
    private static final Cypher OPEN_DUE = Cypher.of("advance/ready/open-due");
    private static final Cypher PATHS_TO_OPEN = Cypher.of("advance/ready/paths-to-open");
    private static final Cypher OPEN_PATHS = Cypher.of("advance/ready/open-paths");
    private static final Cypher COUNT_PARENTS = Cypher.of("advance/ready/count-parents");
    private static final Cypher MAKE_READY = Cypher.of("advance/ready/make-ready");

    private final ChangeContext context;

    ReadyPhase(ChangeContext context) {
        this.context = context;
    }

    /** Takes up the plans that were started. */
    void beginPlans(String host) {
        context.run(BEGIN_PLANS, Map.of("host", host))
                .forEachRemaining(row -> context.changes().plan(row.get("plan").asString()));
    }

    /** Marks what has waited for its time. */
    void openDue() {
        context.send(OPEN_DUE, Map.of());
    }

    /**
     * Opens the alternative paths that wait for nothing any more; before those that ask for it, what has succeeded is reverted.
     *
     * @return whether one waits for reverts that are yet to be stored
     */
    boolean openPaths(RollBack rollBack) {
        boolean more = false;
        List<MapAccessor> paths = context.run(PATHS_TO_OPEN, Map.of()).list();
        for (MapAccessor row : paths) {
            String path = row.get("path").asString();
            boolean reverted = !row.get("revert").asBoolean()
                    || rollBack.beforePath(row.get("plan").asString(), path);
            if (reverted) {
                count(context.run(OPEN_PATHS, Map.of("paths", List.of(path))).list());
            }
            more |= !reverted;
        }
        return more;
    }

    /** Counts anew for how many parents actions wait. */
    private void count(List<MapAccessor> rows) {
        countParents(
                context, rows.stream().map(row -> row.get("action").asString()).toList());
    }

    /** Counts anew for how many parents actions wait, and marks those that wait for none. */
    static void countParents(ChangeContext context, List<String> actions) {
        context.runFor(COUNT_PARENTS, "actions", actions);
    }

    /** Makes ready what may start of what was marked. Nobody has to wait for it. */
    static void send(Transaction tx) {
        tx.send(MAKE_READY, Map.of());
    }

    /** Tells the children of what was marked as complete, and makes ready what may start. */
    public static void complete(Transaction tx) {
        SettlePhase.complete(tx);
        send(tx);
    }
}
