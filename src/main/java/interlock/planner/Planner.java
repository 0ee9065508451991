package interlock.planner;

import interlock.model.ActionGraph;

/** Decides which action of a solution must wait for which. Found by {@link java.util.ServiceLoader}. */
public interface Planner {
    /** {@return the name by which plan documents ask for it} */
    String name();

    /** {@return what it does, in a sentence} */
    String description();

    /**
     * {@return the solution as a graph}
     *
     * @throws interlock.model.InvalidPlan when the solution cannot be planned
     */
    ActionGraph plan(Solution solution);
}
