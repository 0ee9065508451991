package interlock.applier;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A graph whose answers to commits get lost while the line is cut. */
record CutGraph(PlanGraph graph, AtomicBoolean cut) implements PlanGraph {
    @Override
    public String register() {
        return graph.register();
    }

    @Override
    public <T> Committed<T> advance(String applier, Function<Turn, T> work) {
        Committed<T> committed = graph.advance(applier, work);
        if (cut.get()) {
            throw new GraphUnavailable("the line is cut", new IllegalStateException());
        }
        return committed;
    }

    @Override
    public boolean hasWork(String applier) {
        return graph.hasWork(applier);
    }

    @Override
    public void leave(String applier) {
        graph.leave(applier);
    }
}
