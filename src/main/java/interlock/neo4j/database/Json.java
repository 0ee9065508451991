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
 * The JSON that is kept in properties of the graph. Reading it is bounded by nothing but the nesting that bounds writing, too: what
 * was stored once can be read, whatever the limits of documents were then.
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

    /** A property holds what is no JSON, or not of the kind that belongs there. The message says where, and not what. */
    public static final class Unreadable extends RuntimeException implements Summarised {
        private static final long serialVersionUID = 1;

        /** Without the cause: its message would hold some of the text. */
        private Unreadable(@Nullable JsonLocation at) {
            super("the graph holds JSON that cannot be read"
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

    /** {@return the text of a value} */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * {@return the objects of a list}
     *
     * @throws Unreadable when the text is none
     */
    public static List<Map<String, Object>> readObjects(String json) {
        return read(() -> MAPPER.readValue(json, OBJECTS));
    }

    /**
     * {@return the members of an object}
     *
     * @throws Unreadable when the text is none
     */
    public static Map<String, Object> readObject(String json) {
        return read(() -> MAPPER.readValue(json, OBJECT));
    }

    /**
     * {@return the text as a tree}
     *
     * @throws Unreadable when it is no JSON of that kind
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
