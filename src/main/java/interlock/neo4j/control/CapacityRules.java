package interlock.neo4j.control;

import interlock.api.ResourceKey;
import interlock.model.Capacities;
import interlock.model.CapacitySource;
import interlock.model.StoredCapacity;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.QueryResult;
import interlock.neo4j.database.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** The rules of capacities within a transaction that holds the gate. */
public final class CapacityRules {
    private static final Cypher STORE = Cypher.of("resource/store");
    private static final Cypher HOLD_RUNNING = Cypher.of("resource/hold-running");
    private static final Cypher TAKE_EFFECT = Cypher.of("resource/take-effect");
    private static final Cypher LACKING = Cypher.of("resource/lacking");
    private static final Cypher LIMITS = Cypher.of("plan/limits");
    private static final Cypher APPLY_LIMITS = Cypher.of("plan/apply-limits");

    private CapacityRules() {}

    /** A change that the rules do not allow; it rolls the transaction back. The message is for the user. */
    public static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Refusal(String message) {
            super(message);
        }
    }

    /**
     * An action that takes more units of a resource than its capacity.
     *
     * @param plan its plan's uuid
     * @param planName the plan's name, or its uuid
     * @param key the resource's key
     * @param action its id
     * @param units the units that it takes
     * @param message what it needs, for people
     */
    public record Lack(String plan, String planName, String key, String action, int units, String message) {
        private static Lack of(MapAccessor row) {
            String name = row.get("name").asString("");
            return new Lack(
                    row.get("plan").asString(),
                    name.isEmpty() ? row.get("plan").asString() : name,
                    row.get("key").asString(),
                    row.get("action").asString(),
                    row.get("units").asInt(),
                    "action '%s' needs %s of %s/%s, which has a capacity of %d"
                            .formatted(
                                    row.get("action").asString(),
                                    counted(row.get("units").asInt()),
                                    row.get("kind").asString(),
                                    row.get("id").asString(),
                                    row.get("capacity").asInt()));
        }
    }

    private static String counted(int units) {
        return units == 1 ? "1 unit" : units + " units";
    }

    /** Stores shared resources that are not stored yet, with the defaults of their kinds. */
    public static void store(Transaction tx, Collection<ResourceKey> resources, Capacities capacities) {
        storeRows(
                tx,
                resources.stream()
                        .map(resource ->
                                row(resource.toString(), resource, capacities.defaultOf(resource.kind()), null))
                        .toList());
    }

    /** {@return the row of a resource for {@link #storeRows}} */
    public static Map<String, @Nullable Object> row(
            String key, ResourceKey resource, OptionalInt capacity, @Nullable String plan) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("key", key);
        row.put("kind", resource.kind());
        row.put("id", resource.id());
        row.put("capacity", capacity.isPresent() ? capacity.getAsInt() : null);
        row.put("plan", plan);
        return row;
    }

    /** Stores resources that are not stored yet. */
    public static void storeRows(Transaction tx, List<Map<String, @Nullable Object>> rows) {
        tx.send(STORE, Map.of("resources", rows));
    }

    /** Lets changed capacities take effect. */
    public static void takeEffect(Transaction tx) {
        tx.send(HOLD_RUNNING, Map.of());
        tx.send(TAKE_EFFECT, Map.of());
    }

    /** {@return what the actions of unfinished plans lack} */
    public static List<Lack> lacking(Transaction tx) {
        Map<String, @Nullable Object> all = new HashMap<>();
        all.put("plan", null);
        return tx.run(LACKING, all).list(Lack::of);
    }

    /**
     * {@return why the capacities in the document of a plan or a draft cannot apply, one reason for each resource; empty
     * if they can}
     */
    public static List<String> conflicts(Transaction tx, String plan) {
        return conflicts(tx.run(LIMITS, Map.of("plan", plan)));
    }

    private static List<String> conflicts(QueryResult limits) {
        return limits.stream()
                .filter(row -> !row.get("other").isNull())
                .map(row -> {
                    int other = row.get("other").asInt();
                    StoredCapacity stored = new StoredCapacity(
                            OptionalInt.of(other),
                            CapacitySource.of(row.get("source").asString()),
                            Optional.ofNullable(row.get("planName").asString(null))
                                    .map(name -> new StoredCapacity.Declared(other, name)));
                    return "the plan gives %s a capacity of %d, but it has %d, %s"
                            .formatted(
                                    row.get("key").asString(),
                                    row.get("capacity").asInt(),
                                    other,
                                    stored.giver());
                })
                .toList();
    }

    /**
     * Gives resources the capacities in the document of a plan that starts.
     *
     * @throws Refusal if a resource has another capacity, or an action of this plan or of another one could then never
     *     start
     */
    public static void apply(Transaction tx, String plan) {
        Map<String, String> parameters = Map.of("plan", plan);
        QueryResult limits = tx.run(LIMITS, parameters);
        QueryResult own = tx.run(LACKING, parameters);
        List<String> conflicts = conflicts(limits);
        if (!conflicts.isEmpty()) {
            throw new Refusal(sentence(conflicts));
        }
        List<Lack> lacks;
        if (limits.list().isEmpty()) {
            lacks = own.list(Lack::of);
        } else {
            own.consume();
            tx.send(APPLY_LIMITS, parameters);
            takeEffect(tx);
            Set<String> keys =
                    limits.stream().map(row -> row.get("key").asString()).collect(Collectors.toSet());
            lacks = Stream.concat(
                            tx.run(LACKING, parameters).list(Lack::of).stream(),
                            lacking(tx).stream().filter(lack -> !lack.plan().equals(plan) && keys.contains(lack.key())))
                    .toList();
        }
        if (!lacks.isEmpty()) {
            throw new Refusal(sentence(lacks.stream()
                    .map(lack -> lack.plan().equals(plan)
                            ? lack.message()
                            : "plan '%s': %s".formatted(lack.planName(), lack.message()))
                    .toList()));
        }
    }

    /** {@return the first of the reasons, and the number of the others} */
    public static String sentence(List<String> reasons) {
        int most = 3;
        String named = reasons.stream().limit(most).collect(Collectors.joining("; "));
        return reasons.size() > most ? "%s; and %d more".formatted(named, reasons.size() - most) : named;
    }
}
