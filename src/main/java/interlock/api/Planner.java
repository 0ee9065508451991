package interlock.api;

import java.util.List;
import java.util.Set;

/**
 * Decides which action of a solution must wait for which. It looks at nothing but what it is told; so the same solution is planned
 * the same way each time.
 */
public interface Planner extends Plugin {
    /**
     * {@return the names of the options that it looks at, such as {@code weights}} It is told those of other planners
     * too, so that one document can be tried with several.
     */
    default Set<String> options() {
        return Set.of();
    }

    /** {@return what holds where nobody says anything else} */
    default PlannerOptions defaults() {
        return PlannerOptions.NONE;
    }

    /**
     * {@return whether its plans say what has to wait for what, and nothing else} Then the order of what is independent is left to the
     * schedule: the shortest that was found. Otherwise what has most behind it starts first.
     */
    default boolean leavesOrder() {
        return false;
    }

    /** {@return the instances of a solution of which it has to know the hosts, as {@code instance_hosts} tells them} */
    default Set<String> instancesSought(Solution solution) {
        return Set.of();
    }

    /**
     * {@return the plan: the actions with their parents, in the order in which they are to be stored} Every action keeps the
     * parents that were given by hand; the planner adds its own. It may leave out an action that equals another.
     *
     * @param options its {@linkplain #defaults defaults} among them, where nobody said anything else
     * @throws IllegalArgumentException when the solution cannot be planned; the message is for the plan's author
     */
    List<PlannedAction> plan(Solution solution, PlannerOptions options);

    /**
     * {@return the alternative paths that it offers for actions of a plan that it made}
     *
     * @param plan the plan
     * @param written those that the plan's author wrote; they are tried before those that are offered
     */
    default List<AlternativePath> alternatives(List<PlannedAction> plan, List<AlternativePath> written) {
        return List.of();
    }
}
