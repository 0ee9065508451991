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
 * What there is to do in a plan: an action, as far as its time depends on it.
 *
 * @param uuid the action
 * @param actionType its type
 * @param seconds how long it takes, or took; empty if nobody has said
 * @param priority the highest starts first
 * @param parents the uuids of what it waits for
 * @param demands what it takes while it runs
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
     * What an action takes of one resource.
     *
     * @param resource its key
     * @param units how much it takes
     * @param capacity how much there is
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
