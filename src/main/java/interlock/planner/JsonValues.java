package interlock.planner;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares JSON values as Watcher does in Python: numbers by value, so that 1, 1.0 and true are equal. */
final class JsonValues {
    private static final Object NULL = new Object();

    private JsonValues() {}

    /** {@return an object that is equal for equal JSON values} */
    static Object normal(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            case Double number when !Double.isFinite(number) -> number;
            case Double number -> new BigDecimal(number).stripTrailingZeros();
            case Float number when !Float.isFinite(number) -> number.doubleValue();
            case Number number -> exact(number).stripTrailingZeros();
            case List<?> list -> list.stream().map(JsonValues::normal).toList();
            case Map<?, ?> map -> normalMembers(map);
            default -> value;
        };
    }

    private static BigDecimal exact(Number number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }

    private static Map<Object, Object> normalMembers(Map<?, ?> map) {
        Map<Object, Object> members = HashMap.newHashMap(map.size());
        map.forEach((name, value) -> members.put(name, normal(value)));
        return members;
    }

    /** {@return whether the value can be a key of a map} */
    static boolean isScalar(@Nullable Object value) {
        return !(value instanceof List<?> || value instanceof Map<?, ?>);
    }
}
