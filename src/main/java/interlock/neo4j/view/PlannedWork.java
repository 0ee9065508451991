package interlock.neo4j.view;

import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
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
 * @param demands the resources that it takes while it runs
 */
public record PlannedWork(
        String uuid,
        String actionType,
        OptionalDouble seconds,
        double priority,
        List<String> parents,
        List<Demand> demands) {
    private static final Cypher FORECAST = Cypher.of("read/forecast");

    /**
     * An action's demand for one resource.
     *
     * @param resource the resource's key
     * @param units the units that it takes
     * @param capacity the resource's capacity
     */
    public record Demand(String resource, int units, int capacity) {
        private static Demand of(Value row) {
            return new Demand(
                    row.get("key").asString(),
                    row.get("units").asInt(),
                    row.get("capacity").asInt());
        }
    }

    static List<PlannedWork> read(Transaction tx, UUID plan) {
        return tx.run(FORECAST, Map.of("plan", plan.toString())).list(PlannedWork::of);
    }

    private static PlannedWork of(MapAccessor row) {
        Value seconds = row.get("seconds");
        return new PlannedWork(
                row.get("uuid").asString(),
                row.get("actionType").asString(),
                seconds.isNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds.asDouble()),
                row.get("priority").asDouble(),
                row.get("parents").asList(Value::asString),
                row.get("demands").asList(Demand::of));
    }
}
