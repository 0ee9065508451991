package interlock.neo4j.advance;

import java.util.List;
import java.util.Map;

/**
 * The third phase: the consequences of failures. Retries are stored with their outcomes. Otherwise an alternative path
 * replaces the failed actions, or else the plan's failure policy applies. Then plans without running actions are rolled
 * back, if they wait for it. Changes of all actions of a plan continue by one portion.
 */
final class FollowPhase {
    /** The number of actions that are cancelled, or of reverts that are stored, in the same advance as the failure. */
    static final int AT_ONCE = 500;

    private final ChangeContext context;
    private final RollBack rollBack;
    private final int portion;
    private boolean holding;
    private boolean aborting;
    private boolean rollingBack;

    FollowPhase(ChangeContext context, RollBack rollBack, int portion) {
        this.portion = Math.max(portion, AT_ONCE);
        this.context = context;
        this.rollBack = rollBack;
    }

    /** {@return whether an alternative path waits to be opened} */
    boolean holding() {
        return holding;
    }

    /** {@return whether running actions were asked to abort} */
    boolean aborting() {
        return aborting;
    }

    /** Activates alternative paths for failures, and applies the failure policies to the others. */
    void failures(List<FailedAction> failed) {
        if (failed.isEmpty()) {
            return;
        }
        Failures policies = new Failures(context, portion);
        Rerouting rerouting = new Rerouting(context, policies);
        Rerouting.Rerouted rerouted = rerouting.reroute(failed);
        holding |= rerouted.activated();
        aborting |= rerouted.aborting();
        List<FailedAction> left = rerouted.left();
        Map<String, String> paths = rerouting.fail(left);
        rollingBack |= policies.apply(left, paths);
    }

    /**
     * Rolls back waiting plans.
     *
     * @param awaited whether plans waited for it when the advance began
     * @return whether anything was changed
     */
    boolean rollBacks(boolean awaited) {
        return (awaited || rollingBack) && rollBack.advance();
    }
}
