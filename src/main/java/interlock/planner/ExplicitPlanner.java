package interlock.planner;

import interlock.api.PlannedAction;
import interlock.api.Planner;
import interlock.api.PlannerOptions;
import interlock.api.Solution;
import java.util.List;

/** Uses the given graph unchanged: an action depends on the parents that its author named. */
public final class ExplicitPlanner implements Planner {
    @Override
    public String name() {
        return "explicit";
    }

    @Override
    public String description() {
        return "Uses the graph as given: an action depends on its parents only.";
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
