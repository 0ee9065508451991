package interlock.applier;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Counts how often an applier has said that it is idle. */
record CountedIdleness(PlanGraph graph, AtomicInteger idle) implements PlanGraph {
    @Override
    public String register() {
        return graph.register();
    }

    @Override
    public <T> Committed<T> advance(String applier, Function<Turn, T> work) {
        return graph.advance(applier, work);
    }

    @Override
    public boolean hasWork(String applier) {
        return graph.hasWork(applier);
    }

    @Override
    public void idle(String applier) {
        idle.incrementAndGet();
    }

    @Override
    public void leave(String applier) {
        graph.leave(applier);
    }
}
