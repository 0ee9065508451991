package interlock.neo4j.view;

import interlock.api.ResourceKey;
import interlock.model.CapacitySource;
import interlock.model.StoredCapacity;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Graph;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** Reads the stored resources. Sees all earlier writes of this process. */
public final class ResourceReader {
    private static final Cypher RESOURCES = Cypher.of("read/resources");
    private static final Cypher CAPACITIES = Cypher.of("read/capacities");

    /** The maximum number of holders, and of waiting actions, that are listed for one resource. */
    private static final int MOST_LISTED = 1_000;

    private final Graph graph;

    /**
     * A resource.
     *
     * @param key its key, by which resources are sorted
     * @param planUuid the plan that it belongs to; empty if all plans share it
     * @param capacity in units; empty if it is unlimited
     * @param used the units that running actions hold
     * @param free the free units; negative after the capacity was lowered
     * @param source where the capacity comes from
     * @param holders the actions that hold units, in the order in which they started
     * @param waiters the actions that wait for units, highest priority first
     */
    public record Resource(
            String key,
            String kind,
            String id,
            Optional<String> planUuid,
            OptionalInt capacity,
            int used,
            OptionalInt free,
            CapacitySource source,
            List<User> holders,
            List<User> waiters) {}

    /**
     * An action that holds units of a resource or waits for them.
     *
     * @param since when it got them, or when it became ready
     */
    public record User(String actionUuid, String planUuid, int units, Optional<Instant> since) {}

    /**
     * The requested part of the list of resources; empty components match all.
     *
     * @param marker the key of the last resource of the page before
     * @param limit the maximum number of resources
     */
    public record Filter(Optional<String> kind, Optional<String> id, Optional<String> marker, int limit) {}

    public ResourceReader(Graph graph) {
        this.graph = graph;
    }

    /** {@return the matching resources with their holders and waiting actions, by key} */
    public List<Resource> resources(Filter filter) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("kind", filter.kind().orElse(null));
        parameters.put("id", filter.id().orElse(null));
        parameters.put("marker", filter.marker().orElse(null));
        parameters.put("limit", filter.limit());
        parameters.put("most", MOST_LISTED);
        return graph.read(tx -> tx.run(RESOURCES, parameters).list(ResourceReader::resource));
    }

    private static Resource resource(MapAccessor row) {
        Value resource = row.get("resource");
        return new Resource(
                resource.get("key").asString(),
                resource.get("kind").asString(),
                resource.get("id").asString(),
                DiagnosisInput.text(resource.get("planUuid")),
                units(resource.get("capacity")),
                resource.get("used").asInt(),
                units(resource.get("free")),
                CapacitySource.of(resource.get("source").asString()),
                row.get("holders").asList(ResourceReader::user),
                row.get("waiters").asList(ResourceReader::user));
    }

    private static User user(Value row) {
        return new User(
                row.get("action").asString(),
                row.get("plan").asString(),
                row.get("units").asInt(),
                DiagnosisInput.time(row.get("since")));
    }

    static OptionalInt units(Value value) {
        return value.isNull() ? OptionalInt.empty() : OptionalInt.of(value.asInt());
    }

    /** {@return the stored capacities of these resources; without those that are not stored} */
    public Map<ResourceKey, StoredCapacity> capacities(Collection<ResourceKey> resources) {
        if (resources.isEmpty()) {
            return Map.of();
        }
        List<Map<String, Object>> rows = resources.stream()
                .map(resource -> Map.<String, Object>of(
                        "key", resource.toString(),
                        "kind", resource.kind(),
                        "id", resource.id()))
                .toList();
        return graph.read(tx -> tx.run(CAPACITIES, Map.of("resources", rows)).stream()
                .collect(Collectors.toMap(
                        row -> new ResourceKey(
                                row.get("kind").asString(), row.get("id").asString()),
                        ResourceReader::capacity)));
    }

    private static StoredCapacity capacity(MapAccessor row) {
        return new StoredCapacity(
                units(row.get("capacity")),
                CapacitySource.of(row.get("source").asString()),
                row.get("declared").isNull()
                        ? Optional.empty()
                        : Optional.of(new StoredCapacity.Declared(
                                row.get("declared").asInt(), row.get("planName").asString())));
    }
}
