package interlock.neo4j.view;

import interlock.model.ActionState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.duration.RecordedDurations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Collectors;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * An action of a plan with the properties that determine its timing. Times are seconds from the start of the plan, and
 * not a number where there is none.
 *
 * @param uuid the action
 * @param id its name in the plan
 * @param state its state
 * @param kind what its duration depends on
 * @param priority the highest starts first
 * @param start of its first attempt
 * @param finish when it ended
 * @param due when its next attempt may start
 * @param attempts the times of its attempts if there were several; those before a retry of the plan are left out
 * @param attemptsLeft how many attempts may still follow, at least 1
 * @param backoff the seconds before the next attempt
 * @param waitedFor the key of the resource that it waited for
 * @param parents the uuids of its parents
 * @param demands the limited resources that it takes while it runs
 */
public record PlannedWork(
        String uuid,
        String id,
        ActionState state,
        RecordedDurations.Kind kind,
        double priority,
        double start,
        double finish,
        double due,
        List<Span> attempts,
        int attemptsLeft,
        double backoff,
        Optional<String> waitedFor,
        List<String> parents,
        List<Demand> demands) {
    private static final Cypher FORECAST = Cypher.of("read/forecast");
    private static final Cypher LIMITS = Cypher.of("plan/limits");
    private static final double MILLIS = 1e3;

    /**
     * The time of an attempt.
     *
     * @param until not a number while it runs
     */
    public record Span(double from, double until) {}

    /**
     * An action's demand for one limited resource. If there are several for the same resource, they add up.
     *
     * @param resource the resource's key
     * @param units the units that it takes
     * @param capacity the resource's capacity
     */
    public record Demand(String resource, int units, int capacity) {
        private static Optional<Demand> of(Value row, Map<String, Integer> declared) {
            String key = row.get("key").asString();
            Integer capacity = declared.get(key);
            if (capacity == null && row.get("capacity").isNull()) {
                return Optional.empty();
            }
            return Optional.of(new Demand(
                    key,
                    row.get("units").asInt(),
                    capacity == null ? row.get("capacity").asInt() : capacity));
        }
    }

    /** {@return when the running attempt began} */
    public double runningSince() {
        return attempts.stream().mapToDouble(Span::from).max().orElse(start);
    }

    /** {@return the seconds of all attempts that have ended} */
    public double ran() {
        return attempts.isEmpty()
                ? finish - start
                : attempts.stream()
                        .filter(span -> !Double.isNaN(span.until()))
                        .mapToDouble(span -> span.until() - span.from())
                        .sum();
    }

    /**
     * {@return the actions of a plan}
     *
     * @param origin the start of the plan in milliseconds
     * @param open whether only actions that have not ended are wanted
     */
    static List<PlannedWork> read(Transaction tx, UUID plan, long origin, boolean open) {
        Map<String, Integer> declared = declared(tx.run(LIMITS, Map.of("plan", plan.toString())));
        return tx.run(FORECAST, Map.of("plan", plan.toString(), "open", open)).list(row -> of(row, origin, declared));
    }

    /** {@return the capacities in the plan's document that apply as soon as the plan starts, by resource} */
    private static Map<String, Integer> declared(QueryResult limits) {
        return limits.stream()
                .filter(row -> row.get("source").asString().equals("default"))
                .collect(Collectors.toMap(
                        row -> row.get("key").asString(),
                        row -> row.get("capacity").asInt()));
    }

    private static PlannedWork of(MapAccessor row, long origin, Map<String, Integer> declared) {
        Value estimated = row.get("estimated");
        double start = time(row.get("started"), origin);
        return new PlannedWork(
                row.get("uuid").asString(),
                row.get("id").asString(),
                ActionState.valueOf(row.get("state").asString()),
                new RecordedDurations.Kind(
                        row.get("actionType").asString(),
                        row.get("revert").asBoolean(),
                        row.get("durationKey").asString(),
                        estimated.isNull() ? OptionalDouble.empty() : OptionalDouble.of(estimated.asDouble())),
                row.get("priority").asDouble(),
                start,
                time(row.get("finished"), origin),
                time(row.get("due"), origin),
                row
                        .get("attempts")
                        .asList(pair -> new Span(time(pair.get(0), origin), time(pair.get(1), origin)))
                        .stream()
                        .filter(span -> span.from() >= start)
                        .toList(),
                Math.max(1, row.get("left").asInt()),
                row.get("backoff").asDouble(),
                Optional.of(row.get("waitedFor")).filter(key -> !key.isNull()).map(Value::asString),
                row.get("parents").asList(Value::asString),
                row.get("demands").asList(value -> Demand.of(value, declared)).stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    static double time(Value millis, long origin) {
        return millis.isNull() ? Double.NaN : (millis.asLong() - origin) / MILLIS;
    }
}
