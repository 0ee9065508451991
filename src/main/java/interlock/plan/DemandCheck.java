package interlock.plan;

import interlock.api.ResourceKey;
import interlock.model.Capacities;
import interlock.model.PlanCapacities;
import interlock.model.StoredCapacity;
import interlock.model.ValidationError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The capacities that a document declares, and the check that the demands of its actions fit. Stored capacities are
 * looked up once for all actions that were added before.
 */
final class DemandCheck {
    private final Capacities capacities;
    private final StoredCapacity.Lookup stored;
    private final Map<ResourceKey, Declared> declared = new LinkedHashMap<>();
    private final List<Demand> demands = new ArrayList<>();
    private final Map<ResourceKey, StoredCapacity> known = new HashMap<>();

    private record Declared(int capacity, boolean own, String path) {}

    private record Demand(ResourceKey resource, int units, String path) {}

    DemandCheck(Capacities capacities, StoredCapacity.Lookup stored) {
        this.capacities = capacities;
        this.stored = stored;
    }

    /**
     * Adds a capacity in the document.
     *
     * @param own whether the resource belongs to the plan alone
     * @param path its path in the document
     */
    void declare(ResourceKey resource, int capacity, boolean own, String path, List<ValidationError> faults) {
        Declared before = declared.putIfAbsent(resource, new Declared(capacity, own, path));
        if (before != null) {
            faults.add(new ValidationError(path, "%s is listed twice: see %s".formatted(resource, before.path())));
        }
    }

    /** Adds the units that an action takes of a resource, all of its uses together. */
    void add(ResourceKey resource, int units, String path) {
        demands.add(new Demand(resource, units, path));
    }

    /** Adds the errors of the declared capacities and of the demands so far; each demand is checked once. */
    void check(List<ValidationError> faults) {
        Set<ResourceKey> asked = new HashSet<>(declared.keySet());
        demands.forEach(demand -> asked.add(demand.resource()));
        asked.removeIf(resource -> isOwn(resource) || known.containsKey(resource));
        known.putAll(stored.of(asked));
        declared.forEach((resource, capacity) -> checkDeclared(resource, capacity, faults));
        PlanCapacities all = capacities();
        demands.forEach(demand -> check(demand, all.of(demand.resource(), capacities), faults));
        demands.clear();
    }

    private boolean isOwn(ResourceKey resource) {
        Declared its = declared.get(resource);
        return its != null && its.own();
    }

    private void checkDeclared(ResourceKey resource, Declared capacity, List<ValidationError> faults) {
        StoredCapacity other = known.get(resource);
        if (capacity.own() || other == null) {
            return;
        }
        OptionalInt given = other.given();
        if (given.isPresent() && given.getAsInt() != capacity.capacity()) {
            faults.add(new ValidationError(
                    capacity.path() + ".capacity",
                    "is %d, but %s has a capacity of %d, %s; leave it out, or give the same number"
                            .formatted(capacity.capacity(), resource, given.getAsInt(), other.giver())));
        }
    }

    private void check(Demand demand, OptionalInt capacity, List<ValidationError> faults) {
        if (capacity.isPresent() && demand.units() > capacity.getAsInt()) {
            faults.add(new ValidationError(
                    demand.path(),
                    "takes %d unit%s of %s, which has %d%s"
                            .formatted(
                                    demand.units(),
                                    demand.units() == 1 ? "" : "s",
                                    demand.resource(),
                                    capacity.getAsInt(),
                                    hint(demand.resource()))));
        }
    }

    private String hint(ResourceKey resource) {
        StoredCapacity other = known.get(resource);
        return !declared.containsKey(resource) && other != null && other.given().isPresent()
                ? ", " + other.giver()
                : "; set its capacity under 'resources'";
    }

    /** {@return the capacities in the document, and those that others have given to the resources so far} */
    PlanCapacities capacities() {
        Map<ResourceKey, Integer> its = new LinkedHashMap<>();
        Set<ResourceKey> own = new HashSet<>();
        declared.forEach((resource, capacity) -> {
            its.put(resource, capacity.capacity());
            if (capacity.own()) {
                own.add(resource);
            }
        });
        Map<ResourceKey, Integer> given = new HashMap<>();
        known.forEach((resource, capacity) -> capacity.given().ifPresent(units -> given.put(resource, units)));
        return new PlanCapacities(its, own, given);
    }
}
