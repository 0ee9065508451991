package interlock.api;

import java.util.List;
import java.util.Set;

/**
 * Decides which action of a solution depends on which. A planner is a pure function of its arguments: the same solution
 * always results in the same plan.
 */
public interface Planner extends Plugin {
    /**
     * {@return the names of the options that it reads, such as {@code weights}} It also receives the options of other
     * planners, so that one document can be tried with several planners.
     */
    default Set<String> options() {
        return Set.of();
    }

    /** {@return its default options} */
    default PlannerOptions defaults() {
        return PlannerOptions.NONE;
    }

    /**
     * {@return whether the dependencies in its plans are the only order that is required} If so, the schedule chooses
     * the order of independent actions: the shortest schedule that was found. Otherwise independent actions start by
     * the length of the path behind them, longest first.
     */
    default boolean leavesOrder() {
        return false;
    }

    /** {@return the instances of a solution whose hosts it needs in {@code instance_hosts}} */
    default Set<String> instancesSought(Solution solution) {
        return Set.of();
    }

    /**
     * {@return the plan: the actions with their parents, in the order in which they are stored} Every action keeps its
     * given parents; the planner adds its own. It may drop an action that equals another.
     *
     * @param options the given options over its {@linkplain #defaults defaults}
     * @throws IllegalArgumentException if the solution cannot be planned; the message is for the plan's author
     */
    List<PlannedAction> plan(Solution solution, PlannerOptions options);

    /**
     * {@return the alternative paths that the planner offers for actions of a plan that it made}
     *
     * @param plan the plan
     * @param written the paths that the plan's author wrote; they are tried before the offered ones
     */
    default List<AlternativePath> alternatives(List<PlannedAction> plan, List<AlternativePath> written) {
        return List.of();
    }
}
