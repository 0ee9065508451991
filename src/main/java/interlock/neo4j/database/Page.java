package interlock.neo4j.database;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param sortKey the property by which the list is ordered; then by age
 * @param descending whether the list is turned round
 * @param marker the last one before the part, if it is not the first part
 * @param limit how many there are in the part at most
 */
public record Page(String sortKey, boolean descending, Optional<UUID> marker, int limit) {
    /** The key of lists that are ordered by age alone: no node has such a property. */
    public static final String AGE = "unsorted";

    /** {@return the oldest} */
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
