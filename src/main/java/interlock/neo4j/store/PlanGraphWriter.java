package interlock.neo4j.store;

import interlock.api.PlannedAction;
import interlock.api.ResourceKey;
import interlock.api.RetryPolicy;
import interlock.api.TriggerRule;
import interlock.model.DurationKeys;
import interlock.model.NewPlan;
import interlock.model.PathState;
import interlock.model.PlanCapacities;
import interlock.model.PlanEstimate;
import interlock.model.PlanGraphView;
import interlock.model.StoredState;
import interlock.neo4j.database.Json;
import interlock.neo4j.duration.RecordedDurations;
import interlock.neo4j.duration.RecordedDurations.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts a plan's actions and alternative paths to rows of properties. */
public final class PlanGraphWriter {
    private static final Comparator<Map<String, @Nullable Object>> BY_KEY =
            Comparator.comparing(row -> String.valueOf(row.get("key")));

    private final String uuid;
    private final PlanCapacities capacities;
    private final PlanScopes scopes;

    /** The estimated starts of the plan's actions, in their order; empty if there is no estimate. */
    private final List<Double> starts;

    /** What matters for the durations of the actions without an estimate. */
    private final DurationKeys keys;

    /** Creates the rows of a plan with this uuid. */
    PlanGraphWriter(NewPlan plan, String uuid, DurationKeys keys) {
        this.uuid = uuid;
        this.keys = keys;
        capacities = plan.capacities();
        starts = plan.estimate().map(PlanEstimate::starts).orElse(List.of());
        scopes = new PlanScopes(plan);
    }

    /** {@return the number of finally actions and of actions in alternative paths} */
    int standby() {
        return scopes.size() - scopes.all().getFirst().graph().actions().size();
    }

    /** {@return whether an action has a trigger rule that looks at the ends of its parents} */
    boolean hasRules() {
        return planned().anyMatch(action -> action.triggerRule() != TriggerRule.ALL_SUCCESS);
    }

    /** {@return whether there are finally actions} */
    boolean hasFinally() {
        return scopes.stream().anyMatch(PlanScopes.Scope::inFinally);
    }

    /** {@return the number of all actions} */
    int total() {
        return scopes.size();
    }

    /** {@return what the durations of the actions without an estimate depend on} */
    Set<Kind> kinds() {
        return scopes.stream()
                .flatMap(scope -> scope.graph().actions().stream())
                .filter(action -> action.estimatedDuration().isEmpty())
                .map(action -> Kind.of(action, keys))
                .collect(Collectors.toSet());
    }

    /**
     * {@return the rows of the actions} Like the other streams it is lazy, so that the rows of a large plan are never
     * in memory at once.
     *
     * @param recorded what earlier attempts took, for actions without an estimate
     */
    Stream<Map<String, @Nullable Object>> actions(RecordedDurations recorded) {
        return scopes.stream()
                .flatMap(scope -> IntStream.range(0, scope.graph().actions().size())
                        .mapToObj(place -> {
                            Map<String, @Nullable Object> row = row(
                                    "state",
                                    scope.state().name(),
                                    "label",
                                    scope.state().label());
                            row.put("properties", action(scope, place, recorded));
                            return row;
                        }));
    }

    private Map<String, @Nullable Object> action(PlanScopes.Scope scope, int place, RecordedDurations recorded) {
        int number = scope.first() + place;
        PlannedAction action = scope.graph().actions().get(place);
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("uuid", scopes.uuid(action.id()));
        row.put("id", action.id());
        row.put("name", action.id()); // the caption of the node in Neo4j Browser
        row.put("number", number);
        row.put("pathUuid", scope.path().map(PlanScopes.Path::uuid).orElse(null));
        row.put("actionType", action.actionType());
        row.put("inputParameters", Json.write(action.inputParameters()));
        row.put("resourceId", action.inputParameters().get("resource_id") instanceof String id ? id : null);
        row.put("layer", scope.layerOf(place));
        row.put("priority", scope.after() + scope.graph().priority(place));
        row.put("remainingSeconds", scope.after() + scope.graph().remainingSeconds(place));
        row.put("unmetParents", scope.graph().parentCount(place));
        @Nullable Double estimate = seconds(action.estimatedDuration());
        row.put("estimatedSeconds", estimate);
        row.put("expectedSeconds", estimate);
        if (estimate == null) {
            Kind kind = Kind.of(action, keys);
            row.put("durationKey", kind.durationKey());
            recorded.median(kind).ifPresent(median -> row.put("expectedSeconds", median));
        }
        row.put("estimatedStartSeconds", number < starts.size() ? starts.get(number) : null);
        row.put("timeoutSeconds", seconds(action.timeout()));
        row.put("deadlineSeconds", seconds(action.deadline()));
        row.put("inFinally", scope.inFinally() ? true : null);
        row.put(
                "triggerRule",
                action.triggerRule() == TriggerRule.ALL_SUCCESS
                        ? null
                        : action.triggerRule().wireName());
        row.put("decides", action.triggerRule() == TriggerRule.ONE_FAILED ? true : null);
        row.put("revertTimeoutSeconds", seconds(action.revertTimeout()));
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

    Stream<Map<String, @Nullable Object>> edges() {
        return scopes.stream()
                .flatMap(scope -> scope.graph().actions().stream())
                .flatMap(action -> action.parents().stream()
                        .map(parent -> row("child", scopes.uuid(action.id()), "parent", scopes.uuid(parent))));
    }

    Stream<Map<String, @Nullable Object>> paths() {
        return scopes.stream()
                .flatMap(scope -> scope.path().stream().map(path -> {
                    Map<String, @Nullable Object> row =
                            row("uuid", path.uuid(), "name", path.path().name());
                    row.put("rank", scope.rank());
                    row.put("enclosing", scope.around());
                    row.put("abortRunning", path.path().abortRunning());
                    row.put("revert", path.path().revert());
                    row.put("inFinally", scope.inFinally() ? true : null);
                    row.put("compensation", path.path().compensation() ? true : null);
                    return row;
                }));
    }

    /** The nesting of paths. */
    Stream<Map<String, @Nullable Object>> within() {
        return scopes.stream()
                .filter(scope -> !scope.around().isEmpty())
                .flatMap(scope -> scope.path().stream()
                        .map(path ->
                                row("path", path.uuid(), "outer", scope.around().getLast())));
    }

    /** The actions of each path. */
    Stream<Map<String, @Nullable Object>> members() {
        return scopes.stream()
                .flatMap(scope -> scope.path().stream()
                        .flatMap(path -> scope.graph().actions().stream()
                                .map(action -> row("path", path.uuid(), "action", scopes.uuid(action.id())))));
    }

    /** The actions that each path replaces. */
    Stream<Map<String, @Nullable Object>> replaces() {
        return scopes.stream()
                .flatMap(scope -> scope.path().stream())
                .flatMap(path ->
                        path.path().replaces().stream().map(id -> row("path", path.uuid(), "action", scopes.uuid(id))));
    }

    /** The capacities in the document. */
    Stream<Map<String, @Nullable Object>> limits() {
        return capacities.declared().entrySet().stream()
                .map(entry -> {
                    Map<String, @Nullable Object> row = row(entry.getKey());
                    row.put("capacity", entry.getValue());
                    row.put("own", capacities.own().contains(entry.getKey()));
                    return row;
                })
                .sorted(BY_KEY);
    }

    /** The resource uses of the actions, ordered by resource. */
    Stream<Map<String, @Nullable Object>> uses() {
        return planned()
                .flatMap(action -> stored(action).entrySet().stream().map(use -> {
                    Map<String, @Nullable Object> row = row(use.getKey());
                    row.put("action", scopes.uuid(action.id()));
                    row.put("units", use.getValue());
                    return row;
                }))
                .sorted(BY_KEY);
    }

    /** {@return the most units of one resource that an action of the plan takes} */
    int mostUnits() {
        return planned()
                .mapToInt(action -> {
                    Map<ResourceKey, Integer> units = units(action);
                    units.merge(ResourceKey.actionType(action.actionType()), 1, Integer::sum);
                    return Collections.max(units.values());
                })
                .max()
                .orElse(0);
    }

    private Stream<PlannedAction> planned() {
        return scopes.stream().flatMap(scope -> scope.graph().actions().stream());
    }

    /**
     * {@return the units to store} A running action takes a unit of the shared limit of its type, which is not stored;
     * a limit of the plan alone is.
     */
    private Map<ResourceKey, Integer> stored(PlannedAction action) {
        Map<ResourceKey, Integer> units = units(action);
        ResourceKey limit = ResourceKey.actionType(action.actionType());
        if (capacities.own().contains(limit)) {
            units.merge(limit, 1, Integer::sum);
        }
        return units;
    }

    private static Map<ResourceKey, Integer> units(PlannedAction action) {
        Map<ResourceKey, Integer> units = new LinkedHashMap<>();
        action.uses().forEach(use -> units.merge(use.resource(), use.units(), Integer::sum));
        return units;
    }

    /** {@return the row of a resource} The key of one that belongs to the plan alone begins with the plan's uuid. */
    private Map<String, @Nullable Object> row(ResourceKey resource) {
        boolean own = capacities.own().contains(resource);
        Map<String, @Nullable Object> row =
                row("kind", resource.kind(), "key", own ? uuid + "/" + resource : resource.toString());
        row.put("id", resource.id());
        row.put("planUuid", own ? uuid : null);
        return row;
    }

    /** {@return the graph of a plan that is not stored} Its own actions come first, in their order. */
    public static PlanGraphView view(NewPlan plan) {
        PlanGraphWriter rows = new PlanGraphWriter(plan, "", DurationKeys.NONE);
        return new PlanGraphView(1, rows.nodes(), rows.drawnEdges(), rows.drawnPaths());
    }

    private List<PlanGraphView.Node> nodes() {
        List<PlanGraphView.Node> nodes = new ArrayList<>();
        for (PlanScopes.Scope scope : scopes.all()) {
            String path = scope.path().map(PlanScopes.Path::uuid).orElse(null);
            for (int place = 0; place < scope.graph().actions().size(); place++) {
                PlannedAction action = scope.graph().actions().get(place);
                nodes.add(new PlanGraphView.Node(
                        scopes.uuid(action.id()),
                        action.id(),
                        action.actionType(),
                        StoredState.of(scope.state()),
                        scope.layerOf(place),
                        0,
                        path,
                        null,
                        false));
            }
        }
        return nodes;
    }

    private List<PlanGraphView.Edge> drawnEdges() {
        return edges().map(edge -> new PlanGraphView.Edge(
                        String.valueOf(edge.get("parent")), String.valueOf(edge.get("child")), "depends_on", null))
                .toList();
    }

    private List<PlanGraphView.Path> drawnPaths() {
        List<PlanGraphView.Path> paths = new ArrayList<>();
        for (PlanScopes.Scope scope : scopes.all()) {
            scope.path()
                    .ifPresent(its -> paths.add(new PlanGraphView.Path(
                            its.uuid(),
                            its.path().name(),
                            scope.rank(),
                            StoredState.of(PathState.STANDBY),
                            its.path().abortRunning(),
                            its.path().revert(),
                            its.path().replaces().stream().map(scopes::uuid).toList(),
                            scope.graph().actions().stream()
                                    .map(action -> scopes.uuid(action.id()))
                                    .toList(),
                            scope.around(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null)));
        }
        return paths;
    }

    private static Map<String, @Nullable Object> row(
            String one, @Nullable Object value, String other, @Nullable Object otherValue) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put(one, value);
        row.put(other, otherValue);
        return row;
    }
}
