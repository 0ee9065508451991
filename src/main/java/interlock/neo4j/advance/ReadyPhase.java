package interlock.neo4j.advance;

import interlock.model.ActionState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.types.MapAccessor;

/**
 * The fourth phase: makes actions ready. Other phases only mark actions as {@code :Completed} or {@code :Due}; only
 * this phase decides which actions may start as a result, and which are skipped by their trigger rules.
 */
public final class ReadyPhase {
    private static final Cypher BEGIN_PLANS = Cypher.of("advance/ready/begin-plans");
    private static final Cypher OPEN_DUE = Cypher.of("advance/ready/open-due");
    private static final Cypher PATHS_TO_OPEN = Cypher.of("advance/ready/paths-to-open");
    private static final Cypher OPEN_PATHS = Cypher.of("advance/ready/open-paths");
    private static final Cypher COUNT_PARENTS = Cypher.of("advance/ready/count-parents");
    private static final Cypher MAKE_READY = Cypher.of("advance/ready/make-ready");
    private static final Cypher DECIDE = Cypher.of("advance/ready/decide");

    /** The number of actions that are decided about at once. */
    private static final int MOST_DECISIONS = 500;

    /** The number of rounds of decisions in one transaction; the next advance continues. */
    static final int MOST_ROUNDS = 100;

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
                context.changes().path(path);
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
    public static void countParents(ChangeContext context, List<String> actions) {
        context.runFor(COUNT_PARENTS, "actions", actions);
    }

    /** {@return the row with the number of undecided actions} Makes marked actions ready if they may start. */
    static QueryResult send(Transaction tx) {
        return tx.run(MAKE_READY, Map.of());
    }

    /**
     * Decides about undecided actions, and about those that are undecided as a result.
     *
     * @param made the result of {@link #send}
     * @param earlier whether earlier changes have left undecided actions
     * @param most the maximum number of rounds: one for each layer of skipped actions
     * @return whether there may be more undecided actions
     */
    boolean decide(QueryResult made, boolean earlier, int most) {
        boolean more = undecided(made) || earlier;
        for (int round = 0; more && round < most; round++) {
            context.run(DECIDE, Map.of("most", MOST_DECISIONS))
                    .forEachRemaining(row -> context.changes()
                            .action(
                                    ChangeLog.OfAction.of(
                                            row, row.get("message").asString()),
                                    ActionState.PENDING,
                                    ActionState.SKIPPED));
            SettlePhase.complete(context.tx());
            more = undecided(send(context.tx()));
        }
        return more;
    }

    /** {@return whether actions are undecided} */
    static boolean undecided(QueryResult made) {
        return made.single().get("undecided").asLong() > 0;
    }

    /** Updates the children of actions that are marked as complete, and makes ready what may start. */
    public static void complete(ChangeContext context) {
        SettlePhase.complete(context.tx());
        new ReadyPhase(context).decide(send(context.tx()), false, MOST_ROUNDS);
    }
}
