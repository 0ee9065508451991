package interlock.neo4j.store;

import interlock.api.ResourceKey;
import interlock.model.Capacities;
import interlock.model.DurationKeys;
import interlock.model.FinallyState;
import interlock.model.IdempotencyKeyReused;
import interlock.model.InvalidPlan;
import interlock.model.NewPlan;
import interlock.model.PlanEstimate;
import interlock.neo4j.advance.ChangeContext;
import interlock.neo4j.advance.ChangeLog;
import interlock.neo4j.advance.PlanChange;
import interlock.neo4j.advance.RecordPhase;
import interlock.neo4j.control.CapacityRules;
import interlock.neo4j.control.PlanControl;
import interlock.neo4j.database.Cypher;
import interlock.neo4j.database.DiskFull;
import interlock.neo4j.database.Graph;
import interlock.neo4j.database.Transaction;
import interlock.neo4j.database.Transactions;
import interlock.neo4j.duration.RecordedDurations;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** Stores plans, and supersedes old ones. */
public final class PlanStore {
    /** The maximum number of rows per transaction, so that large plans need little memory. */
    private static final int BATCH = 1_000;

    private static final Cypher FIND_BY_IDEMPOTENCY_KEY = Cypher.of("plan/find-by-idempotency-key");
    private static final Cypher GIVE_UP_IDEMPOTENCY_KEY = Cypher.of("plan/give-up-idempotency-key");
    private static final Cypher SET_BASELINE = Cypher.of("plan/set-baseline");
    private static final Cypher DRAFT = Cypher.of("plan/draft");
    private static final Cypher STORE_ACTIONS = Cypher.of("plan/store-actions");
    private static final Cypher STORE_EDGES = Cypher.of("plan/store-edges");
    private static final Cypher STORE_PATHS = Cypher.of("plan/store-paths");
    private static final Cypher STORE_WITHIN = Cypher.of("plan/store-within");
    private static final Cypher STORE_PATH_ACTIONS = Cypher.of("plan/store-path-actions");
    private static final Cypher STORE_REPLACES = Cypher.of("plan/store-replaces");
    private static final Cypher STORE_USES = Cypher.of("plan/store-uses");
    private static final Cypher STORE_LIMITS = Cypher.of("plan/store-limits");
    private static final Cypher PUBLISH = Cypher.of("plan/publish");
    private static final Cypher SWEEP_DRAFTS = Cypher.of("plan/sweep-drafts");
    private static final Cypher SUPERSEDE = Cypher.of("plan/supersede");
    private static final Cypher SUPERSEDE_EXPIRED = Cypher.of("plan/supersede-expired");

    private final Transactions graph;
    private final Capacities capacities;
    private final DurationKeys keys;
    private final Runnable requireRoom;

    /** Rows of one kind, and the statement that stores them. */
    private record Part(Cypher cypher, String name, Stream<Map<String, @Nullable Object>> rows) {
        Stream<Batch> batches() {
            return rows.gather(Gatherers.windowFixed(BATCH)).map(some -> new Batch(cypher, name, some));
        }
    }

    /** The rows of one transaction. */
    private record Batch(Cypher cypher, String name, List<Map<String, @Nullable Object>> rows) {}

    /** Stores plans in {@code graph}. {@code capacities} are the defaults of resources that are not stored yet. */
    public PlanStore(Transactions graph, Capacities capacities) {
        this(graph, capacities, DurationKeys.NONE, () -> {});
    }

    /**
     * Stores plans if there is disk space.
     *
     * @param keys what matters for the durations of actions
     * @param requireRoom called before each transaction of a new plan; throws {@link DiskFull} if there is not enough
     *     space
     */
    public PlanStore(Transactions graph, Capacities capacities, DurationKeys keys, Runnable requireRoom) {
        this.graph = graph;
        this.keys = keys;
        this.capacities = capacities;
        this.requireRoom = requireRoom;
    }

    /**
     * Stores a plan in state RECOMMENDED. Storing is atomic: the parts are stored as a draft in several transactions,
     * and the last one turns the draft into a plan.
     *
     * @return its uuid; if the idempotency key is known, the uuid of the plan of the earlier request, unless that plan was
     *     deleted
     * @throws IdempotencyKeyReused if the earlier request had another body
     * @throws DiskFull if there is not enough disk space; the stored parts are deleted later
     * @throws InvalidPlan if another plan has given a resource a different capacity
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is unavailable
     */
    public UUID create(NewPlan plan) {
        Optional<NewPlan.IdempotencyKey> key = plan.origin().idempotencyKey();
        Optional<UUID> known = key.isPresent() ? graph.read(tx -> find(tx, key)) : Optional.empty();
        return known.orElseGet(() -> store(plan));
    }

    private static Optional<UUID> find(Transaction tx, Optional<NewPlan.IdempotencyKey> idempotencyKey) {
        return idempotencyKey.flatMap(key -> tx.run(FIND_BY_IDEMPOTENCY_KEY, Map.of("key", key.key())).stream()
                .findFirst()
                .map(row -> repeated(row, key)));
    }

    /** {@return the plan of the earlier request} Plans of older versions have no digest. */
    private static UUID repeated(MapAccessor row, NewPlan.IdempotencyKey key) {
        String plan = row.get("plan").asString();
        Optional<String> before = Optional.ofNullable(row.get("digest").asString(null));
        if (before.isPresent() && key.bodyDigest().isPresent() && !before.equals(key.bodyDigest())) {
            throw new IdempotencyKeyReused(key.key(), plan);
        }
        return UUID.fromString(plan);
    }

    private UUID store(NewPlan plan) {
        UUID uuid = UUID.randomUUID();
        PlanGraphWriter rows = new PlanGraphWriter(plan, uuid.toString(), keys);
        requireRoom.run();
        RecordedDurations recorded = graph.write(tx -> draft(tx, uuid, rows));
        parts(rows, recorded).flatMap(Part::batches).forEach(batch -> store(uuid, batch));
        return publish(uuid, plan, rows).orElseThrow(() -> sweptAway(uuid));
    }

    /** {@return what is recorded for the plan's actions without an estimate, after storing the draft} */
    private static RecordedDurations draft(Transaction tx, UUID uuid, PlanGraphWriter rows) {
        tx.run(DRAFT, Map.of("uuid", uuid.toString())).consume();
        return RecordedDurations.read(tx, rows.kinds());
    }

    /** Ordered so that references point to stored nodes. */
    private static Stream<Part> parts(PlanGraphWriter rows, RecordedDurations recorded) {
        return Stream.of(
                new Part(STORE_ACTIONS, "actions", rows.actions(recorded)),
                new Part(STORE_EDGES, "edges", rows.edges()),
                new Part(STORE_PATHS, "paths", rows.paths()),
                new Part(STORE_WITHIN, "within", rows.within()),
                new Part(STORE_PATH_ACTIONS, "members", rows.members()),
                new Part(STORE_REPLACES, "replaces", rows.replaces()),
                new Part(STORE_LIMITS, "limits", rows.limits()),
                new Part(STORE_USES, "uses", rows.uses()));
    }

    private void store(UUID plan, Batch batch) {
        requireRoom.run();
        if (graph.write(tx -> store(tx, plan, batch, capacities))
                != batch.rows().size()) {
            throw sweptAway(plan);
        }
    }

    private static int store(Transaction tx, UUID plan, Batch batch, Capacities capacities) {
        boolean ofResources =
                batch.cypher().equals(STORE_USES) || batch.cypher().equals(STORE_LIMITS);
        if (ofResources) {
            tx.takeGate(); // excludes appliers, which count units of resources
            CapacityRules.storeRows(tx, resources(batch, capacities));
        }
        int stored = tx.run(batch.cypher(), Map.of("plan", plan.toString(), batch.name(), batch.rows()))
                .single()
                .get("stored")
                .asInt();
        if (ofResources) {
            CapacityRules.takeEffect(tx);
        }
        return stored;
    }

    /** {@return the resources in a batch, each once} */
    private static List<Map<String, @Nullable Object>> resources(Batch batch, Capacities capacities) {
        Map<String, Map<String, @Nullable Object>> resources = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : batch.rows()) {
            ResourceKey resource = new ResourceKey(String.valueOf(row.get("kind")), String.valueOf(row.get("id")));
            String key = String.valueOf(row.get("key"));
            resources.computeIfAbsent(
                    key,
                    _ -> CapacityRules.row(
                            key, resource, capacities.defaultOf(resource.kind()), (String) row.get("planUuid")));
        }
        return List.copyOf(resources.values());
    }

    private static IllegalStateException sweptAway(UUID plan) {
        return new IllegalStateException("storing the plan took too long: its draft %s was deleted".formatted(plan));
    }

    /**
     * {@return the plan's uuid; the uuid of another plan if a concurrent request with the same key was faster; empty if
     * the draft is gone}
     */
    private Optional<UUID> publish(UUID uuid, NewPlan plan, PlanGraphWriter rows) {
        return graph.write(tx -> {
            tx.takeGate();
            return find(tx, plan.origin().idempotencyKey()).or(() -> {
                refuseConflicts(tx, uuid);
                return publish(tx, uuid, plan, rows) ? Optional.of(uuid) : Optional.empty();
            });
        });
    }

    /** The document was checked before; a concurrent request may have stored another plan since. */
    private static void refuseConflicts(Transaction tx, UUID draft) {
        List<String> conflicts = CapacityRules.conflicts(tx, draft.toString());
        if (!conflicts.isEmpty()) {
            throw new InvalidPlan("resources", CapacityRules.sentence(conflicts));
        }
    }

    private static boolean publish(Transaction tx, UUID uuid, NewPlan plan, PlanGraphWriter rows) {
        Map<String, @Nullable Object> properties = new HashMap<>();
        properties.put("name", plan.name());
        properties.put("planner", plan.planner());
        properties.put("onFailure", plan.onFailure().wireName());
        properties.put("priority", plan.priority());
        properties.put("actionsTotal", rows.total());
        properties.put("mostUnits", rows.mostUnits());
        properties.put("hasRules", rows.hasRules() ? true : null);
        properties.put("finallyState", rows.hasFinally() ? FinallyState.STANDBY.name() : null);
        properties.put("finallyFrom", rows.hasFinally() ? plan.graph().actions().size() : null);
        Optional<NewPlan.IdempotencyKey> key = plan.origin().idempotencyKey();
        key.ifPresent(
                it -> tx.run(GIVE_UP_IDEMPOTENCY_KEY, Map.of("key", it.key())).consume());
        properties.put("idempotencyKey", key.map(NewPlan.IdempotencyKey::key).orElse(null));
        properties.put(
                "bodyDigest", key.flatMap(NewPlan.IdempotencyKey::bodyDigest).orElse(null));
        properties.put(
                "makespanSeconds",
                plan.estimate().map(PlanEstimate::makespanSeconds).orElse(null));
        properties.put(
                "lowerBoundSeconds",
                plan.estimate().map(PlanEstimate::lowerBoundSeconds).orElse(null));
        properties.put(
                "deadlineSeconds",
                plan.window().deadline().map(it -> it.toNanos() / 1e9).orElse(null));
        properties.put("notBefore", plan.window().notBefore().map(Graph::time).orElse(null));
        properties.put("auditUuid", plan.origin().audit().map(UUID::toString).orElse(null));
        tx.takeGate();
        Optional<MapAccessor> published =
                tx.run(PUBLISH, Map.of("uuid", uuid.toString(), "plan", properties, "standby", rows.standby())).stream()
                        .findFirst();
        published.ifPresent(row -> supersede(tx, uuid, plan, row.get("now").asZonedDateTime()));
        return published.isPresent();
    }

    private static void supersede(Transaction tx, UUID uuid, NewPlan plan, ZonedDateTime now) {
        NewPlan.Origin origin = plan.origin();
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("plan", uuid.toString());
        parameters.put("auditUuid", origin.audit().map(UUID::toString).orElse(null));
        parameters.put("name", origin.supersede() ? plan.name() : null);
        if (origin.audit().isPresent() || origin.supersede()) {
            end(tx, tx.run(SUPERSEDE, parameters).list(), now);
        }
    }

    /** Cancels the actions of superseded plans: a part at once, the rest with the next advances. */
    private static void end(Transaction tx, List<MapAccessor> superseded, ZonedDateTime now) {
        ChangeContext context = new ChangeContext(tx, now, new ChangeLog());
        PlanChange change = new PlanChange(context);
        for (MapAccessor row : superseded) {
            String plan = row.get("plan").asString();
            context.changes().plan(plan);
            change.begin(plan, PlanChange.Kind.CANCELLING, "Cancelled: its plan was superseded.");
        }
        change.advance(Optional.empty(), BATCH);
        new RecordPhase(context).record();
    }

    /**
     * Supersedes the plans that were recommended longer ago than {@code expiry} and not started.
     *
     * @return the uuids of the superseded plans
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is unavailable
     */
    public Set<UUID> supersedeExpired(Duration expiry) {
        return graph.write(tx -> {
            tx.takeGate();
            List<MapAccessor> expired =
                    tx.run(SUPERSEDE_EXPIRED, Map.of("expiry", expiry)).list();
            if (!expired.isEmpty()) {
                end(tx, expired, expired.getFirst().get("now").asZonedDateTime());
            }
            return expired.stream()
                    .map(row -> UUID.fromString(row.get("plan").asString()))
                    .collect(Collectors.toSet());
        });
    }

    /** Stores what is expected of a plan that is about to start; unless it has started meanwhile. */
    public void expect(UUID plan, double makespanSeconds) {
        graph.write(tx -> tx.run(SET_BASELINE, Map.of("plan", plan.toString(), "makespanSeconds", makespanSeconds))
                .list());
    }

    /** Stores a small plan and starts it, within a larger transaction. */
    static void storeAndStart(Transaction tx, NewPlan plan) {
        UUID uuid = UUID.randomUUID();
        PlanGraphWriter rows = new PlanGraphWriter(plan, uuid.toString(), DurationKeys.NONE);
        parts(rows, draft(tx, uuid, rows))
                .flatMap(Part::batches)
                .forEach(batch -> store(tx, uuid, batch, Capacities.DEFAULT));
        publish(tx, uuid, plan, rows);
        PlanControl.start(tx, uuid);
    }

    /** Deletes the remains of plans whose storing was interrupted more than a minute ago. */
    public void sweepDrafts() {
        long swept;
        do {
            swept = graph.write(tx -> tx.run(SWEEP_DRAFTS, Map.of("limit", BATCH))
                    .single()
                    .get("swept")
                    .asLong());
        } while (swept > 0);
    }
}
