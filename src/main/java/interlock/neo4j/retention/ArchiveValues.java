package interlock.neo4j.retention;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.api.ResourceKey;
import interlock.model.DocumentLimits;
import interlock.model.ValidationError;
import interlock.model.ValidationErrors;
import interlock.neo4j.database.Json;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of an exported plan, as properties of the graph; collects what is wrong with them. Used by one thread. */
final class ArchiveValues {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");
    private static final int MOST_PROPERTIES = 100;
    private static final int MOST_UNITS = 1_000_000;
    private static final int MOST_ELEMENTS = 1_000;
    private static final int LONGEST = 1_000_000;

    private final JsonNode document;
    private final ValidationErrors faults = new ValidationErrors();

    ArchiveValues(JsonNode document) {
        this.document = document;
    }

    JsonNode document() {
        return document;
    }

    ValidationErrors faults() {
        return faults;
    }

    void fault(String place, String message) {
        faults.add(new ValidationError(place, message));
    }

    /** Reads the elements of a member of the document, each with its place. */
    void each(String member, BiConsumer<JsonNode, String> reader) {
        each(document.path(member), member, reader);
    }

    void each(JsonNode list, String place, BiConsumer<JsonNode, String> reader) {
        if (!list.isArray()) {
            fault(place, "must be a list");
            return;
        }
        if (list.size() > DocumentLimits.ACTIONS && place.equals("actions")) {
            fault(place, "has more than %,d actions".formatted(DocumentLimits.ACTIONS));
            return;
        }
        int at = 0;
        for (JsonNode each : list) {
            reader.accept(each, "%s[%d]".formatted(place, at++));
        }
    }

    /** {@return the properties of a node or a relationship, without those that are left out} */
    Map<String, @Nullable Object> properties(JsonNode object, String place, Set<String> leftOut) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (!object.isObject() || object.size() > MOST_PROPERTIES) {
            fault(place, "must be an object of at most %d properties".formatted(MOST_PROPERTIES));
            return properties;
        }
        object.properties().forEach(entry -> {
            if (!NAME.matcher(entry.getKey()).matches()) {
                fault(place, "has a property whose name is none of the graph");
            } else if (!leftOut.contains(entry.getKey())) {
                properties.put(entry.getKey(), value(entry.getValue(), place + "." + entry.getKey()));
            }
        });
        return properties;
    }

    private @Nullable Object value(JsonNode value, String place) {
        if (value.isTextual()) {
            if (value.textValue().length() > LONGEST) {
                fault(place, "is longer than %,d characters".formatted(LONGEST));
            }
            return value.textValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isFloatingPointNumber()) {
            return value.doubleValue();
        }
        if (value.isObject() && value.size() == 1 && value.path("time").isTextual()) {
            try {
                return ZonedDateTime.parse(value.path("time").textValue());
            } catch (DateTimeException _) {
                fault(place + ".time", "must be a time, such as 2026-05-04T12:00:00Z");
                return null;
            }
        }
        if (value.isArray() && value.size() <= MOST_ELEMENTS) {
            List<String> list = new ArrayList<>();
            value.forEach(each -> {
                if (!each.isTextual()) {
                    fault(place, "must be a list of texts");
                }
                list.add(each.asText());
            });
            return list;
        }
        fault(
                place,
                "must be a text, a number, true, false, a time, or a list of at most %,d texts"
                        .formatted(MOST_ELEMENTS));
        return null;
    }

    String uuid(Map<String, @Nullable Object> properties, String place) {
        if (properties.get("uuid") instanceof String text && isUuid(text)) {
            return text;
        }
        fault(place + ".uuid", "must be a uuid");
        return "";
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    Object text(Map<String, @Nullable Object> properties, String place, String name) {
        if (properties.get(name) instanceof String text && text.length() <= 4 * DocumentLimits.NAME) {
            return text;
        }
        fault(place + "." + name, "must be a text of at most %d characters".formatted(4 * DocumentLimits.NAME));
        return "";
    }

    Object number(Map<String, @Nullable Object> properties, String place, String name, long least) {
        if (properties.get(name) instanceof Long number && number >= least && number <= Long.MAX_VALUE / 2) {
            return number;
        }
        fault(place + "." + name, "must be an integer of at least %d".formatted(least));
        return 0L;
    }

    void time(Map<String, @Nullable Object> properties, String place, String name) {
        if (!(properties.get(name) instanceof ZonedDateTime)) {
            fault(place + "." + name, "must be a time: {\"time\": \"2026-05-04T12:00:00Z\"}");
        }
    }

    <T extends Enum<T>> Optional<T> name(
            Map<String, @Nullable Object> properties, String place, String name, Class<T> type) {
        Optional<T> found = Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(properties.get(name)))
                .findFirst();
        if (found.isEmpty()) {
            fault(place + "." + name, "must be one of " + Arrays.toString(type.getEnumConstants()));
        }
        return found;
    }

    void json(Map<String, @Nullable Object> properties, String place, String name, Predicate<JsonNode> kind) {
        try {
            if (properties.get(name) instanceof String text && kind.test(Json.readTree(text, JsonNode.class))) {
                return;
            }
        } catch (Json.Unreadable _) {
            // rejected below
        }
        fault(place + "." + name, "must be JSON in a text, as it was exported");
    }

    void unique(Set<? super String> known, Object value, String place) {
        if (!known.add(String.valueOf(value))) {
            fault(place, "is there twice");
        }
    }

    String known(Set<String> known, JsonNode uuid, String place) {
        if (!known.contains(uuid.asText())) {
            fault(place, "is not in the document: %s".formatted(uuid));
        }
        return uuid.asText();
    }

    /** {@return a map with key, kind, id, planUuid (of a resource of the plan alone), own, and an amount} */
    Map<String, @Nullable Object> resource(JsonNode node, String place, String plan, String amount, int least) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        String kind = node.path("kind").asText();
        String id = node.path("id").asText();
        if (kind.isEmpty() || id.isEmpty() || kind.length() > DocumentLimits.NAME || kind.contains("/")) {
            fault(place, "must have a kind and an id of a resource");
            return row;
        }
        boolean own = node.path("own").asBoolean();
        String key = new ResourceKey(kind, id).toString();
        row.put("key", own ? plan + "/" + key : key);
        row.put("kind", kind);
        row.put("id", id);
        row.put("planUuid", own ? plan : null);
        row.put("own", own);
        JsonNode units = node.path(amount);
        if (!units.canConvertToInt() || units.intValue() < least || units.intValue() > MOST_UNITS) {
            fault(place + "." + amount, "must be an integer from %d to %,d".formatted(least, MOST_UNITS));
        }
        row.put(amount, units.intValue());
        return row;
    }
}
