package interlock.neo4j;

import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one transaction changes of plans: gathered while it runs, recorded at its end. */
final class Changes {
    private static final Cypher RECORD = Cypher.of("applier/record");

    private final Map<String, OfPlan> plans = new LinkedHashMap<>();

    /** What changed of one plan. */
    private static final class OfPlan {
        private final Map<ActionState, Integer> counts = new EnumMap<>(ActionState.class);
        private final List<Map<String, @Nullable Object>> actions = new ArrayList<>();
        private @Nullable String failure;
    }

    /**
     * An action's change of state.
     *
     * @param plan its plan's uuid
     * @param action its uuid
     * @param id its name in the plan
     * @param attempt the number of its latest attempt
     * @param message its status message, if it has one
     */
    record OfAction(
            String plan,
            String action,
            String id,
            int attempt,
            @Nullable String message) {}

    /** Notes that a plan itself has changed. */
    void plan(String plan) {
        plans.computeIfAbsent(plan, _ -> new OfPlan());
    }

    /** Notes that an action has changed its state. */
    void action(OfAction change, ActionState from, ActionState to) {
        OfPlan plan = plans.computeIfAbsent(change.plan(), _ -> new OfPlan());
        plan.counts.merge(from, -1, Integer::sum);
        plan.counts.merge(to, 1, Integer::sum);
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("uuid", change.action());
        row.put("id", change.id());
        row.put("state", to.name());
        row.put("attempt", change.attempt());
        if (change.message() != null && !change.message().isEmpty()) {
            row.put("status_message", change.message());
        }
        plan.actions.add(row);
    }

    /** Notes why a plan will fail. The first reason stays. */
    void failure(String plan, String message) {
        OfPlan changed = plans.computeIfAbsent(plan, _ -> new OfPlan());
        changed.failure = changed.failure == null ? message : changed.failure;
    }

    /** {@return the plans that have changed} */
    Set<UUID> plans() {
        return plans.keySet().stream().map(UUID::fromString).collect(java.util.stream.Collectors.toSet());
    }

    /** Counts, ends what is done, and keeps what changed under each plan's next revision number. */
    void record(Graph.Transaction tx, Object now) {
        if (!plans.isEmpty()) {
            tx.run(RECORD, Map.of("now", now, "changes", rows())).consume();
        }
    }

    private List<Map<String, @Nullable Object>> rows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        plans.forEach((uuid, plan) -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("plan", uuid);
            for (ActionState state : ActionState.values()) {
                row.put(state.name().toLowerCase(java.util.Locale.ROOT), plan.counts.getOrDefault(state, 0));
            }
            row.put("failure", plan.failure);
            row.put("actions", Json.write(plan.actions));
            rows.add(row);
        });
        return rows;
    }
}
