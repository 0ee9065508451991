package interlock.applier;

import java.util.Random;

/** A database that now and then cannot be reached, or whose answer gets lost. */
record ShakyGraph(PlanGraph graph, Random random) implements ForwardingGraph {
    @Override
    public AdvanceResult advance(AdvanceRequest request, ResultJudge judge) {
        int chance = random.nextInt(16);
        if (chance == 0) {
            throw lost("before the transaction");
        }
        AdvanceResult advanced = graph.advance(request, judge);
        if (chance == 4) {
            throw lost("after the commit");
        }
        return advanced;
    }

    static GraphUnavailable lost(String when) {
        return new GraphUnavailable("lost " + when, new IllegalStateException());
    }
}
