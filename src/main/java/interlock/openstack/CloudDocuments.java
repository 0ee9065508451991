package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the configuration says of clouds, as it was found: whether it will do is seen when a cloud is used.
 *
 * @param byName the clouds
 * @param chosen the one that is meant if none is named
 * @param sought where they were sought, for a person to read
 */
public record CloudDocuments(Map<String, JsonNode> byName, Optional<String> chosen, String sought) {
    /** No cloud. */
    public static final CloudDocuments NONE = new CloudDocuments(Map.of(), Optional.empty(), "nowhere");

    /** Copies the map, ordered by name. */
    public CloudDocuments {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** Names only: there are passwords in the rest. */
    @Override
    public String toString() {
        return "CloudDocuments" + byName.keySet();
    }
}
