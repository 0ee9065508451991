package interlock.api;

/**
 * The units of a resource that an action takes while it runs.
 *
 * @param resource the resource
 * @param units at least 1
 */
public record ResourceUse(ResourceKey resource, int units) {
    public ResourceUse {
        if (units < 1) {
            throw new IllegalArgumentException("an action takes at least 1 unit of " + resource + ", not " + units);
        }
    }
}
