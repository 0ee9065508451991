package interlock.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The final state of a plan and its status message.
 *
 * @param state the final state
 * @param message the status message, if there is one
 */
public record PlanOutcome(PlanState state, Optional<String> message) {
    /** The number of actions or paths that a message lists; more are counted. */
    public static final int NAMED = 100;

    /**
     * The remaining work of a plan.
     *
     * @param state its current state
     * @param open the number of its actions that are PENDING or ONGOING
     * @param rollBackAwaited whether it is rolled back as soon as no action is running
     * @param held whether finally actions are about to begin, or a person has to decide
     */
    public record Left(PlanState state, long open, boolean rollBackAwaited, boolean held) {
        /** {@return whether the plan can end} */
        public boolean isNothing() {
            return (state == PlanState.ONGOING || state == PlanState.CANCELLING)
                    && open == 0
                    && !rollBackAwaited
                    && !held;
        }
    }

    /**
     * What the final state of a plan depends on.
     *
     * @param cancelled whether the plan was cancelled
     * @param failure the reason for its failure, if it failed
     * @param rollBack the result of its roll-back, if it was rolled back
     * @param skipped the number of skipped actions
     * @param taken the alternative paths that replaced failed actions and completed
     * @param finallyFailure the reason why a finally action failed, if the plan was cancelled before
     */
    public record Facts(
            boolean cancelled,
            Optional<String> failure,
            Optional<RollBack> rollBack,
            long skipped,
            Some<Taken> taken,
            Optional<String> finallyFailure) {}

    /**
     * The first elements of a list, and the size of the whole.
     *
     * @param total the size of the whole list
     * @param first at most {@link #NAMED} elements
     */
    public record Some<T>(long total, List<T> first) {
        private String named(String between) {
            String named = first.stream().map(Object::toString).collect(Collectors.joining(between));
            long more = total - first.size();
            return named + (more > 0 ? " and %d more".formatted(more) : "");
        }
    }

    /**
     * The result of a roll-back.
     *
     * @param succeeded the number of actions that had succeeded
     * @param left the succeeded actions that were not reverted, with the reason if there is one
     * @param inDoubt the actions that failed or were cancelled with an unknown outcome, with the reason
     */
    public record RollBack(long succeeded, Some<String> left, Some<String> inDoubt) {}

    /**
     * An alternative path that replaced a failed action.
     *
     * @param path the path's name
     * @param action the action's name
     * @param compensation whether it has undone the goal instead of reaching it
     */
    public record Taken(String path, String action, boolean compensation) {
        @Override
        public String toString() {
            return "alternative path '%s' replaced '%s', which failed".formatted(path, action);
        }
    }

    /** {@return the outcome of a plan without remaining work} A pure function. */
    public static PlanOutcome of(Facts facts) {
        if (facts.rollBack().isPresent()) {
            return new PlanOutcome(
                    PlanState.FAILED,
                    Optional.of(rolledBack(facts, facts.rollBack().get())));
        }
        if (facts.cancelled()) {
            return facts.finallyFailure()
                    .map(failure -> new PlanOutcome(PlanState.FAILED, Optional.of("Cancelled by user. " + failure)))
                    .orElse(new PlanOutcome(PlanState.CANCELLED, Optional.of("Cancelled by user.")));
        }
        return facts.failure()
                .map(failure -> new PlanOutcome(PlanState.FAILED, Optional.of(failed(failure, facts))))
                .orElseGet(() -> new PlanOutcome(PlanState.SUCCEEDED, succeeded(facts)));
    }

    private static String failed(String failure, Facts facts) {
        String undone = facts.taken().first().stream()
                .filter(Taken::compensation)
                .map(taken -> "Alternative path '%s' has undone it.".formatted(taken.path()))
                .collect(Collectors.joining(" "));
        return undone.isEmpty() ? failure : sentence(failure) + " " + undone;
    }

    private static String rolledBack(Facts facts, RollBack rollBack) {
        StringBuilder message = new StringBuilder(sentence(facts.failure().orElse("The plan is rolled back.")));
        if (facts.cancelled()) {
            message.append(" The roll-back was cancelled.");
        }
        if (rollBack.left().total() > 0) {
            message.append(" Not reverted: ")
                    .append(rollBack.left().named(", "))
                    .append('.');
        } else if (rollBack.succeeded() > 0) {
            message.append(" The succeeded actions were reverted.");
        }
        if (rollBack.inDoubt().total() > 0) {
            message.append(" In doubt: ").append(rollBack.inDoubt().named(", ")).append('.');
        }
        return message.toString();
    }

    private static Optional<String> succeeded(Facts facts) {
        String skipped = facts.skipped() > 0 ? "One or more actions were skipped." : "";
        if (facts.taken().total() == 0) {
            return Optional.of(skipped).filter(text -> !text.isEmpty());
        }
        String taken = facts.taken().named("; ");
        String sentence = Character.toUpperCase(taken.charAt(0)) + taken.substring(1) + ".";
        return Optional.of((sentence + " " + skipped).strip());
    }

    /** {@return the text with a full stop at its end} */
    public static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
