package interlock.neo4j.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import interlock.model.PlanState;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * Writes an ended plan with all that belongs to it as JSON on one line, from which {@link PlanRestore} stores it again. It is read
 * in portions, so that the largest plan needs little memory.
 *
 * <p>Properties are written as they are stored; a time is an object with the member {@code time}. The last member, {@code complete},
 * is absent if the plan has changed meanwhile.
 */
public final class PlanExport {
    /** The value of the first member, {@code format}. */
    public static final String FORMAT = "interlock-plan-1";

    private static final Cypher PLAN = Cypher.of("retention/export-plan");
    private static final Cypher ACTIONS = Cypher.of("retention/export-actions");
    private static final Cypher PATHS = Cypher.of("retention/export-paths");
    private static final Cypher REVISIONS = Cypher.of("retention/export-revisions");
    private static final int ACTIONS_AT_ONCE = 500;
    private static final int REVISIONS_AT_ONCE = 100;
    private static final JsonFactory JSON = new JsonFactory();

    private final Transactions graph;

    /**
     * The plan to export.
     *
     * @param uuid its uuid
     * @param state its state
     * @param row its properties and limits
     */
    public record Head(UUID uuid, PlanState state, MapAccessor row) {}

    public PlanExport(Transactions graph) {
        this.graph = graph;
    }

    /** {@return the plan, if there is one} */
    public Optional<Head> find(UUID uuid) {
        return graph.read(tx -> tx.run(PLAN, Map.of("plan", uuid.toString())).stream()
                .findFirst()
                .map(row -> new Head(
                        uuid, PlanState.valueOf(row.get("plan").get("state").asString()), row)));
    }

    /** Writes the plan, and the end of the line. */
    public void write(Head plan, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeFieldName("plan");
            value(json, plan.row().get("plan"));
            json.writeFieldName("limits");
            value(json, plan.row().get("limits"));
            json.writeArrayFieldStart("actions");
            portions(
                    json,
                    ACTIONS,
                    plan,
                    "from",
                    0,
                    ACTIONS_AT_ONCE,
                    row -> row.get("number").asLong() + 1);
            json.writeEndArray();
            json.writeArrayFieldStart("paths");
            for (MapAccessor row : graph.read(
                    tx -> tx.run(PATHS, Map.of("plan", plan.uuid().toString())).list())) {
                row(json, row);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("revisions");
            portions(
                    json,
                    REVISIONS,
                    plan,
                    "after",
                    0,
                    REVISIONS_AT_ONCE,
                    row -> row.get("number").asLong());
            json.writeEndArray();
            if (isUnchanged(plan)) {
                json.writeBooleanField("complete", true);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private boolean isUnchanged(Head plan) {
        return find(plan.uuid())
                .filter(now -> now.row()
                        .get("plan")
                        .get("revision")
                        .equals(plan.row().get("plan").get("revision")))
                .isPresent();
    }

    private void portions(
            JsonGenerator json,
            Cypher cypher,
            Head plan,
            String position,
            long first,
            int limit,
            ToLongFunction<MapAccessor> next)
            throws IOException {
        long at = first;
        List<MapAccessor> rows;
        do {
            Map<String, Object> parameters = new HashMap<>();
            parameters.put("plan", plan.uuid().toString());
            parameters.put(position, at);
            parameters.put("limit", limit);
            rows = graph.read(tx -> tx.run(cypher, parameters).list());
            for (MapAccessor row : rows) {
                row(json, row);
            }
            at = rows.isEmpty() ? at : next.applyAsLong(rows.getLast());
        } while (rows.size() == limit);
    }

    private static void row(JsonGenerator json, MapAccessor row) throws IOException {
        json.writeStartObject();
        for (String name : row.keys()) {
            if (!name.equals("number")) {
                json.writeFieldName(name);
                value(json, row.get(name));
            }
        }
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Value value) throws IOException {
        object(json, value.isNull() ? null : value.asObject());
    }

    private static void object(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                    json.writeFieldName(String.valueOf(entry.getKey()));
                    object(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object each : list) {
                    object(json, each);
                }
                json.writeEndArray();
            }
            case ZonedDateTime time -> {
                json.writeStartObject();
                json.writeStringField("time", time.toString());
                json.writeEndObject();
            }
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            default -> json.writeString(value.toString());
        }
    }
}
