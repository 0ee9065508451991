package interlock.neo4j.advance;

import interlock.applier.Candidate;
import interlock.applier.Picker;
import interlock.model.ActionState;
import interlock.neo4j.database.Cypher;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/**
 * The ready actions that one claim looks at: rows of the graph, offered to a {@link Picker}. It keeps which actions a
 * plan has in the queue, so that the plan's place can be updated.
 */
final class ReadyActions {
    private static final Cypher RUNNING_USES = Cypher.of("advance/claim/running-uses");

    private final ChangeContext context;
    private final Picker picker;
    private final Map<UUID, MapAccessor> rows = new HashMap<>();
    private final Map<String, List<Picker.RunningUse>> runningUses = new HashMap<>();
    private final Map<String, InQueue> queue = new LinkedHashMap<>();
    private final Map<UUID, String> blockedBy = new HashMap<>();

    /** The actions of a plan that were found in the queue and are still in it. */
    private static final class InQueue {
        final Map<UUID, Double> ranks = new HashMap<>();

        /** The longest remaining path by which the plan is queued. */
        double stored;

        /** The slots in use by which the plan is queued. */
        int running;

        /** The rank of its next action that was not looked at; negative if there is none. */
        double next;

        InQueue(MapAccessor row) {
            running = row.get("running").asInt();
        }

        double longest() {
            return ranks.values().stream().mapToDouble(it -> it).reduce(next, Math::max);
        }
    }

    ReadyActions(ChangeContext context, int slots) {
        this.context = context;
        this.picker = new Picker(slots, this::runningUses);
    }

    Picker picker() {
        return picker;
    }

    /** {@return the number of plans} Offers the actions of these rows of the queue. */
    int offerQueue(List<MapAccessor> candidates) {
        Set<String> plans = new HashSet<>();
        for (MapAccessor row : candidates) {
            String uuid = row.get("plan").asString();
            InQueue plan = queue.computeIfAbsent(uuid, _ -> new InQueue(row));
            plan.stored = row.get("longest").asDouble();
            plan.next = row.get("next").asDouble(-1);
            plans.add(uuid);
            if (!row.get("action").isNull()) {
                plan.ranks.put(offer(row), row.get("action").get("rank").asDouble());
            }
        }
        return plans.size();
    }

    /** {@return whether a plan has actions in the queue that were not looked at} */
    boolean hasMore() {
        return queue.values().stream().anyMatch(plan -> plan.next >= 0);
    }

    /** {@return the uuid of the action of a row, which is offered} */
    UUID offer(MapAccessor row) {
        Value action = row.get("action");
        UUID uuid = UUID.fromString(action.get("uuid").asString());
        UUID plan = UUID.fromString(row.get("plan").asString());
        if (rows.putIfAbsent(uuid, row) == null) {
            if (!action.get("blockedBy").isNull()) {
                blockedBy.put(uuid, action.get("blockedBy").asString());
            }
            picker.slotsInUse(
                    plan,
                    row.get("running").asInt() + context.changes().difference(plan.toString(), ActionState.ONGOING));
            picker.offer(candidate(uuid, plan, row));
        }
        return uuid;
    }

    private static Candidate candidate(UUID uuid, UUID plan, MapAccessor row) {
        Value action = row.get("action");
        return new Candidate(
                uuid,
                plan,
                row.get("priority").asInt(),
                !action.get("reverts").isNull(),
                action.get("priority").asDouble(),
                seconds(action.get("expectedSeconds")),
                seconds(action.get("timeoutSeconds")),
                demands(row.get("demands")));
    }

    private static OptionalDouble seconds(Value value) {
        return value.isNull() ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
    }

    /** {@return the demands, one for each resource} Demands of an action on the same resource add up. */
    private static List<Candidate.Demand> demands(Value rows) {
        Map<String, Candidate.Demand> demands = new LinkedHashMap<>();
        for (Candidate.Demand demand : rows.asList(ReadyActions::demand)) {
            demands.merge(
                    demand.resource(),
                    demand,
                    (one, other) -> new Candidate.Demand(
                            one.resource(), one.units() + other.units(), one.free(), one.capacity()));
        }
        return List.copyOf(demands.values());
    }

    private static Candidate.Demand demand(Value row) {
        Value capacity = row.get("capacity");
        return new Candidate.Demand(
                row.get("key").asString(),
                row.get("units").asInt(),
                capacity.isNull() ? Integer.MAX_VALUE : row.get("free").asInt(),
                capacity.isNull() ? OptionalInt.empty() : OptionalInt.of(capacity.asInt()));
    }

    private List<Picker.RunningUse> runningUses(String resource) {
        return runningUses.computeIfAbsent(
                resource,
                key -> context.run(RUNNING_USES, Map.of("key", key))
                        .list(row -> new Picker.RunningUse(
                                row.get("units").asInt(), row.get("seconds").asDouble())));
    }

    /** {@return the row of an action that was offered} */
    MapAccessor row(UUID action) {
        return Objects.requireNonNull(rows.get(action));
    }

    /** {@return whether the action waits for this resource already} */
    boolean waitsFor(UUID action, String resource) {
        return resource.equals(blockedBy.get(action));
    }

    /** The action has left the queue. */
    void left(UUID action) {
        InQueue plan = queue.get(row(action).get("plan").asString());
        if (plan != null) {
            plan.ranks.remove(action);
        }
    }

    /**
     * {@return the changed places of plans in the queue: maps with plan, running, longest (null: the plan has no more
     * actions in the queue)}
     *
     * @param andSlots whether changed numbers of slots count; the end of the advance stores them anyway
     */
    List<Map<String, @Nullable Object>> places(boolean andSlots) {
        return queue.entrySet().stream()
                .flatMap(plan -> place(plan.getKey(), plan.getValue(), andSlots).stream())
                .toList();
    }

    private Optional<Map<String, @Nullable Object>> place(String uuid, InQueue plan, boolean andSlots) {
        double longest = plan.longest();
        int running = picker.slotsInUse(UUID.fromString(uuid));
        if (longest == plan.stored && (running == plan.running || !andSlots)) {
            return Optional.empty();
        }
        plan.stored = longest;
        plan.running = running;
        Map<String, @Nullable Object> place = new HashMap<>();
        place.put("plan", uuid);
        place.put("running", running);
        place.put("longest", longest < 0 ? null : longest);
        return Optional.of(place);
    }
}
