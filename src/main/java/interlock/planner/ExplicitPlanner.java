package interlock.planner;

import interlock.model.ActionGraph;

/** Takes the graph as it was given: an action waits for the parents that its author named. */
public final class ExplicitPlanner implements Planner {
    @Override
    public String name() {
        return "explicit";
    }

    @Override
    public String description() {
        return "Takes the graph as given: an action waits for its parents and for nothing else.";
    }

    @Override
    public ActionGraph plan(Solution solution, PlannerOptions options) {
        return new ActionGraph(solution.actions());
    }
}
