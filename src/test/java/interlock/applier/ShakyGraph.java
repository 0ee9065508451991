package interlock.applier;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.function.Function;

/** A database that now and then cannot be reached, or goes away in the middle of an advance, or whose answer gets lost. */
record ShakyGraph(PlanGraph graph, Random random) implements PlanGraph {
    @Override
    public String register() {
        return graph.register();
    }

    @Override
    public <T> Committed<T> advance(String applier, Function<Turn, T> work) {
        int chance = random.nextInt(16);
        if (chance == 0) {
            throw lost("before the transaction");
        }
        Committed<T> committed = graph.advance(applier, turn -> {
            T result = work.apply(chance < 3 ? breaking(turn, random.nextInt(12)) : turn);
            if (chance == 3) {
                throw lost("before the commit");
            }
            return result;
        });
        if (chance == 4) {
            throw lost("after the commit");
        }
        return committed;
    }

    /** The connection is lost at the call of that number. */
    private static Turn breaking(Turn turn, int call) {
        int[] left = {call};
        return (Turn) Proxy.newProxyInstance(
                Turn.class.getClassLoader(), new Class<?>[] {Turn.class}, (_, method, args) -> {
                    if (left[0]-- == 0) {
                        throw lost("before " + method.getName());
                    }
                    try {
                        return method.invoke(turn, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static GraphUnavailable lost(String when) {
        return new GraphUnavailable("lost " + when, new IllegalStateException());
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
