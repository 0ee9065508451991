package interlock.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Systems that drain the same plans in turn, so that disturbances on the machine affect all of them. */
final class Contestants implements AutoCloseable {
    private static final int WARM_UP_SIZE = 1_000;

    private final List<Contestant> all = new ArrayList<>();

    void add(Contestant contestant) {
        all.add(contestant);
    }

    /** Warms up all systems: compiles their code and plans their statements. */
    void warmUp() {
        for (Contestant contestant : all) {
            for (int round = 0; round < contestant.warmUps(); round++) {
                contestant.drain(Workload.of(Shape.LAYERED, WARM_UP_SIZE));
                contestant.drain(Workload.of(Shape.CHAIN, WARM_UP_SIZE / 5));
            }
        }
    }

    /** {@return the measurements of each system, by name, in the order of the rounds} */
    Map<String, List<Drained>> drain(Workload workload, int rounds) {
        Map<String, List<Drained>> drained = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : all) {
                Drained one = contestant.drain(workload);
                drained.computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                        .add(one);
                System.err.printf(
                        "%s  %s: %s actions/s%n", workload, contestant.name(), Spread.text(one.actionsPerSecond()));
            }
        }
        return drained;
    }

    @Override
    public void close() {
        all.forEach(Contestant::close);
    }
}
