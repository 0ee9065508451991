package interlock.neo4j;

import interlock.applier.PlanGraph;
import interlock.applier.Turn;
import java.util.function.Function;

/** Uses the time in which there is nothing to do for {@linkplain Rehearsal rehearsals}, until they have all been held. */
final class RehearsingPlanGraph implements PlanGraph {
    private final PlanGraph plans;
    private final Rehearsal rehearsal;

    RehearsingPlanGraph(PlanGraph plans, Rehearsal rehearsal) {
        this.plans = plans;
        this.rehearsal = rehearsal;
    }

    @Override
    public String register() {
        return plans.register();
    }

    @Override
    public <T> Committed<T> advance(String applier, Function<Turn, T> work) {
        return plans.advance(applier, work);
    }

    @Override
    public boolean hasWork(String applier) {
        return plans.hasWork(applier);
    }

    @Override
    public void idle(String applier) {
        rehearsal.next(applier);
    }

    @Override
    public void leave(String applier) {
        plans.leave(applier);
    }
}
