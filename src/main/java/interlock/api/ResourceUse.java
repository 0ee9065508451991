package interlock.api;

/**
 * What an action takes of a resource while it runs.
 *
 * @param resource of which
 * @param units how much, at least 1
 */
public record ResourceUse(ResourceKey resource, int units) {
    /** Refuses nothing, and less. */
    public ResourceUse {
        if (units < 1) {
            throw new IllegalArgumentException("an action takes at least 1 unit of " + resource + ", not " + units);
        }
    }
}
