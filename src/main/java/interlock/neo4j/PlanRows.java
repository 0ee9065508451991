package interlock.neo4j;

import interlock.model.ActionGraph;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A graph of actions as rows of properties. */
final class PlanRows {
    private final ActionGraph graph;
    private final Map<String, String> uuids;

    PlanRows(ActionGraph graph) {
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
        row.put("name", action.id()); // what Neo4j Browser writes on a node
        row.put("number", place);
        row.put("actionType", action.actionType());
        row.put("inputParameters", Json.write(action.inputParameters()));
        row.put("resourceId", action.inputParameters().get("resource_id") instanceof String id ? id : null);
        row.put("layer", graph.layer(place));
        row.put("priority", graph.remainingSeconds(place));
        row.put("unmetParents", graph.parentCount(place));
        row.put("estimatedSeconds", seconds(action.estimatedDuration()));
        row.put("timeoutSeconds", seconds(action.timeout()));
        row.put("deadlineSeconds", seconds(action.deadline()));
        row.put("maxAttempts", action.retry().maxAttempts());
        if (!action.retry().equals(RetryPolicy.NEVER)) {
            row.put("initialBackoffSeconds", seconds(Optional.of(action.retry().initialBackoff())));
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
