package interlock.neo4j.advance;

import java.util.List;
import java.util.Map;

/**
 * The third phase: what follows from failures. A retry has been stored with its outcome; where there is none, an alternative
 * path takes the place of what has failed, or the plan's failure policy says what becomes of the rest; then plans are
 * rolled back of which nothing runs any more. What changes all actions of a plan goes on by one portion.
 */
final class FollowPhase {
    /** So many actions of a plan that stops are cancelled, and so many reverts stored, together with the failure. */
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

    /** Lets alternative paths take the place of what has failed; what is left is for the failure policies. */
    void failures(List<FailedAction> failed) {
        if (failed.isEmpty()) {
            return;
        }
        Rerouting rerouting = new Rerouting(context);
        Rerouting.Rerouted rerouted = rerouting.reroute(failed);
        holding |= rerouted.activated();
        aborting |= rerouted.aborting();
        List<FailedAction> left = rerouted.left();
        Map<String, String> paths = rerouting.fail(left);
        rollingBack |= new Failures(context, portion).apply(left, paths);
    }

    /**
     * Rolls back what waits for it.
     *
     * @param awaited whether plans waited for it when the advance began
     * @return whether it did anything
     */
    boolean rollBacks(boolean awaited) {
        return (awaited || rollingBack) && rollBack.advance();
    }
}
