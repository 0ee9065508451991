package interlock.applier;

/** A graph in front of another one: what it does not override is answered by the other. */
interface ForwardingGraph extends PlanGraph {
    /** {@return the graph that answers} */
    PlanGraph graph();

    @Override
    default String register() {
        return graph().register();
    }

    @Override
    default void renew(String applier) {
        graph().renew(applier);
    }

    @Override
    default boolean hasWork(String applier) {
        return graph().hasWork(applier);
    }

    @Override
    default void leave(String applier) {
        graph().leave(applier);
    }
}
