package interlock.neo4j.database;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param sortKey the property that the list is sorted by; ties are broken by age
 * @param descending whether the order is reversed
 * @param marker the last element before the page; empty for the first page
 * @param limit the maximum number of elements
 */
public record Page(String sortKey, boolean descending, Optional<UUID> marker, int limit) {
    /** The sort key of lists that are sorted by age alone: no node has such a property. */
    public static final String AGE = "unsorted";

    /** {@return the first page, with the oldest elements} */
    public static Page first(int limit) {
        return new Page(AGE, false, Optional.empty(), limit);
    }

    /** {@return it as statements take it} */
    public Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("sortKey", sortKey);
        parameters.put("descending", descending);
        parameters.put("marker", marker.map(UUID::toString).orElse(null));
        parameters.put("limit", limit);
        return parameters;
    }

    /** {@return whether age alone orders the list} */
    public boolean byAge() {
        return sortKey.equals(AGE);
    }
}
