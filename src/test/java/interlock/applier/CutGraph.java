package interlock.applier;

import java.util.concurrent.atomic.AtomicBoolean;

/** A graph whose answers to commits get lost while the line is cut. */
record CutGraph(PlanGraph graph, AtomicBoolean cut) implements ForwardingGraph {
    @Override
    public void renew(String applier) {
        graph.renew(applier);
        check();
    }

    @Override
    public AdvanceResult advance(AdvanceRequest request, ResultJudge judge) {
        AdvanceResult advanced = graph.advance(request, judge);
        check();
        return advanced;
    }

    private void check() {
        if (cut.get()) {
            throw new GraphUnavailable("the line is cut", new IllegalStateException());
        }
    }
}
