package interlock.neo4j.retention;

import interlock.api.ResourceKey;
import interlock.applier.PlanGraph.UnstorableValue;
import interlock.model.Capacities;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * Stores exported plans again, as ended plans. Storing is atomic: the parts are stored as a draft in several transactions, and the last one
 * turns the draft into a plan. The parts of an interrupted one are deleted a minute later.
 */
public final class PlanRestore {
    private static final Cypher EXISTS = Cypher.of("retention/exists");
    private static final Cypher DRAFT = Cypher.of("plan/draft");
    private static final Cypher STORE_RESOURCES = Cypher.of("resource/store");
    private static final Cypher TAKE_EFFECT = Cypher.of("resource/take-effect");
    private static final Cypher RESTORE_PLAN = Cypher.of("retention/restore-plan");
    private static final int BATCH = 500;

    private static final List<Part> PARTS = List.of(
            new Part("actions", Cypher.of("retention/restore-actions"), BATCH),
            new Part("edges", Cypher.of("retention/restore-edges"), BATCH),
            new Part("reverts", Cypher.of("retention/restore-reverts"), BATCH),
            new Part("paths", Cypher.of("retention/restore-paths"), BATCH),
            new Part("within", Cypher.of("plan/store-within"), BATCH),
            new Part("members", Cypher.of("plan/store-path-actions"), BATCH),
            new Part("replaces", Cypher.of("plan/store-replaces"), BATCH),
            new Part("activations", Cypher.of("retention/restore-activations"), BATCH),
            new Part("revisions", Cypher.of("retention/restore-revisions"), 50),
            new Part("limits", Cypher.of("plan/store-limits"), BATCH),
            new Part("uses", Cypher.of("plan/store-uses"), BATCH));

    private final Transactions graph;
    private final Capacities capacities;
    private final Runnable requireRoom;

    /** Rows of one kind, which is also the name of the parameter of the statement that stores them. */
    private record Part(String name, Cypher cypher, int batch) {
        boolean ofResources() {
            return name.equals("limits") || name.equals("uses");
        }
    }

    /** The plan, or one of its actions, is stored. */
    public static final class AlreadyStored extends RuntimeException {
        private static final long serialVersionUID = 1;

        AlreadyStored(String message) {
            super(message);
        }
    }

    /**
     * Restores plans.
     *
     * @param capacities the defaults of resources that are not stored any more
     * @param requireRoom called before each transaction; throws if there is not enough disk space
     */
    public PlanRestore(Transactions graph, Capacities capacities, Runnable requireRoom) {
        this.graph = graph;
        this.capacities = capacities;
        this.requireRoom = requireRoom;
    }

    /**
     * Stores the plan.
     *
     * @throws AlreadyStored if it is stored, or one of its actions
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is unavailable
     */
    public void restore(ArchivedPlan plan) {
        String uuid = plan.uuid().toString();
        requireRoom.run();
        try {
            graph.write(tx -> {
                if (tx.run(EXISTS, Map.of("uuid", uuid)).single().get("exists").asBoolean()) {
                    throw new AlreadyStored("The plan %s is stored already.".formatted(uuid));
                }
                tx.run(DRAFT, Map.of("uuid", uuid)).consume();
                return uuid;
            });
            for (Part part : PARTS) {
                plan.of(part.name()).stream()
                        .gather(Gatherers.windowFixed(part.batch()))
                        .forEach(batch -> store(plan.uuid(), part, batch));
            }
            publish(plan);
        } catch (UnstorableValue e) {
            throw new AlreadyStored(
                    "A part of the plan %s cannot be stored, because %s.".formatted(uuid, e.getMessage()));
        }
    }

    private void store(UUID plan, Part part, List<Map<String, @Nullable Object>> batch) {
        requireRoom.run();
        long stored = graph.write(tx -> {
            if (part.ofResources()) {
                tx.takeGate(); // excludes appliers, which count units of resources
                storeResources(tx, batch);
            }
            long rows = tx.run(part.cypher(), Map.of("plan", plan.toString(), part.name(), batch)).stream()
                    .mapToLong(row -> row.get("stored").asLong())
                    .sum();
            if (part.ofResources()) {
                tx.run(TAKE_EFFECT, Map.of()).consume();
            }
            return rows;
        });
        if (stored != batch.size()) {
            throw sweptAway(plan);
        }
    }

    private void storeResources(Transaction tx, List<Map<String, @Nullable Object>> batch) {
        Map<String, Map<String, @Nullable Object>> resources = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : batch) {
            ResourceKey resource = new ResourceKey(String.valueOf(row.get("kind")), String.valueOf(row.get("id")));
            OptionalInt capacity = capacities.defaultOf(resource.kind());
            Map<String, @Nullable Object> stored = new HashMap<>();
            stored.put("key", row.get("key"));
            stored.put("kind", resource.kind());
            stored.put("id", resource.id());
            stored.put("capacity", capacity.isPresent() ? capacity.getAsInt() : null);
            stored.put("plan", row.get("planUuid"));
            resources.putIfAbsent(String.valueOf(row.get("key")), stored);
        }
        tx.run(STORE_RESOURCES, Map.of("resources", List.copyOf(resources.values())))
                .consume();
    }

    private void publish(ArchivedPlan plan) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("uuid", plan.uuid().toString());
        parameters.put("plan", plan.plan());
        parameters.put("idempotencyKey", plan.idempotencyKey().orElse(null));
        boolean published = graph.write(tx -> {
            tx.takeGate();
            return !tx.run(RESTORE_PLAN, parameters).list().isEmpty();
        });
        if (!published) {
            throw sweptAway(plan.uuid());
        }
    }

    private static IllegalStateException sweptAway(UUID plan) {
        return new IllegalStateException("restoring the plan took too long: its draft %s was deleted".formatted(plan));
    }
}
