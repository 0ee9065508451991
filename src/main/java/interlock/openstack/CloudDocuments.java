package interlock.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration of clouds, unvalidated: a cloud is validated when it is first used.
 *
 * @param byName the clouds
 * @param chosen the default cloud
 * @param sought where the configuration was searched, for error messages
 */
public record CloudDocuments(Map<String, JsonNode> byName, Optional<String> chosen, String sought) {
    /** No cloud. */
    public static final CloudDocuments NONE = new CloudDocuments(Map.of(), Optional.empty(), "nowhere");

    /** Copies the map, ordered by name. */
    public CloudDocuments {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** Only the names, because the documents contain passwords. */
    @Override
    public String toString() {
        return "CloudDocuments" + byName.keySet();
    }
}
