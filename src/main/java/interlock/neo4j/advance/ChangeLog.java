package interlock.neo4j.advance;

import interlock.applier.Claim;
import interlock.model.ActionState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.MapAccessor;

/** The changes of plans in one transaction, collected while it runs and recorded at its end. */
public final class ChangeLog {
    private final Map<String, OfPlan> plans = new LinkedHashMap<>();

    /** The changes of the numbers of open actions, by alternative path. */
    private final Map<String, Integer> paths = new LinkedHashMap<>();

    /** The changes of one plan. */
    private static final class OfPlan {
        private final Map<ActionState, Integer> counts = new EnumMap<>(ActionState.class);
        private final List<Map<String, @Nullable Object>> actions = new ArrayList<>();
        private @Nullable String failure;
        private int added;
    }

    /**
     * An action whose state changed.
     *
     * @param plan its plan's uuid
     * @param path the uuid of its alternative path, if it belongs to one
     * @param action its uuid
     * @param id its id in the plan
     * @param attempt the number of its latest attempt
     * @param message its status message, if it has one
     */
    public record OfAction(
            String plan,
            @Nullable String path,
            String action,
            String id,
            int attempt,
            @Nullable String message) {
        /** The claimed action. */
        public static OfAction of(Claim claim, @Nullable String message) {
            return new OfAction(
                    claim.plan().toString(),
                    claim.path().map(UUID::toString).orElse(null),
                    claim.action().toString(),
                    claim.id(),
                    claim.fence().attempt(),
                    message);
        }

        /** The action in a row with plan, action, path, id and attempt. */
        public static OfAction of(MapAccessor row, @Nullable String message) {
            return new OfAction(
                    row.get("plan").asString(),
                    row.get("path").asString(null),
                    row.get("action").asString(),
                    row.get("id").asString(),
                    row.get("attempt").asInt(),
                    message);
        }
    }

    /** Adds a change of the plan itself. */
    public void plan(String plan) {
        plans.computeIfAbsent(plan, _ -> new OfPlan());
    }

    /** Adds a change of an alternative path itself: it ends if none of its actions is open. */
    public void path(String path) {
        paths.merge(path, 0, Integer::sum);
    }

    /** Adds a change of an action's state. */
    public void action(OfAction change, ActionState from, ActionState to) {
        OfPlan plan = plans.computeIfAbsent(change.plan(), _ -> new OfPlan());
        plan.counts.merge(from, -1, Integer::sum);
        count(plan, change, Optional.of(from), to);
        count(change.path(), from, -1);
    }

    /** Adds that a running action is asked to abort. */
    public void aborting(OfAction change) {
        ofRunning(change, "aborting", true);
    }

    /** Adds the progress of a running action. */
    public void progress(OfAction change, double progress) {
        ofRunning(change, "progress", progress);
    }

    private void ofRunning(OfAction change, String what, Object value) {
        Map<String, @Nullable Object> row = row(change, Optional.of(ActionState.ONGOING), ActionState.ONGOING);
        row.put(what, value);
        plans.computeIfAbsent(change.plan(), _ -> new OfPlan()).actions.add(row);
    }

    /** Adds a new action. */
    public void newAction(OfAction change, ActionState state) {
        OfPlan plan = plans.computeIfAbsent(change.plan(), _ -> new OfPlan());
        plan.added++;
        count(plan, change, Optional.empty(), state);
    }

    private void count(OfPlan plan, OfAction change, Optional<ActionState> from, ActionState to) {
        plan.counts.merge(to, 1, Integer::sum);
        count(change.path(), to, 1);
        plan.actions.add(row(change, from, to));
    }

    private static Map<String, @Nullable Object> row(OfAction change, Optional<ActionState> from, ActionState to) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("uuid", change.action());
        row.put("id", change.id());
        from.ifPresent(state -> row.put("old_state", state.name()));
        row.put("state", to.name());
        row.put("attempt", change.attempt());
        if (change.message() != null && !change.message().isEmpty()) {
            row.put("status_message", change.message());
        }
        return row;
    }

    private void count(@Nullable String path, ActionState state, int by) {
        if (path != null && (state == ActionState.PENDING || state == ActionState.ONGOING)) {
            paths.merge(path, by, Integer::sum);
        }
    }

    /** {@return the change of the number of a plan's actions in a state} */
    public int difference(String plan, ActionState state) {
        OfPlan changed = plans.get(plan);
        return changed == null ? 0 : changed.counts.getOrDefault(state, 0);
    }

    /** {@return the number of actions that were added to a plan} */
    int added(String plan) {
        OfPlan changed = plans.get(plan);
        return changed == null ? 0 : changed.added;
    }

    /** Adds the reason why a plan will fail. The first reason is kept. */
    public void failure(String plan, String message) {
        OfPlan changed = plans.computeIfAbsent(plan, _ -> new OfPlan());
        changed.failure = changed.failure == null ? message : changed.failure;
    }

    /** {@return the changed plans} */
    public Set<UUID> plans() {
        return plans.keySet().stream().map(UUID::fromString).collect(Collectors.toSet());
    }

    /** {@return the changes of the numbers of open actions in alternative paths: maps with path, delta} */
    List<Map<String, Object>> pathRows() {
        return paths.entrySet().stream()
                .map(path -> Map.<String, Object>of("path", path.getKey(), "delta", path.getValue()))
                .toList();
    }

    /** {@return the changes of each plan, as parameters of the statement that records them} */
    List<Map<String, @Nullable Object>> planRows() {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        plans.forEach((uuid, plan) -> {
            Map<String, @Nullable Object> row = new HashMap<>();
            row.put("plan", uuid);
            for (ActionState state : ActionState.values()) {
                row.put(state.name().toLowerCase(Locale.ROOT), plan.counts.getOrDefault(state, 0));
            }
            row.put("failure", plan.failure);
            List<String> parts = RevisionParts.of(plan.actions);
            row.put("actions", parts.getFirst());
            row.put("parts", parts.subList(1, parts.size()));
            rows.add(row);
        });
        return rows;
    }
}
