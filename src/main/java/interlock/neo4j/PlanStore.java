package interlock.neo4j;

import interlock.model.ActionGraph;
import interlock.model.Capacities;
import interlock.model.NewPlan;
import interlock.model.PlanState;
import interlock.model.PlannedAction;
import interlock.model.ResourceKey;
import interlock.model.ResourceUse;
import interlock.model.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.ClientException;

/** Stores plans, and changes their state when somebody asks for it. */
public final class PlanStore {
    /** How many rows one transaction writes at most, so that a large plan needs little memory. */
    private static final int BATCH = 5_000;

    private static final Cypher FIND_BY_IDEMPOTENCY_KEY = Cypher.of("plan/find-by-idempotency-key");
    private static final Cypher DRAFT = Cypher.of("plan/draft");
    private static final Cypher STORE_ACTIONS = Cypher.of("plan/store-actions");
    private static final Cypher STORE_EDGES = Cypher.of("plan/store-edges");
    private static final Cypher STORE_USES = Cypher.of("plan/store-uses");
    private static final Cypher SET_CAPACITIES = Cypher.of("plan/set-capacities");
    private static final Cypher PUBLISH = Cypher.of("plan/publish");
    private static final Cypher SWEEP_DRAFTS = Cypher.of("plan/sweep-drafts");
    private static final Cypher CHANGE_STATE = Cypher.of("plan/change-state");

    private final Graph graph;
    private final Capacities capacities;

    /** How an attempt to change a plan's state went. */
    public sealed interface Change {
        /** It has the new state. */
        record Done() implements Change {}

        /**
         * It may not have the new state.
         *
         * @param state the state it has instead
         */
        record Refused(PlanState state) implements Change {}

        /**
         * It has been changed since its author looked.
         *
         * @param revision its revision now
         */
        record Stale(long revision) implements Change {}

        /** There is no such plan. */
        record Unknown() implements Change {}
    }

    /** Takes the connection, and the capacities of resources that come up for the first time. */
    public PlanStore(Graph graph, Capacities capacities) {
        this.graph = graph;
        this.capacities = capacities;
    }

    /**
     * Stores a plan, in state RECOMMENDED. It is there as a whole or not at all: its parts are stored as a draft, in
     * several transactions, and the last one makes the draft a plan.
     *
     * @return its uuid; if the request's idempotency key is known, that of the plan that was made for it
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is out of reach
     */
    public UUID create(NewPlan plan) {
        Optional<UUID> known = plan.idempotencyKey().flatMap(this::findByIdempotencyKey);
        return known.orElseGet(() -> store(plan));
    }

    private Optional<UUID> findByIdempotencyKey(String key) {
        return graph.read(tx -> tx.run(FIND_BY_IDEMPOTENCY_KEY, Map.of("key", key)).stream()
                .findFirst()
                .map(row -> UUID.fromString(row.get("plan").asString())));
    }

    private UUID store(NewPlan plan) {
        UUID uuid = UUID.randomUUID();
        Parts parts = new Parts(plan.graph());
        graph.write(tx -> tx.run(DRAFT, Map.of("uuid", uuid.toString())).consume());
        inBatches(STORE_ACTIONS, uuid, "actions", parts.actions());
        inBatches(STORE_EDGES, uuid, "edges", parts.edges());
        inBatches(STORE_USES, uuid, "uses", parts.uses(this::capacity));
        setCapacities(plan.capacities());
        try {
            publish(uuid, plan);
            return uuid;
        } catch (RuntimeException e) {
            // another request with the same key was quicker: its plan is the one
            return plan.idempotencyKey()
                    .filter(_ -> e.getCause() instanceof ClientException)
                    .flatMap(this::findByIdempotencyKey)
                    .orElseThrow(() -> e);
        }
    }

    private int capacity(ResourceKey resource) {
        return capacities.of(resource);
    }

    private void inBatches(Cypher cypher, UUID plan, String name, List<Map<String, @Nullable Object>> rows) {
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<Map<String, @Nullable Object>> batch = rows.subList(from, Math.min(from + BATCH, rows.size()));
            int stored = graph.write(tx -> tx.run(cypher, Map.of("plan", plan.toString(), name, batch))
                    .single()
                    .get("stored")
                    .asInt());
            if (stored != batch.size()) {
                throw new IllegalStateException(
                        "storing the plan took too long: its draft %s was swept away".formatted(plan));
            }
        }
    }

    /** Sets the capacities of resources, for all plans. */
    public void setCapacities(Map<ResourceKey, Integer> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        List<Map<String, Object>> rows = wanted.entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "key", entry.getKey().toString(),
                        "kind", entry.getKey().kind(),
                        "id", entry.getKey().id(),
                        "capacity", entry.getValue()))
                .toList();
        graph.write(tx -> tx.run(SET_CAPACITIES, Map.of("capacities", rows)).consume());
    }

    private void publish(UUID uuid, NewPlan plan) {
        Map<String, @Nullable Object> properties = new HashMap<>();
        properties.put("name", plan.name());
        properties.put("planner", plan.planner());
        properties.put("onFailure", plan.onFailure().wireName());
        properties.put("actionsTotal", plan.graph().actions().size());
        properties.put("idempotencyKey", plan.idempotencyKey().orElse(null));
        boolean published =
                graph.write(tx -> tx.run(PUBLISH, Map.of("uuid", uuid.toString(), "plan", properties)).stream()
                        .findFirst()
                        .isPresent());
        if (!published) {
            throw new IllegalStateException(
                    "storing the plan took too long: its draft %s was swept away".formatted(uuid));
        }
    }

    /**
     * Changes a plan's state, if it may change so.
     *
     * @param revision the revision of the plan for which the change was meant; any, if empty
     * @throws interlock.applier.PlanGraph.GraphUnavailable when the database is out of reach
     */
    public Change changeState(UUID plan, PlanState target, OptionalLong revision) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("uuid", plan.toString());
        parameters.put("target", target.name());
        parameters.put("sources", sources(target).stream().map(Enum::name).toList());
        parameters.put("revision", revision.isPresent() ? revision.getAsLong() : null);
        return graph.write(tx -> {
            Optional<Record> row = tx.run(CHANGE_STATE, parameters).stream().findFirst();
            if (row.isEmpty()) {
                return new Change.Unknown();
            }
            if (!row.get().get("changed").asBoolean()) {
                long actual = row.get().get("revision").asLong();
                return revision.isPresent() && revision.getAsLong() != actual
                        ? new Change.Stale(actual)
                        : new Change.Refused(
                                PlanState.valueOf(row.get().get("state").asString()));
            }
            Changes changes = new Changes();
            changes.plan(plan.toString());
            changes.record(tx, row.get().get("now").asZonedDateTime());
            return new Change.Done();
        });
    }

    /** A plan that has ended becomes PENDING by a retry only, which changes its actions too. */
    private static Set<PlanState> sources(PlanState target) {
        return target == PlanState.PENDING ? Set.of(PlanState.RECOMMENDED) : target.sources();
    }

    /** Deletes what is left of plans whose storing was cut short more than a minute ago. */
    public void sweepDrafts() {
        long swept;
        do {
            swept = graph.write(tx -> tx.run(SWEEP_DRAFTS, Map.of("limit", BATCH))
                    .single()
                    .get("swept")
                    .asLong());
        } while (swept > 0);
    }

    /** A graph of actions as rows of properties. */
    private static final class Parts {
        private final ActionGraph graph;
        private final Map<String, String> uuids;

        Parts(ActionGraph graph) {
            this.graph = graph;
            this.uuids = HashMap.newHashMap(graph.actions().size());
            graph.actions()
                    .forEach(action -> uuids.put(action.id(), UUID.randomUUID().toString()));
        }

        List<Map<String, @Nullable Object>> actions() {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (int place = 0; place < graph.actions().size(); place++) {
                rows.add(action(place));
            }
            return rows;
        }

        private Map<String, @Nullable Object> action(int place) {
            PlannedAction action = graph.actions().get(place);
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("uuid", uuids.get(action.id()));
            row.put("id", action.id());
            row.put("number", place);
            row.put("actionType", action.actionType());
            row.put("inputParameters", Json.write(action.inputParameters()));
            row.put("resourceId", action.inputParameters().get("resource_id") instanceof String id ? id : null);
            row.put("layer", graph.layer(place));
            row.put("priority", graph.remainingSeconds(place));
            row.put("unmetParents", graph.parentCount(place));
            row.put("estimatedSeconds", seconds(action.estimatedDuration()));
            row.put("timeoutSeconds", seconds(action.timeout()));
            row.put("maxAttempts", action.retry().maxAttempts());
            if (!action.retry().equals(RetryPolicy.NEVER)) {
                row.put(
                        "initialBackoffSeconds",
                        seconds(Optional.of(action.retry().initialBackoff())));
                row.put("backoffMultiplier", action.retry().multiplier());
                row.put("maxBackoffSeconds", seconds(Optional.of(action.retry().maxBackoff())));
                row.put("jitter", action.retry().jitter());
            }
            return row;
        }

        private static @Nullable Double seconds(Optional<Duration> duration) {
            return duration.map(value -> value.toNanos() / 1e9).orElse(null);
        }

        List<Map<String, @Nullable Object>> edges() {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (PlannedAction action : graph.actions()) {
                for (String parent : action.parents()) {
                    Map<String, @Nullable Object> row = new HashMap<>();
                    row.put("child", uuids.get(action.id()));
                    row.put("parent", uuids.get(parent));
                    rows.add(row);
                }
            }
            return rows;
        }

        List<Map<String, @Nullable Object>> uses(java.util.function.ToIntFunction<ResourceKey> capacity) {
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (PlannedAction action : graph.actions()) {
                for (ResourceUse use : action.uses()) {
                    Map<String, @Nullable Object> row = new HashMap<>();
                    row.put("action", uuids.get(action.id()));
                    row.put("key", use.resource().toString());
                    row.put("kind", use.resource().kind());
                    row.put("id", use.resource().id());
                    row.put("units", use.units());
                    row.put("capacity", capacity.applyAsInt(use.resource()));
                    rows.add(row);
                }
            }
            rows.sort(java.util.Comparator.comparing(row -> String.valueOf(row.get("key"))));
            return rows;
        }
    }
}
