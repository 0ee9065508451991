package interlock.cli.terminal;

import interlock.model.ActionState;
import java.util.List;
import java.util.Locale;

/**
 * How far a plan is. Reverts are not counted as actions of the plan, and actions that were reverted not as succeeded.
 *
 * @param counts all actions of the plan by state
 * @param reverted the number of succeeded actions that were reverted
 * @param reverts the number of reverts that have succeeded
 */
public record PlanProgress(Counts counts, int reverted, int reverts) {
    /** The states that are named beside the succeeded actions; the others are still to come. */
    private static final List<ActionState> NAMED =
            List.of(ActionState.SKIPPED, ActionState.FAILED, ActionState.CANCELLED);

    /** {@return the number of actions, without reverts and those of paths that were not activated} */
    public int total() {
        return counts.total() - reverts;
    }

    /** {@return the number of actions that have succeeded and were not reverted} */
    public int succeeded() {
        return Math.max(0, counts.of(ActionState.SUCCEEDED) - reverted - reverts);
    }

    /** {@return such as {@code 86 of 201 succeeded, 1 failed, 114 cancelled}} */
    public String summary() {
        StringBuilder text = new StringBuilder("%d of %d succeeded".formatted(succeeded(), total()));
        add(text, reverted, "reverted");
        NAMED.forEach(state -> add(text, counts.of(state), state.name().toLowerCase(Locale.ROOT)));
        add(text, counts.of(ActionState.ONGOING), "running");
        return text.toString();
    }

    private static void add(StringBuilder text, int number, String what) {
        if (number > 0) {
            text.append(", %d %s".formatted(number, what));
        }
    }

    @Override
    public String toString() {
        return summary();
    }
}
