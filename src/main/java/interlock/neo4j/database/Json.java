package interlock.neo4j.database;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import interlock.model.Summarised;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON in properties of the graph. Reading has no limits except the nesting depth, which also limits writing: stored
 * values stay readable even if the limits of documents were different when they were stored.
 */
public final class Json {
    private static final StreamReadConstraints ALL_THAT_WAS_WRITTEN = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build();
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(ALL_THAT_WAS_WRITTEN)
                    .build())
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, Object>>> OBJECTS = new TypeReference<>() {};

    private Json() {}

    /** A property contains invalid JSON or JSON of the wrong kind. The message gives the position, not the content. */
    public static final class Unreadable extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        /** The cause is omitted, because its message would quote the content. */
        private Unreadable(@Nullable JsonLocation at) {
            super("the graph contains unreadable JSON"
                    + (at == null ? "" : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr())));
        }

        @Override
        public String summary() {
            return String.valueOf(getMessage());
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws JsonProcessingException;
    }

    /** {@return the value as JSON} */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * {@return the objects of a JSON array}
     *
     * @throws Unreadable if the text is not an array of objects
     */
    public static List<Map<String, Object>> readObjects(String json) {
        return read(() -> MAPPER.readValue(json, OBJECTS));
    }

    /**
     * {@return the members of a JSON object}
     *
     * @throws Unreadable if the text is not an object
     */
    public static Map<String, Object> readObject(String json) {
        return read(() -> MAPPER.readValue(json, OBJECT));
    }

    /**
     * {@return the JSON tree}
     *
     * @throws Unreadable if the text is not JSON of this kind
     */
    public static <T extends JsonNode> T readTree(String json, Class<T> kind) {
        return read(() -> MAPPER.readValue(json, kind));
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw new Unreadable(e.getLocation());
        }
    }
}
