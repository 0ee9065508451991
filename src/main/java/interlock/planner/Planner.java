package interlock.planner;

import interlock.model.ActionGraph;
import interlock.model.AlternativePath;
import java.util.List;
import java.util.Set;

/** Decides which action of a solution must wait for which. Found by {@link java.util.ServiceLoader}. */
public interface Planner {
    /** {@return the name by which plan documents ask for it} */
    String name();

    /** {@return what it does, in a sentence} */
    String description();

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

    /** {@return the instances of a solution of which it has to know the hosts, as {@code instance_hosts} tells them} */
    default Set<String> instancesSought(Solution solution) {
        return Set.of();
    }

    /**
     * {@return the solution as a graph, in the order in which its actions are to be stored} Every action keeps the
     * parents that were given by hand; the planner adds its own.
     *
     * @param options its {@linkplain #defaults defaults} among them, where nobody said anything else
     * @throws interlock.model.InvalidPlan when the solution cannot be planned
     */
    ActionGraph plan(Solution solution, PlannerOptions options);

    /**
     * {@return the alternative paths that it offers for actions of a plan that it made}
     *
     * @param graph the plan
     * @param written those that the plan's author wrote; they are tried before those that are offered
     */
    default List<AlternativePath> alternatives(ActionGraph graph, List<AlternativePath> written) {
        return List.of();
    }
}
