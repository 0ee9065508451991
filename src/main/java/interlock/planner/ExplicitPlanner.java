package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import java.util.List;

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
    public boolean leavesOrder() {
        return true;
    }

    @Override
    public List<PlannedAction> plan(Solution solution, PlannerOptions options) {
        return solution.actions();
    }
}
