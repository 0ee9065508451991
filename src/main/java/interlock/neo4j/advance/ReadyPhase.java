package interlock.neo4j.advance;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.types.MapAccessor;

/**
 * The fourth phase: makes actions ready. Other phases only mark actions as {@code :Completed} or {@code :Due}; only
 * this phase decides which actions may start as a result.
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

    /** Starts the plans that were requested to start. */
    void beginPlans(String host) {
        context.run(BEGIN_PLANS, Map.of("host", host))
                .forEachRemaining(row -> context.changes().plan(row.get("plan").asString()));
    }

    /** Marks the actions whose wait has ended. */
    void openDue() {
        context.send(OPEN_DUE, Map.of());
    }

    /**
     * Opens the alternative paths that wait for nothing any more. If a path asks for it, the succeeded actions that it
     * replaces are reverted first.
     *
     * @return whether a path waits for reverts that are not stored yet
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

    /** Counts the open parents of actions again. */
    private void count(List<MapAccessor> rows) {
        countParents(
                context, rows.stream().map(row -> row.get("action").asString()).toList());
    }

    /** Counts the open parents of actions again, and marks the actions without any. */
    static void countParents(ChangeContext context, List<String> actions) {
        context.runFor(COUNT_PARENTS, "actions", actions);
    }

    /** Makes marked actions ready if they may start. Does not wait for the result. */
    static void send(Transaction tx) {
        tx.send(MAKE_READY, Map.of());
    }

    /** Updates the children of actions that are marked as complete, and makes ready what may start. */
    public static void complete(Transaction tx) {
        SettlePhase.complete(tx);
        send(tx);
    }
}
