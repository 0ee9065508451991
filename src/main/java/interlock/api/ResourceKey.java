package interlock.api;

/**
 * The key of a resource.
 *
 * @param kind the kind of resource, such as {@code compute_host} or {@code instance}
 * @param id its id, unique among resources of its kind
 */
public record ResourceKey(String kind, String id) {
    /** {@return the key of the resource that limits how many actions of one type run at once} */
    public static ResourceKey actionType(String name) {
        return new ResourceKey("action_type", name);
    }

    /** {@return kind and id, such as {@code compute_host/compute-4}} */
    @Override
    public String toString() {
        return kind + "/" + id;
    }
}
