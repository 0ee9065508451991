package interlock.neo4j.view;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Collectors;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * An action of a plan with the properties that determine its timing.
 *
 * @param uuid the action
 * @param actionType its type
 * @param seconds its estimated or actual duration; empty if unknown
 * @param priority the highest starts first
 * @param parents the uuids of its parents
 * @param demands the limited resources that it takes while it runs
 */
public record PlannedWork(
        String uuid,
        String actionType,
        OptionalDouble seconds,
        double priority,
        List<String> parents,
        List<Demand> demands) {
    private static final Cypher FORECAST = Cypher.of("read/forecast");
    private static final Cypher LIMITS = Cypher.of("plan/limits");

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

    static List<PlannedWork> read(Transaction tx, UUID plan) {
        Map<String, Object> parameters = Map.of("plan", plan.toString());
        Map<String, Integer> declared = declared(tx.run(LIMITS, parameters));
        return tx.run(FORECAST, parameters).list(row -> of(row, declared));
    }

    /** {@return the capacities in the plan's document that apply as soon as the plan starts, by resource} */
    private static Map<String, Integer> declared(QueryResult limits) {
        return limits.stream()
                .filter(row -> row.get("source").asString().equals("default"))
                .collect(Collectors.toMap(
                        row -> row.get("key").asString(),
                        row -> row.get("capacity").asInt()));
    }

    private static PlannedWork of(MapAccessor row, Map<String, Integer> declared) {
        Value seconds = row.get("seconds");
        return new PlannedWork(
                row.get("uuid").asString(),
                row.get("actionType").asString(),
                seconds.isNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds.asDouble()),
                row.get("priority").asDouble(),
                row.get("parents").asList(Value::asString),
                row.get("demands").asList(value -> Demand.of(value, declared)).stream()
                        .flatMap(Optional::stream)
                        .toList());
    }
}
