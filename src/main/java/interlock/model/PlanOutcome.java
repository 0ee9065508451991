package interlock.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a plan ends, and what is said of it.
 *
 * @param state the state in which it ends
 * @param message its status message, if there is anything to say
 */
public record PlanOutcome(PlanState state, Optional<String> message) {
    /** How many actions or paths a message names; more are counted. */
    public static final int NAMED = 100;

    /**
     * What is left to do in a plan.
     *
     * @param state its state
     * @param open how many of its actions are PENDING or ONGOING
     * @param rollBackAwaited whether it is to be rolled back as soon as nothing of it runs
     */
    public record Left(PlanState state, long open, boolean rollBackAwaited) {
        /** {@return whether the plan has come to its end} */
        public boolean isNothing() {
            return (state == PlanState.ONGOING || state == PlanState.CANCELLING) && open == 0 && !rollBackAwaited;
        }
    }

    /**
     * What is known of a plan of which nothing is left to do.
     *
     * @param cancelled whether somebody has cancelled it
     * @param failure why it fails, if it does
     * @param rollBack what has become of its roll-back, if it was to be rolled back
     * @param skipped how many of its actions were skipped
     * @param taken the alternative paths that took the place of failed actions and were complete
     */
    public record Facts(
            boolean cancelled,
            Optional<String> failure,
            Optional<RollBack> rollBack,
            long skipped,
            Some<Taken> taken) {}

    /**
     * The first of several things.
     *
     * @param total how many there are in all
     * @param first at most {@link #NAMED} of them
     */
    public record Some<T>(long total, List<T> first) {
        private String named(String between) {
            String named = first.stream().map(Object::toString).collect(Collectors.joining(between));
            long more = total - first.size();
            return named + (more > 0 ? " and %d more".formatted(more) : "");
        }
    }

    /**
     * What has become of a roll-back.
     *
     * @param succeeded how many actions had succeeded
     * @param left those of them that were not reverted, with the reason where there is one
     */
    public record RollBack(long succeeded, Some<String> left) {}

    /**
     * An alternative path that took the place of an action.
     *
     * @param path its name
     * @param action the action's name
     */
    public record Taken(String path, String action) {
        @Override
        public String toString() {
            return "alternative path '%s' took the place of '%s', which failed".formatted(path, action);
        }
    }

    /** {@return how such a plan ends} A pure function. */
    public static PlanOutcome of(Facts facts) {
        if (facts.rollBack().isPresent()) {
            return new PlanOutcome(
                    PlanState.FAILED,
                    Optional.of(rolledBack(facts, facts.rollBack().get())));
        }
        if (facts.cancelled()) {
            return new PlanOutcome(PlanState.CANCELLED, Optional.of("Cancelled by user."));
        }
        return facts.failure()
                .map(failure -> new PlanOutcome(PlanState.FAILED, Optional.of(failure)))
                .orElseGet(() -> new PlanOutcome(PlanState.SUCCEEDED, succeeded(facts)));
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
            message.append(" What had succeeded was reverted.");
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

    /** {@return a text with a full stop at its end} */
    public static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
