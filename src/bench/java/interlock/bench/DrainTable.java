package interlock.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** A table of drains. */
final class DrainTable {
    private static final double MEGABYTE = 1024.0 * 1024;

    private final String yardstick;
    private final List<List<Object>> rows = new ArrayList<>();

    /**
     * Creates an empty table.
     *
     * @param yardstick the name of the contestant that ratios refer to
     */
    DrainTable(String yardstick) {
        this.yardstick = yardstick;
    }

    void add(Workload workload, Map<String, List<Drained>> all) {
        all.forEach((name, rounds) -> rows.add(List.of(
                workload.toString(),
                name,
                Spread.of(rounds, Drained::actionsPerSecond),
                Spread.of(rounds, Drained::seconds),
                Spread.of(rounds, Drained::cpuMicrosPerAction),
                known(rounds, Drained::peakHeap, bytes -> bytes / MEGABYTE),
                known(rounds, Drained::commits, commits -> commits),
                known(rounds, Drained::commits, commits -> workload.size() / commits),
                all.containsKey(yardstick) ? ratio(rounds, all.get(yardstick)) : "")));
    }

    Results.Table table(String title) {
        List<String> columns = List.of(
                "plan",
                "contestant",
                "actions/s",
                "wall s",
                "CPU µs/action",
                "peak heap MB",
                "commits",
                "actions/commit",
                "wall / wall of " + yardstick);
        return new Results.Table(title, columns, rows);
    }

    /** {@return the ratios of the rounds to the yardstick's, round by round} */
    static Spread ratio(List<Drained> rounds, List<Drained> yardstick) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds.size(); round++) {
            ratios.add(rounds.get(round).seconds() / yardstick.get(round).seconds());
        }
        return Spread.of(ratios);
    }

    private static Object known(
            List<Drained> rounds, Function<Drained, OptionalLong> value, DoubleUnaryOperator unit) {
        List<Double> values = rounds.stream()
                .flatMap(round -> value.apply(round).stream().boxed())
                .map(number -> unit.applyAsDouble(number))
                .toList();
        return values.isEmpty() ? "" : Spread.of(values);
    }
}
