package interlock.model;

import interlock.api.ResourceKey;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The configured capacities of resources, and the defaults of all others.
 *
 * @param byKind the configured defaults, by kind
 * @param byResource the configured capacities of single resources; they win over those of plans
 * @param kindsOfTypes the kinds that actions share by their types, such as hosts; without a configured default their
 *     resources are unlimited. Resources of all other kinds are locks: they have a capacity of 1
 */
public record Capacities(Map<String, Integer> byKind, Map<ResourceKey, Integer> byResource, Set<String> kindsOfTypes) {
    /** Nothing is configured, and no type shares resources: only the numbers of running actions by type are unlimited. */
    public static final Capacities DEFAULT = new Capacities(Map.of(), Map.of());

    /** The default of resources of kinds that actions do not share by their types. */
    public static final int OF_LOCK = 1;

    /** Copies the collections, and adds the kind of the limits of action types. */
    public Capacities {
        byKind = Map.copyOf(byKind);
        byResource = Map.copyOf(byResource);
        Set<String> kinds = new HashSet<>(kindsOfTypes);
        kinds.add(ResourceKey.actionType("").kind());
        kindsOfTypes = Set.copyOf(kinds);
    }

    /** Configured capacities, before the action types are known. */
    public Capacities(Map<String, Integer> byKind, Map<ResourceKey, Integer> byResource) {
        this(byKind, byResource, Set.of());
    }

    /** {@return the same configuration with the kinds that actions share by their types} */
    public Capacities with(Set<String> kindsUsedByTypes) {
        return new Capacities(byKind, byResource, kindsUsedByTypes);
    }

    /** {@return the configured capacity of a resource, otherwise its default; empty if it is unlimited} */
    public OptionalInt of(ResourceKey resource) {
        Integer configured = byResource.get(resource);
        return configured == null ? defaultOf(resource.kind()) : OptionalInt.of(configured);
    }

    /** {@return the default capacity of resources of a kind; empty if they are unlimited} */
    public OptionalInt defaultOf(String kind) {
        Integer configured = byKind.get(kind);
        if (configured != null) {
            return OptionalInt.of(configured);
        }
        return kindsOfTypes.contains(kind) ? OptionalInt.empty() : OptionalInt.of(OF_LOCK);
    }
}
