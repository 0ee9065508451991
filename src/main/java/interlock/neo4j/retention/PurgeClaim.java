package interlock.neo4j.retention;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * A claimed purge.
 *
 * @param uuid its uuid
 * @param fence the fencing token of the claim
 * @param before the latest end of the plans
 * @param states the states of the plans
 * @param plans only these plans; empty: any
 */
record PurgeClaim(String uuid, long fence, ZonedDateTime before, List<String> states, Optional<List<String>> plans) {
    static PurgeClaim of(MapAccessor purge) {
        Value plans = purge.get("planUuids");
        return new PurgeClaim(
                purge.get("uuid").asString(),
                purge.get("fence").asLong(),
                purge.get("before").asZonedDateTime(),
                purge.get("states").asList(Value::asString),
                plans.isNull() ? Optional.empty() : Optional.of(plans.asList(Value::asString)));
    }

    /** {@return the parameters of the statements that look for plans} */
    Map<String, @Nullable Object> selection() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("before", before);
        parameters.put("states", states);
        parameters.put("plans", plans.map(ArrayList::new).orElse(null));
        return parameters;
    }
}
