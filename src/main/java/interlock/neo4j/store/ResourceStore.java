package interlock.neo4j.store;

import interlock.api.ResourceKey;
import interlock.model.Capacities;
import interlock.neo4j.advance.ChangeContext;
import interlock.neo4j.advance.ChangeLog;
import interlock.neo4j.advance.RecordPhase;
import interlock.neo4j.control.CapacityRules;
import interlock.neo4j.control.CapacityRules.Lack;
import interlock.neo4j.control.CapacityRules.Refusal;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/**
 * Sets the capacities of resources. Each change is one transaction, serialised with the claims of actions. Every method
 * throws {@link interlock.applier.PlanGraph.GraphUnavailable} when the database is unavailable.
 */
public final class ResourceStore {
    private static final Cypher CONFIGURE = Cypher.of("resource/configure");
    private static final Cypher SET_DEFAULTS = Cypher.of("resource/set-defaults");
    private static final Cypher SET = Cypher.of("resource/set");
    private static final Cypher FORGET_ENDED_PLANS = Cypher.of("resource/forget-ended-plans");
    private static final Cypher DELETE_UNUSED = Cypher.of("resource/delete-unused");
    private static final Cypher SAY_LACKING = Cypher.of("resource/say-lacking");

    private final Transactions graph;
    private final Capacities capacities;

    /** The result of a change. */
    public sealed interface Change {
        /**
         * The change was made.
         *
         * @param plans the plans whose status messages changed
         */
        record Done(Set<UUID> plans) implements Change {}

        /**
         * Plans need more units. Nothing was changed.
         *
         * @param reason a sentence with the names of the plans and their largest demands
         */
        record Refused(String reason) implements Change {}

        /** Nothing is stored that could be removed. */
        record Unknown() implements Change {}
    }

    /** Sets capacities in {@code graph}; {@code capacities} are the configured ones and the defaults. */
    public ResourceStore(Transactions graph, Capacities capacities) {
        this.graph = graph;
        this.capacities = capacities;
    }

    /**
     * Applies the configuration: capacities by name, and the defaults of all kinds.
     *
     * @return the plans whose status messages changed, because they cannot go on or can go on again
     */
    public Set<UUID> applyConfiguration() {
        Map<String, Integer> byKey = capacities.byResource().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        return graph.write(tx -> {
            tx.takeGate();
            CapacityRules.store(tx, capacities.byResource().keySet(), capacities);
            tx.send(CONFIGURE, Map.of("resources", byKey));
            tx.send(
                    SET_DEFAULTS,
                    Map.of(
                            "kinds", capacities.byKind(),
                            "unlimited", List.copyOf(capacities.kindsOfTypes()),
                            "lock", Capacities.OF_LOCK));
            CapacityRules.takeEffect(tx);
            return sayLacking(tx, CapacityRules.lacking(tx));
        });
    }

    /**
     * Sets the capacity of a shared resource, whether it is stored already or not. It wins over all other capacities.
     * Running actions go on, even if they hold more units.
     *
     * @param capacity in units, at least 0
     * @param force whether to lower the capacity below what an action of an unfinished plan takes; such plans say so
     */
    public Change set(ResourceKey resource, int capacity, boolean force) {
        return change(
                force,
                tx -> {
                    CapacityRules.store(tx, List.of(resource), capacities);
                    CapacityRules.takeEffect(tx);
                    return set(tx, resource, capacity);
                },
                resource);
    }

    /**
     * Removes the capacity that was set by {@link #set}, and that of plans that have ended. The capacity of the
     * configuration, of an unfinished plan, or the default applies again.
     *
     * @param force as for {@link #set}
     */
    public Change unset(ResourceKey resource, boolean force) {
        return change(
                force,
                tx -> {
                    Optional<MapAccessor> before = set(tx, resource, null);
                    boolean forgotten = !tx.run(FORGET_ENDED_PLANS, Map.of("key", resource.toString()))
                            .list()
                            .isEmpty();
                    return before.filter(row -> forgotten || row.get("limited").asBoolean());
                },
                resource);
    }

    private static Optional<MapAccessor> set(Transaction tx, ResourceKey resource, @Nullable Integer capacity) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("key", resource.toString());
        parameters.put("capacity", capacity);
        return tx.run(SET, parameters).stream().findFirst();
    }

    /** Changes a capacity, and returns the capacity before the change. */
    @FunctionalInterface
    private interface Work {
        Optional<MapAccessor> apply(Transaction tx);
    }

    private Change change(boolean force, Work work, ResourceKey resource) {
        try {
            return graph.write(tx -> {
                tx.takeGate();
                Optional<MapAccessor> before = work.apply(tx);
                if (before.isEmpty()) {
                    CapacityRules.takeEffect(tx);
                    return new Change.Unknown();
                }
                CapacityRules.takeEffect(tx);
                List<Lack> lacks = CapacityRules.lacking(tx);
                if (!force) {
                    refuse(resource, before.get(), lacks);
                }
                Change done = new Change.Done(sayLacking(tx, lacks));
                tx.send(DELETE_UNUSED, Map.of("key", resource.toString()));
                return done;
            });
        } catch (Refusal e) {
            return new Change.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Only plans that could start their actions until now count. */
    private static void refuse(ResourceKey resource, MapAccessor before, List<Lack> lacks) {
        List<Lack> its = lacks.stream()
                .filter(lack -> lack.key().equals(resource.toString()))
                .filter(lack -> before.get("before").isNull()
                        || lack.units() <= before.get("before").asInt())
                .toList();
        if (!its.isEmpty()) {
            throw new Refusal("Plans need more units of %s: %s. With force it changes, and they cannot go on."
                    .formatted(
                            resource,
                            CapacityRules.sentence(its.stream()
                                    .map(lack -> "plan '%s' (action '%s' takes %d)"
                                            .formatted(lack.planName(), lack.action(), lack.units()))
                                    .toList())));
        }
    }

    /** Stores with each plan what it lacks first. */
    private static Set<UUID> sayLacking(Transaction tx, List<Lack> lacks) {
        Map<String, String> messages = new HashMap<>();
        lacks.forEach(lack -> messages.putIfAbsent(lack.plan(), "Cannot go on: %s.".formatted(lack.message())));
        List<MapAccessor> changed =
                tx.run(SAY_LACKING, Map.of("messages", messages)).list();
        if (!changed.isEmpty()) {
            ChangeContext context =
                    new ChangeContext(tx, changed.getFirst().get("now").asZonedDateTime(), new ChangeLog());
            changed.forEach(row -> context.changes().plan(row.get("plan").asString()));
            new RecordPhase(context).record();
        }
        return changed.stream()
                .map(row -> UUID.fromString(row.get("plan").asString()))
                .collect(Collectors.toSet());
    }
}
