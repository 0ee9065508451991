package interlock.neo4j.advance;

import interlock.model.ActionState;
import interlock.neo4j.database.Cypher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Part of the second phase: the deadlines that pass while no attempt runs. A running attempt is stopped by its applier.
 */
final class Deadlines {
    private static final Cypher EXPIRE = Cypher.of("advance/settle/expire");
    private static final Cypher EXPIRE_PLANS = Cypher.of("advance/settle/expire-plans");

    /** The maximum number of plans that one advance ends. */
    private static final int PLANS_AT_ONCE = 10;

    private final ChangeContext context;
    private final int portion;
    private boolean more;

    /**
     * Works within an advance.
     *
     * @param portion the maximum number of failing actions; not less than 0
     */
    Deadlines(ChangeContext context, int portion) {
        this.context = context;
        this.portion = portion;
    }

    /** {@return whether there may be more of them than the advance has handled} */
    boolean hasMore() {
        return more;
    }

    /**
     * Ends running plans: nothing of them starts any more, their running actions are asked to abort, and the others are
     * cancelled. Called before outcomes are judged, so that none of them leads to a retry or an alternative path.
     */
    void endPlans() {
        PlanChange changes = new PlanChange(context);
        List<MapAccessor> plans =
                context.run(EXPIRE_PLANS, Map.of("limit", PLANS_AT_ONCE)).list();
        for (MapAccessor row : plans) {
            String plan = row.get("plan").asString();
            String why = row.get("message").asString();
            for (Value action : row.get("aborting").values()) {
                context.changes().aborting(ChangeLog.OfAction.of(action, why));
            }
            changes.begin(plan, PlanChange.Kind.CANCELLING, why);
            changes.advance(Optional.of(plan), Math.max(portion, FollowPhase.AT_ONCE));
            context.changes().plan(plan);
        }
        more |= plans.size() == PLANS_AT_ONCE;
    }

    /** {@return the actions that have failed because their deadlines passed while they waited for another attempt} */
    List<FailedAction> failActions() {
        List<FailedAction> failed = new ArrayList<>();
        context.run(EXPIRE, Map.of("limit", portion)).forEachRemaining(row -> {
            FailedAction action = new FailedAction(
                    ClaimRow.stored(row, context.now().toInstant()).claim(),
                    row.get("message").asString());
            String message = row.get("action").get("statusMessage").asString();
            context.changes()
                    .action(ChangeLog.OfAction.of(action.claim(), message), ActionState.PENDING, ActionState.FAILED);
            failed.add(action);
        });
        more |= !failed.isEmpty() && failed.size() == portion;
        return failed;
    }
}
